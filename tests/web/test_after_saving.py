"""What is said of what was saved, or refused: what stayed behind, and what runs together."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Room
from congress.services import registering
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, change_state, logged_in
from tests.web.registration.visitors import Visitor

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
STARTS = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
ROOM = {"de": "Raum 3", "en": "Room 3"}
SETTINGS = f"{HERE}/settings?lang=de"
TEXTS = ("title", "lead", "venue", "directions", "accessibility", "cost")


@pytest.fixture
def browser(app):
    with app.app_context():
        congress = builders.a_congress(
            opens_at=STARTS - timedelta(days=90),
            closes_at=STARTS - timedelta(days=7),
            days=((STARTS, STARTS + timedelta(hours=8)),),
            **{name: {"de": f"{name} deutsch", "en": f"{name} English"} for name in TEXTS},
        )
        row = Room(congress_id=congress.id, code="raum-3", name=ROOM, position=1)
        builders.add(row)
        item = builders.a_workshop(congress, code="ws", number=1, starts_at=STARTS, room=ROOM)
        item.room_id = row.id
        item.title = {"de": "Netzwerke", "en": "Networks"}
        db.session.commit()
        registering.register(congress.id, builders.a_request(1, item), now=datetime.now(UTC))
        number = congress.id
    an_organiser(app, "organiser@example.org", {number: Role.ORGANISER})
    return Browser(logged_in(app, "organiser@example.org"))


def noticed(browser):
    return pages.words(pages.get(browser.page, role="status"))


def test_settings_say_which_english_text_stayed(browser):
    browser.load(SETTINGS)
    browser.submit("Speichern", cost_de="20 Euro")
    kept = "Die englische Fassung von „Kosten“ ist unverändert: „cost English“."
    assert kept in noticed(browser)

    browser.submit("Speichern", cost_de="30 Euro", cost_en="30 euros", lead_de="Anders")
    assert "Kosten" not in noticed(browser)
    assert "„lead English“" in noticed(browser)

    browser.submit("Speichern", **{f"{name}_de": f"neu {name}" for name in TEXTS})
    asked = pages.words(browser.page)  # many: the first are quoted, the others named
    assert "„Titel“ ist unverändert: „title English“." in asked
    assert "Auch die englischen Fassungen von „Anreise“, „Barrierefreiheit“ und „Kosten“" in asked
    browser.submit("1 Person informieren und speichern")
    assert "„venue English“" in noticed(browser)
    assert "1 Person bekommt gleich eine Mail" in noticed(browser)


def test_organisers_know_who_hears_nothing_of_another_cost(browser):
    untold = "Wer angemeldet ist (1 Person), bekommt dazu keine Mail; unter „Anmeldungen“"
    browser.load(SETTINGS)
    for typed, is_said in (
        ({"cost_de": "20 Euro"}, True),
        ({"lead_de": "Neu"}, False),
        ({}, False),
    ):
        browser.submit("Speichern", **typed)
        assert (untold in noticed(browser)) is is_said, typed
    browser.submit("Speichern", venue_de="Rathaus", cost_de="30 Euro")
    browser.submit("1 Person informieren und speichern")  # the letter states the cost as well
    assert untold not in noticed(browser)


def test_so_do_rooms_and_the_page_that_publishes_their_names(browser):
    browser.load(f"{HERE}/rooms?lang=de")
    browser.submit("Speichern", **{"room-0-name_de": "Ratssaal"})
    assert "Die englische Fassung von „Ratssaal“ ist unverändert: „Room 3“." in noticed(browser)

    browser.load(f"{HERE}/programme/release?lang=de")
    said = [pages.words(each) for each in pages.find_all(browser.page, data_left_behind="")]
    assert said == ["Die englische Fassung von „Raum“ ist unverändert: „Room 3“."]

    browser.load(f"{HERE}/rooms?lang=de")
    browser.submit("Speichern", **{"room-0-name_en": "Council chamber"})
    browser.load(f"{HERE}/programme/release?lang=de")
    assert not pages.has(browser.page, data_left_behind="")


def test_so_do_items(browser):
    browser.load(f"{HERE}/programme/ws/edit?lang=de")
    browser.submit("Speichern", title_de="Sozialraum")
    assert "Die englische Fassung von „Titel“ ist unverändert: „Networks“." in noticed(browser)


def test_an_address_of_two_lines_runs_together_nowhere(app, browser):
    browser.load(SETTINGS)
    link = Visitor(app).own_page(slot_1="none")
    two_lines, one_line = "Willy-Brandt-Platz 1\n44532 Lünen", "Willy-Brandt-Platz 1, 44532 Lünen"
    browser.submit("Speichern", address=two_lines, cost_de="20 Euro\nermäßigt 10 Euro")
    letter = pages.get(pages.section(browser.page, "letter"), "pre")
    assert pages.words(letter).count(one_line) == 2  # as what is new, and as what is
    assert "20 Euro, ermäßigt 10 Euro" in pages.words(letter)
    browser.submit("2 Personen informieren und speichern")

    own, public = (app.test_client().get(f"{each}?lang=de") for each in (link, "/fachkongress"))
    assert one_line in pages.words(pages.read(own))
    assert one_line in public.text
    assert "Willy-Brandt-Platz 1<br>44532 Lünen</address>" in public.text

    browser.load(SETTINGS)  # the same in one line is news to nobody
    browser.submit("Speichern", address=one_line)
    assert noticed(browser) == "Die Angaben sind gespeichert und öffentlich."


def test_registration_that_people_used_opens_no_later(browser):
    browser.load(SETTINGS)
    day = (datetime.now(UTC) + timedelta(days=3)).date()
    browser.submit("Speichern", opens_at=f"{day:%d.%m.%Y}", lead_de="Getippt")

    [fault] = pages.faults(browser.page)
    assert (browser.status, "früheren Anmeldeschluss" in fault) == (422, True)
    assert pages.words(pages.get(browser.page, "textarea", id="lead_de")) == "Getippt"


def test_holding_it_after_all_shows_a_letter_with_what_changed_meanwhile(app, browser):
    with app.app_context():
        builders.send_everything()
    assert change_state(browser.client, HERE, "cancelled") == 303
    with app.app_context():
        builders.send_everything()
    browser.load(SETTINGS)
    browser.submit("Speichern", venue_de="Hansesaal")

    browser.load(f"{HERE}/state?to=published&lang=de")

    assert "Hansesaal" in pages.words(pages.section(browser.page, "letter"))
