"""The next edition of a congress in two submits; nothing is stored before."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.programme import PersonState
from congress.extensions import db
from congress.models import Congress, Contribution, Person
from congress.queries.congresses import find_congress
from congress.queries.planning.congress_files import find_plan
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
LAST, COPY = "/organiser/fachkongress-2015", "/organiser/fachkongress-2015/next-edition"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def last(app):
    """The edition of 2015, with a registration, a text that names it, and people."""
    with app.app_context():
        congress = builders.a_congress(
            slug="fachkongress-2015",
            title={"de": "Fachkongress 2015"},
            description={"de": "Am 21. Oktober 2015 im Rathaus."},
            cost={"de": "25 Euro"},
            venue={"de": "Rathaus"},
            state="finished",
        )
        item = builders.a_workshop(
            congress, code="ws", number=1, title="Netze", abstract="Mit Anna Beispiel"
        )
        builders.a_booking(builders.a_registration(congress, family_name="Fremd"), item)
        for name, state in (("Anna Beispiel", "confirmed"), ("Bernd Muster", "requested")):
            person = builders.add(Person(name=name, affiliation={}))
            role = {"role": "moderator", "affiliation": {}, "position": person.id}
            contribution = Contribution(item_id=item.id, person_id=person.id, state=state, **role)
            builders.add(contribution)
        builders.an_item(congress, title="Entfallen", cancelled=True)
        return congress.id


@pytest.fixture
def browser(app, last):
    an_organiser(app, "organiser@example.org", {last: Role.ORGANISER})
    return Browser(logged_in(app, "organiser@example.org"))


def value(browser, name):
    return pages.get(browser.page, "input", name=name).get("value")


def lines(browser, name):
    return [pages.words(each) for each in pages.get(browser.page, id=name).iter("li")]


def slugs(app):
    with app.app_context():
        return set(db.session.scalars(select(Congress.slug)))


def test_the_last_edition_is_copied_in_two_submits(app, browser):
    """From "My events" to a public page, by the links and forms found; no JavaScript."""
    browser.load("/organiser/")
    found = pages.find_all(browser.page, "a", href=COPY)
    assert [pages.words(each) for each in found] == ["Nächste Ausgabe anlegen …: Fachkongress 2015"]
    browser.load(COPY)
    assert (value(browser, "starting"), value(browser, "slug")) == (
        "20.10.2027",
        "fachkongress-2027",
    )
    browser.submit("Anlegen")
    assert (browser.status, browser.address) == (200, "/organiser/fachkongress-2027/preview")
    public = app.test_client()
    assert public.get("/fachkongress-2027").status_code == 404
    browser.submit("Veröffentlichen")

    assert (browser.submits, browser.loads) == (2, 4)
    page = pages.read(public.get("/fachkongress-2027"))
    said = pages.words(page)
    assert "Fachkongress 2027" in said
    assert "20. Oktober 2027" in said
    assert "Der Veranstaltungsort wird noch bestätigt." in said
    assert "N. N." in said
    assert "Bernd Muster" not in said
    with app.app_context():
        plan = find_plan("fachkongress-2027")
        [item] = plan.items  # what was called off is left out
        assert [(each.name, each.state) for each in item.people] == [
            ("Anna Beispiel", PersonState.REQUESTED),
            ("Bernd Muster", PersonState.REQUESTED),
        ]
        congress = find_congress("fachkongress-2027")
        assert (congress.places.taken, congress.venue) == (0, {})
        assert congress.period.closes_at == datetime(2027, 10, 6, 22, 0, tzinfo=UTC)


@pytest.mark.sqlite_only
def test_what_the_copy_brings_is_listed_before_and_what_is_open_after(browser):
    browser.load(LAST)
    assert pages.find_all(browser.page, "a", href=COPY)
    browser.load(COPY)

    cells = [[pages.words(cell) for cell in row] for row in pages.find_all(browser.page, "tr")]
    assert cells[1:] == [
        ["Tag", "Mittwoch, 21. Oktober 2015", "Mittwoch, 20. Oktober 2027"],
        [
            "Beginn der Anmeldung",
            "Dienstag, 1. September 2015, 0.00 Uhr",
            "Dienstag, 31. August 2027, 0.00 Uhr",
        ],
        ["Anmeldeschluss", "7. Oktober 2015", "6. Oktober 2027"],
        ["Veranstaltungsort", "Rathaus, Lünen", "Lünen, Veranstaltungsort noch zu bestätigen"],
        ["Personen", "2 Personen", "angefragt, öffentlich „N. N.“"],
        ["Kosten", "25 Euro", "unverändert, bitte prüfen"],
        ["Abgesagt", "Entfallen", "entfällt"],
    ]
    texts = [
        "Beschreibung: nennt noch 21. Oktober 2015; nennt den letzten Veranstaltungsort: Rathaus",
        "Kosten: nennt den Preis 25 Euro",
        "1 Netze: nennt Anna Beispiel beim Namen, ohne Zusage",
    ]
    assert lines(browser, "texts") == texts

    browser.submit("Anlegen", starting="27.10.2027")
    said = [pages.words(each) for each in pages.section(browser.page, "to-check").iter("li")]
    assert said == [
        (
            "Der 27. Oktober 2027 liegt in den Schulferien von Nordrhein-Westfalen "
            "(Herbstferien, bis 6. November 2027)."
        ),
        "Veranstaltungsort: noch zu bestätigen",
        "Personen: 2 Personen haben noch nicht zugesagt und werden öffentlich nicht genannt",
        *texts,
        "1 Workshop zeigt „N. N.“: Darin ist niemand genannt, der zugesagt hat.",
        "Barrierefreiheit: Dazu steht noch nichts da",
    ]
    mended = [each.get("href") for each in pages.section(browser.page, "to-check").iter("a")]
    own = "/organiser/fachkongress-2027"
    assert mended == [
        *(f"{own}/settings#place", f"{own}/programme"),
        *(f"{own}/settings#about", f"{own}/settings#place", f"{own}/programme/ws/edit"),
        *(f"{own}/programme", f"{own}/settings#place"),
    ]
    browser.load("/organiser/fachkongress-2027")
    assert len(list(pages.section(browser.page, "to-check").iter("li"))) == len(said)


@pytest.mark.sqlite_only
def test_what_was_not_published_is_said_to_go_along(app, browser, last):
    browser.load(COPY)
    note = pages.get(browser.page, id="unpublished")  # people of one item
    assert pages.numbers(note) == [1]
    assert pages.has(note, "a", href="/organiser/fachkongress-2015/programme")

    with app.app_context():
        db.session.get_one(Congress, last).state = "draft"  # of which nobody saw anything else
        db.session.commit()
    browser.load(COPY)
    assert pages.find_all(browser.page, id="unpublished") == []


@pytest.mark.sqlite_only
def test_another_day_is_shown_before_anything_is_stored(app, browser):
    browser.load(COPY)
    browser.submit("Für diesen Tag zeigen", starting="Mittwoch, 1. November 2028")

    assert browser.status == 200
    assert pages.faults(browser.page) == []
    # Name and title follow the year as long as nobody has changed them.
    assert value(browser, "slug") == "fachkongress-2028"
    assert value(browser, "title_de") == "Fachkongress 2028"
    assert lines(browser, "days") == [
        "Der 1. November 2028 ist ein Feiertag: Allerheiligen.",
        (
            "Der 1. November 2028 liegt in den Schulferien von Nordrhein-Westfalen "
            "(Herbstferien, bis 4. November 2028)."
        ),
    ]
    browser.submit("Für diesen Tag zeigen", starting="6.11.2030", slug="netze", title_de="Netze")
    assert (value(browser, "slug"), value(browser, "title_de")) == ("netze", "Netze")
    assert lines(browser, "days") == [
        (
            "Schulferien sind hier nur bis zum 6. August 2030 bekannt. Bitte sehen Sie nach, ob "
            "der 6. November 2030 in den Ferien liegt."
        )
    ]
    # Its deadline would be over: said, and not forbidden.
    browser.submit("Für diesen Tag zeigen", starting="9.12.2026")
    assert lines(browser, "days") == [
        "Der Anmeldeschluss am 25. November 2026 ist vorbei, also könnte sich niemand anmelden."
    ]
    assert slugs(app) == {"fachkongress-2015"}


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("starting", "slug"),
    [("3.11.2027", "fachkongress-2027-2"), ("25.10.2028", "fachkongress-2028")],
)
def test_a_second_edition_in_one_year_has_a_name_of_its_own(app, browser, starting, slug):
    with app.app_context():
        builders.a_congress(slug="fachkongress-2027")
    browser.load(COPY)
    assert value(browser, "slug") == "fachkongress-2027-2"
    browser.submit("Anlegen", starting=starting)
    assert browser.address == f"/organiser/{slug}/preview"


WRONG = [
    ("starting", "", "Bitte geben Sie den ersten Tag an"),
    ("starting", "irgendwann", "„irgendwann“ ist kein Datum"),
    ("starting", "31.2.2028", "„31.2.2028“ ist kein Datum"),
    ("starting", "20.10.20277", "ist kein Datum"),
    ("starting", "19.11.2025", "Dieser Tag ist vorbei. Dieselbe Zeit im Jahr wäre Mittwoch, 20."),
    ("starting", "22.10.2027", "Mittwoch, 20. Oktober 2027 oder Mittwoch, 27. Oktober 2027"),
    ("starting", "25.9.2150", "Mittwoch, 23. September 2150"),
    ("slug", "", "Kurznamen"),
    ("slug", "Groß Schreibung", "Adresse"),
    ("slug", "organiser", "Adresse"),
    ("slug", "taken", "schon"),
    ("title_de", "", "Titel"),
    ("title_de", "x" * 201, "200"),
]


@pytest.mark.sqlite_only
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(app, browser):
    with app.app_context():
        builders.a_congress(slug="taken")
    good = {"starting": "27.10.2027", "slug": "netze-2027", "title_de": "Netze"}
    browser.load(COPY)
    for name, typed, said in WRONG:
        entries = good | {name: typed}
        browser.submit("Anlegen", **entries)

        assert browser.status in {409, 422}, (name, typed)
        [fault] = pages.faults(browser.page)
        assert said in fault, (name, typed)
        assert {each: value(browser, each) for each in entries} == entries
        assert pages.get(browser.page, "input", name=name).get("aria-invalid") == "true"
    assert slugs(app) == {"fachkongress-2015", "taken"}


@pytest.mark.sqlite_only
def test_a_form_sent_twice_makes_one_edition(app, browser):
    browser.load(COPY)
    page, address = browser.page, browser.address
    for starting, slug in (
        ("20.10.2027", "fachkongress-2027"),
        ("18.10.2028", "fachkongress-2028"),
    ):
        browser.page, browser.address = page, address
        browser.submit("Anlegen", starting=starting)
        assert browser.status == 200
        browser.page, browser.address = page, address
        browser.submit("Anlegen", starting=starting)
        assert browser.status == 409
        assert slug in slugs(app)
    assert len(slugs(app)) == 3


@pytest.mark.sqlite_only
def test_whoever_organises_a_congress_copies_it_and_nobody_else(app, last):
    with app.app_context():
        theirs = builders.a_congress(slug="theirs").id
    for role in (Role.PROGRAMME, Role.ATTENDEE_LIST, Role.READER):
        # Who may make a congress, but does not organise this one, does not read its names.
        an_organiser(app, f"{role}@example.org", {last: role, theirs: Role.ORGANISER})
        client = logged_in(app, f"{role}@example.org")
        assert client.get(COPY).status_code == 403
        assert COPY not in client.get(LAST).text
        assert COPY not in client.get("/organiser/").text


@pytest.mark.sqlite_only
def test_names_that_are_not_public_are_listed_for_nobody_who_may_not_edit_them(app, browser, last):
    browser.load(COPY)
    browser.submit("Anlegen")
    with app.app_context():
        copied = find_congress("fachkongress-2027").id
    an_organiser(app, "reader@example.org", {copied: Role.READER})
    reader = logged_in(app, "reader@example.org")
    for address in ("/organiser/fachkongress-2027", "/organiser/fachkongress-2027/preview"):
        page = pages.read(reader.get(address))
        assert pages.find_all(page, id="to-check") == []


@pytest.mark.sqlite_only
def test_a_longer_programme_takes_no_more_statements(app, browser, last):
    taken = []
    for slug in ("kurz", "lang"):
        browser.load(COPY)
        browser.submit("Anlegen", slug=slug)
        pages_of_both = (COPY, f"/organiser/{slug}", f"/organiser/{slug}/preview")
        with count_queries() as statements:
            for address in pages_of_both:
                browser.load(address)
        taken.append(len(statements))
        with app.app_context():
            for number in range(2, 30):
                row = db.session.get_one(Congress, last)
                builders.a_workshop(row, number=number, code=f"{slug}-{number}")
    assert taken[0] == taken[1]


@pytest.mark.sqlite_only
def test_a_preview_of_what_is_no_draft_any_more_publishes_nothing(app, browser):
    browser.load(COPY)
    browser.submit("Anlegen")
    with app.app_context():
        find = select(Congress).where(Congress.slug == "fachkongress-2027")
        congress = db.session.scalars(find).one()
        congress.state = "cancelled"
        builders.add(congress)
    browser.submit("Veröffentlichen")
    assert browser.status == 409
    with app.app_context():
        assert find_congress("fachkongress-2027").state == "cancelled"
