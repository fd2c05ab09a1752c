"""An item is added in the browser, and is public once that is published."""

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, ProgrammeItem, Registration, Room
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, publish

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

HERE = "/organiser/fachkongress"


@pytest.fixture
def congress(app):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_workshop(congress, code="workshop-7", number=7)
        person = builders.a_registration(congress)
        ids = {"congress": congress.id, "person": person.id}
    an_organiser(app, "organiser@example.org", {ids["congress"]: Role.ORGANISER})
    return ids


@pytest.fixture
def browser(app, congress):
    return Browser(logged_in(app, "organiser@example.org"))


def open_form(browser):
    browser.load(f"{HERE}/programme")
    [link] = [
        each.get("href")
        for each in browser.page.iter("a")
        if "/programme/new?day=" in (each.get("href") or "")
    ]
    browser.load(link)


def test_an_added_item_is_public_once_it_is_published(app, browser):
    open_form(browser)
    assert pages.get(browser.page, "input", id="starts").get("value") == "15.15"
    browser.submit("Speichern", kind="workshop", number="8", title_de="Netzwerke", capacity="3")
    said = pages.words(pages.get(browser.page, role="status"))
    client = browser.client

    assert said == "„Netzwerke“ ist angelegt."
    assert "Netzwerke" in pages.words(pages.section(browser.page, "changes"))
    assert "Netzwerke" not in client.get("/fachkongress").text
    assert "Netzwerke" not in client.get("/fachkongress/calendar.ics").text
    assert client.get("/fachkongress/programme/workshop-8").status_code == 404
    with app.app_context():
        row = db.session.scalars(
            select(ProgrammeItem).where(ProgrammeItem.code == "workshop-8")
        ).one()
        assert (row.bookable, row.capacity, row.released, row.sequence) == (True, 3, None, 0)

    assert publish(client, HERE) == 303
    assert "Netzwerke" in client.get("/fachkongress").text
    assert "Netzwerke" in client.get("/fachkongress/calendar.ics").text
    log = pages.read(client.get(f"{HERE}/log"))
    assert "„8 Netzwerke“ ist neu im Programm." in pages.words(log)


def test_two_of_one_number_have_an_address_each(browser):
    for _ in range(2):
        open_form(browser)
        browser.submit(
            "Speichern", kind="workshop", number="7", title_de="Noch einer", starts="13", ends="14"
        )
        assert browser.status == 200
    page = pages.words(browser.page)

    assert page.count("Noch einer") >= 2
    for code in ("workshop-7-2", "workshop-7-3"):
        browser.load(f"{HERE}/programme/{code}/edit")
        assert browser.status == 200


@pytest.mark.parametrize("address", ["new", "new?like=workshop-7"])
def test_the_same_form_sent_twice_adds_one(app, browser, address):
    typed = {"kind": "workshop", "number": "7", "starts": "13", "ends": "14"}
    browser.load(f"{HERE}/programme/{address}")
    page, said = browser.page, []
    for title in ("Neu", "Neu", "Anderes"):
        browser.page = page  # as after a second click, or going back
        browser.submit("Speichern", title_de=title, **typed)
        said.append(pages.words(pages.get(browser.page, role="status")))

    assert (
        said[0]
        == said[1]
        == ("„Neu“ ist angelegt. Bitte beachten Sie: Auch ein anderer Workshop hat die Nummer 7.")
    )
    assert "„Anderes“" in said[2]
    with app.app_context():
        codes = db.session.scalars(select(ProgrammeItem.code).order_by(ProgrammeItem.id)).all()
    assert codes == ["workshop-7", "workshop-7-2", "workshop-7-3"]


def test_a_copy_takes_along_what_two_can_have_in_common(app, browser):
    browser.load(f"{HERE}/programme/workshop-7/edit")
    [link] = [a.get("href") for a in browser.page.iter("a") if pages.words(a) == "Duplizieren"]
    browser.load(link)
    browser.submit("Speichern", title_de="Derselbe noch einmal")

    assert browser.status == 200
    with app.app_context():
        first, second = db.session.scalars(select(ProgrammeItem).order_by(ProgrammeItem.id))
        assert (second.code, second.number) == ("workshop-8", 8)
        for name in ("kind", "bookable", "capacity", "starts_at", "ends_at", "waiting_list"):
            assert getattr(first, name) == getattr(second, name), name
        assert (second.released, second.room_id) == (None, None)


WRONG = [
    ({"kind": ""}, 422),
    ({"kind": "party"}, 422),
    ({"kind": "talk", "capacity": "5"}, 422),
    ({"number": "0"}, 422),
    ({"number": "-1"}, 422),
    ({"number": "1000"}, 422),
    ({"number": "sieben"}, 422),
    ({"number": "٣"}, 422),
    ({"title_de": ""}, 422),
    ({"title_de": "x" * 201}, 422),
    ({"day": "2015-02-30"}, 422),
    ({"day": ""}, 422),
    ({"starts": "halb elf"}, 422),
    ({"ends": ""}, 422),
    ({"ends": "25:00"}, 422),
    ({"room": "saal"}, 422),
    ({"capacity": "viele"}, 422),
    ({"capacity": "100001"}, 422),
    ({"starts": "14", "ends": "13"}, 409),
    ({"starts": "7", "ends": "8"}, 409),
    ({"title_de": "a\u202eb"}, 422),
]


def test_what_is_wrong_is_said_and_nothing_is_lost(app, browser):
    """SEC-31, A11Y-03."""
    open_form(browser)
    right = {"kind": "workshop", "title_de": "Netzwerke", "abstract_de": "Was ich lange schrieb"}
    for wrong, status in WRONG:
        open_form(browser)
        browser.submit("Speichern", **right | wrong)

        assert browser.status == status, wrong
        assert pages.faults(browser.page), wrong
        kept = pages.get(browser.page, "textarea", id="abstract_de")
        assert pages.words(kept) == "Was ich lange schrieb", wrong
    with app.app_context():
        assert len(db.session.scalars(select(ProgrammeItem.id)).all()) == 1


def test_rows_of_people_come_and_go_before_it_is_saved(browser):
    open_form(browser)
    browser.submit("Person hinzufügen", title_de="Mit Leuten", kind="talk")
    assert pages.has(browser.page, "input", id="person-0-name")
    browser.submit("Speichern", **{"person-0-name": "Petra Probe"})

    assert browser.status == 200
    browser.load(f"{HERE}/programme/talk/edit")
    assert pages.get(browser.page, "input", id="person-0-name").get("value") == "Petra Probe"


def test_in_a_draft_it_is_part_of_what_is_published_with_it(app, browser, congress):
    with app.app_context():
        draft = builders.a_congress(slug="entwurf", state="draft")
        number = draft.id
    an_organiser(app, "other@example.org", {number: Role.ORGANISER})
    other = Browser(logged_in(app, "other@example.org"))
    other.load("/organiser/entwurf/programme/new")
    other.submit("Speichern", kind="talk", title_de="Begrüßung durch alle")

    assert "Begrüßung durch alle" in other.client.get("/organiser/entwurf/preview").text


def test_the_pages_take_a_fixed_number_of_statements(app, browser, congress):
    pages_of_parts = ["programme", "programme?view=rooms", "programme/new", "rooms", "days"]
    pages_of_parts += [f"programme/workshop-7/{page}" for page in ("edit", "remove")]
    few = [statements(browser.client, page) for page in pages_of_parts]
    with app.app_context():
        row = db.session.get_one(Congress, congress["congress"])
        for number in range(20):
            builders.a_workshop(row, is_released=False)
            name = {"de": f"Raum {number}"}
            builders.add(Room(congress_id=row.id, code=f"raum-{number}", name=name))

    assert [statements(browser.client, page) for page in pages_of_parts] == few
    assert max(few) <= 17


def statements(client, page):
    client.get(f"{HERE}/{page}")
    with count_queries() as found:
        assert client.get(f"{HERE}/{page}").status_code == 200
    return len(found)


def test_an_evening_is_chosen_where_it_is_ticked(app, browser):
    evening = {"kind": "evening", "title_de": "Empfang", "starts": "14", "ends": "15"}
    browser.load(f"{HERE}/programme/new?lang=de")
    browser.submit("Speichern", capacity="40", **evening)
    assert browser.status == 422
    assert "Bitte kreuzen Sie auch „Wird bei der Anmeldung gewählt“ an" in pages.words(browser.page)
    browser.submit("Speichern", bookable="y")
    assert browser.status == 200
    with app.app_context():
        row = db.session.scalars(select(ProgrammeItem).filter_by(code="evening")).one()
        assert (row.kind, row.bookable, row.capacity) == ("evening", True, 40)
        builders.a_booking(db.session.scalars(select(Registration)).one(), row)
        db.session.commit()

    browser.load(f"{HERE}/programme/evening/edit?lang=de")
    browser.submit("Speichern", bookable="")
    assert browser.status == 409
    assert "haben sich schon Personen angemeldet" in pages.words(browser.page)


def test_a_meal_that_stands_there_is_chosen_from_now_on(app, browser):
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        builders.an_item(congress, code="lunch", kind="meal", title="Mittagessen")
    browser.load(f"{HERE}/programme/lunch/edit?lang=de")
    browser.submit("Speichern", bookable="y", capacity="30", waiting_list="")
    assert browser.status == 200
    with app.app_context():
        row = db.session.scalars(select(ProgrammeItem).filter_by(code="lunch")).one()
        assert (row.bookable, row.capacity, row.waiting_list) == (True, 30, False)
    log = pages.words(pages.read(browser.client.get(f"{HERE}/log?lang=de")))
    assert "wird bei der Anmeldung gewählt" in log
