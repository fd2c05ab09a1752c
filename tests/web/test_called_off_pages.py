"""Every page of a called-off congress says first that it does not take place, and nothing else."""

from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress
from congress.services import registering
from congress.services.planning import releasing
from tests import builders
from tests.builders import AFTERWARDS, OPEN, a_request
from tests.services.mail_house import ORGANISER
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

OFF = "findet nicht statt"
CALLED_OFF = OPEN + timedelta(hours=1)
LATER = CALLED_OFF + timedelta(hours=1)
PUBLIC = (
    *("/fachkongress", "/fachkongress/programme/begruessung", "/fachkongress/programme/eins"),
    *("/fachkongress/register", "/fachkongress/registered"),
    *("/fachkongress/resend-link", "/fachkongress/link-sent"),
)
# What is said of something that takes place.
PROMISES = (
    *("Anreise und Barrierefreiheit", "Vom Bahnhof", "Stufenlos", "wird noch bestätigt"),
    *("bis einschließlich", "Auf einen Blick", "24 Plätze frei", "Auf die Warteliste"),
    *("In den Kalender", "Kalender abonnieren", "sehen und ändern"),
)
HERE = "/organiser/fachkongress"


@pytest.fixture
def congress(app):
    """A congress with all one can say of it, and two people of whom one waits; called off."""
    with app.app_context():
        row = builders.a_congress(
            capacity=1,
            lead={"de": "Kommen Sie!"},
            description={"de": "Wir freuen uns auf Sie."},
            directions={"de": "Vom Bahnhof zu Fuß."},
            accessibility={"de": "Stufenlos."},
            contact_email="post@example.org",
        )
        builders.an_item(row, code="begruessung")
        one = builders.a_workshop(row, code="eins", number=1)
        for number in (1, 2):
            registering.register(row.id, a_request(number, one), now=OPEN)
        releasing.call_off(row.id, actor=ORGANISER, now=CALLED_OFF)
        number = row.id
    an_organiser(app, "organisation@example.org", {number: Role.ORGANISER})
    return number


def read(client, path):
    with time_machine.travel(LATER, tick=False):
        return pages.get(pages.read(client.get(path)), "main")


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_says_so_first_and_promises_nothing(client, congress, path):
    main = read(client, path)
    said = pages.words(main)
    [*_, first] = (each for each in main.iter() if OFF in pages.words(each))

    assert OFF in said[: said.index("statt") + 5]
    before = said[: said.index(OFF)]
    assert before.removeprefix("Zurück zum Programm").strip() in {
        "Diese Veranstaltung",
        "Fachkongress am Mittwoch, 21. Oktober 2015, in Lünen Die Veranstaltung",
    }
    assert [each for each in PROMISES if each in said] == []
    assert said.count(OFF) == 1
    assert first is not None


def test_what_was_planned_can_still_be_read(app, client, congress):
    main = read(client, "/fachkongress")
    planned = pages.section(main, "worum-es-geht")
    programme = pages.section(main, "programm")

    assert pages.words(pages.get(planned, "h2")) == "Was geplant war"
    assert "Kommen Sie!" in pages.words(planned)
    assert pages.words(main).count("Kommen Sie!") == 1
    assert pages.words(pages.get(programme, "h2")) == "So war das Programm geplant"
    assert pages.has(programme, "a", href="/fachkongress/programme/eins")
    assert pages.has(main, "a", href="mailto:post@example.org")
    with app.app_context():
        builders.a_congress(slug="ohne", state="cancelled")
    assert not pages.has(read(client, "/ohne"), id="programm")  # none will appear
    with time_machine.travel(LATER, tick=False):
        for path in ("/fachkongress", "/fachkongress/programme/eins"):
            title = pages.get(pages.read(client.get(path)), "title")
            assert pages.words(title).startswith("Abgesagt: ")
        start = pages.words(pages.read(client.get("/")))
    assert "Kommen Sie!" not in start


@pytest.mark.parametrize("path", ["", "/programme", "/attendees", "/outbox", "/attendees/1"])
def test_organisers_read_since_when_and_whom_it_concerns(app, congress, path):
    page = pages.read(logged_in(app, "organisation@example.org").get(f"{HERE}{path}?lang=de"))
    main = pages.get(page, "main")

    assert pages.words(pages.get(main, id="called-off")) == (
        "Abgesagt am 30. September 2015. 1 Person war angemeldet. "
        "1 Person stand auf der Warteliste."
    )
    for mails in pages.find_all(main, "table"):
        if path in {"/outbox", "/attendees/1"}:
            mails.clear()  # whose subjects are those of then
    said = pages.words(main)
    assert [each for each in ("estätigt", "ist veröffentlicht") if each in said] == []
    assert not pages.has(main, class_="state state--ok")


def test_nobody_moves_up_by_hand_there(app, congress):
    organiser = logged_in(app, "organisation@example.org")
    page = organiser.get(f"{HERE}/attendees/2?lang=de").text

    assert "/promote" not in page
    assert "Hat bis dahin" not in page
    assert "Stand auf der Warteliste" in page


def test_what_takes_place_or_is_over_says_nothing_of_it(app, client, congress):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        row.state = "published"
        row.revision += 1
        db.session.commit()
    page = pages.read(logged_in(app, "organisation@example.org").get(f"{HERE}?lang=de"))

    assert not pages.has(page, id="called-off")
    for moment in (LATER, AFTERWARDS):
        with time_machine.travel(moment, tick=False):
            said = [pages.words(pages.read(client.get(path))) for path in PUBLIC]
        assert [each for each in said if "abgesagt" in each.lower()] == []
        promised = {each for each in PROMISES for words in said if each in words}
        kept = {"Auf einen Blick", "bis einschließlich"}  # until when one could register
        assert promised == (set(PROMISES) if moment is LATER else kept)
