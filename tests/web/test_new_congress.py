"""A new congress in two submits, from rows pasted into a form; nothing is stored before."""

from datetime import UTC, datetime, timedelta

import pytest

from config import ROOT
from congress.domain.access import Role
from congress.domain.programme import PersonState
from congress.formats.congress_file import read_congress_file, write_congress_file
from congress.queries.congresses import find_congress
from congress.queries.planning.congress_files import find_plan
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

DEMO = ROOT / "examples" / "fachkongress-2015.toml"
KINDS = {
    "plenary": "Plenum",
    "talk": "Vortrag",
    "practice_example": "Praxisbeispiel",
    "workshop": "Workshop",
    "break": "Pause",
}
LINES = ["title", "day", "starts", "ends", "town", "deadline", "capacity", "host", "funder", "rows"]


@pytest.fixture
def browser(app):
    an_organiser(app, "admin@example.org", is_administrator=True)
    return Browser(logged_in(app, "admin@example.org"))


@pytest.fixture(scope="module")
def demo():
    """The Fachkongress of the demo, as its file says."""
    return read_congress_file(
        DEMO.read_bytes(), find_file=lambda name: (DEMO.parent / name).read_bytes()
    ).plan


def essentials(**changed: str):
    day = datetime.now(UTC).date() + timedelta(days=100)
    return {
        "title": "Engagement vor Ort",
        "day": f"{day:%d.%m.%Y}",
        "starts": "9.30",
        "ends": "16:30 Uhr",
        "town": "Lünen",
        "deadline": f"{day - timedelta(days=14):%d.%m.%Y}",
        "capacity": "200",
        "host": "Forum für soziale Innovation gGmbH",
        "rows": "10.00–10.20\tBegrüßung\tPlenum\tSaal\n10.20-11.15\tImpuls\tVortrag\tSaal",
    } | changed


def rows_typed(browser):
    """Return what stands in the field for rows, which nobody has to type again."""
    return (pages.get(browser.page, "textarea", name="rows").text or "").strip("\n")


def pasted(plan):
    """Return the programme of a plan as somebody has it in a spreadsheet."""
    rooms = {room.code: room.name["de"] for room in plan.rooms}
    lines = ["Zeit\tTitel\tArt\tRaum\tPlätze\tPersonen"]
    for item in plan.items:
        start, end = (
            each.astimezone(plan.zone) for each in (item.slot.starts_at, item.slot.ends_at)
        )
        cells = [
            f"{start:%H.%M}–{end:%H.%M} Uhr",
            item.title["de"],
            KINDS[item.kind],
            rooms.get(item.room, ""),
            str(item.places or ""),
            ", ".join(_person(each) for each in item.people),
        ]
        lines.append("\t".join(cells))
    return "\n".join(lines)


def _person(person):
    where = person.affiliation.get("de", "").replace(",", "")
    name = person.name or "N. N."
    return f"{name} ({where})" if where else name


def test_the_demo_is_set_up_in_two_submits(app, browser, demo):
    """Live and open after two submits and three loads, login not counted; no JavaScript."""
    day = datetime.now(UTC).date() + timedelta(days=100)
    browser.load("/organiser/new")
    browser.submit(
        "Anlegen",
        **essentials(
            title=demo.title["de"],
            day=f"{day:%d.%m.%Y}",
            deadline=f"{day - timedelta(days=14):%d.%m.%Y}",
            funder="Ministerium für Familie",
            rows=pasted(demo),
        ),
    )
    assert browser.status == 200, pages.faults(browser.page)
    slug = browser.address.split("/")[2]
    client = app.test_client()
    assert client.get(f"/{slug}").status_code == 404
    browser.submit("Veröffentlichen")

    assert (browser.submits, browser.loads) == (2, 3)
    public = client.get(f"/{slug}")
    assert public.status_code == 200
    form = pages.read(client.get(f"/{slug}/register"))
    assert len(pages.find_all(form, "input", type="radio")) >= 6
    with app.app_context():
        made = find_plan(slug)
        assert [_facts(item, made) for item in made.items] == [
            _facts(item, demo) for item in sorted(demo.items, key=lambda item: item.slot)
        ]
        assert made.registration.capacity == 200
        congress = find_congress(slug)
        assert congress.period.closes_at < congress.starts_at


def _facts(item, plan):
    rooms = {room.code: room.name["de"] for room in plan.rooms}
    slot = [each.astimezone(plan.zone).time() for each in (item.slot.starts_at, item.slot.ends_at)]
    people = [(each.name, each.role) for each in item.people]
    room = rooms.get(item.room)
    return slot, item.title["de"], item.kind, item.number, room, item.places, item.bookable, people


@pytest.mark.sqlite_only
def test_what_is_made_is_a_congress_file_as_well(app, browser, demo):
    """The same plan: a file made of it is read back without a fault."""
    browser.load("/organiser/new")
    browser.submit("Anlegen", **essentials(rows=pasted(demo), confirmed="y"))
    slug = browser.address.split("/")[2]
    with app.app_context():
        plan = find_plan(slug)

    assert plan
    assert read_congress_file(write_congress_file(plan).encode()).plan == plan
    states = {each.state for item in plan.items for each in item.people if each.name}
    assert states == {PersonState.CONFIRMED}


@pytest.mark.sqlite_only
def test_several_days_have_the_same_hours(app, browser):
    first = datetime.now(UTC).date() + timedelta(days=100)
    last = first + timedelta(days=1)
    rows = f"{first:%d.%m.%Y}\n10-11\tBegrüßung\n{last:%d.%m.%Y}\n9.30-12\tWorkshop Netze\tRaum 1"
    browser.load("/organiser/new")
    browser.submit(
        "Anlegen", **essentials(last_day=f"{last:%d.%m.%Y}", rows=rows, slug="zwei-tage")
    )
    with app.app_context():
        plan = find_plan("zwei-tage")

    settings = "/organiser/zwei-tage/settings"
    assert pages.has(browser.page, "a", href=settings)
    assert pages.has(pages.section(browser.page, "to-check"), "a", href=f"{settings}#place")
    assert plan
    assert [(each.day, each.slot.duration) for each in plan.days] == [
        (day, timedelta(hours=7)) for day in (first, last)
    ]
    days = [item.slot.starts_at.astimezone(plan.zone).date() for item in plan.items]
    assert days == [first, last]


@pytest.mark.sqlite_only
def test_a_question_costs_one_more_round_and_keeps_everything(app, browser):
    entries = essentials(
        rows="10-11\tMarkt der Dinge\n11 Uhr und später\tImpuls\tVortrag", venue="Rathaus"
    )
    browser.load("/organiser/new")
    browser.submit("Anlegen", **entries)

    assert browser.status == 422
    assert len(pages.faults(browser.page)) == 2
    for name in ("title", "day", "venue", "host"):
        assert pages.get(browser.page, "input", name=name).get("value") == entries[name]
    assert rows_typed(browser) == entries["rows"]
    assert "is-bad" in (pages.get(browser.page, id="row-2").get("class") or "")
    with app.app_context():
        assert find_congress("engagement-vor-ort") is None

    # The guess about the first row was shown; it holds when it is sent again.
    browser.submit("Anlegen", rows="10-11\tMarkt der Dinge\n11-12\tImpuls\tVortrag")
    assert browser.address.endswith("/preview")
    assert browser.submits == 2


@pytest.mark.sqlite_only
def test_a_guess_is_asked_once_and_another_one_anew(browser):
    browser.load("/organiser/new")
    for rows in ("10-11\tMarkt der Dinge", "10-11\tMarkt der Möglichkeiten"):
        browser.submit("Anlegen", **essentials(rows=rows))
        assert (browser.status, len(pages.faults(browser.page))) == (422, 1)
    browser.submit("Anlegen")
    assert browser.address.endswith("/preview")


WRONG = [
    ("title", ""),
    ("day", "irgendwann"),
    ("day", "31.2.2027"),
    ("last_day", "1.1.2020"),
    ("starts", "morgens"),
    ("ends", "8.00"),
    ("town", ""),
    ("deadline", "1.1.2020"),
    ("deadline", ""),
    ("capacity", "viele"),
    ("host", ""),
    ("contact", "keine"),
    ("slug", "Groß Schreibung"),
    ("slug", "organiser"),
    ("slug", "taken"),
    ("opens", "1.1.2150"),
]


@pytest.mark.sqlite_only
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(app, browser):
    with app.app_context():
        builders.a_congress(slug="taken")
    good = essentials(contact="info@example.org", slug="", opens="", last_day="")
    browser.load("/organiser/new")
    for name, typed in WRONG:
        browser.submit("Anlegen", **good | {name: typed})

        assert browser.status in {409, 422}, (name, typed)
        assert len(pages.faults(browser.page)) == 1, (name, typed)
        field = pages.get(browser.page, "input", name=name)
        assert (field.get("value"), field.get("aria-invalid")) == (typed, "true")
        assert rows_typed(browser) == good["rows"]


@pytest.mark.sqlite_only
def test_reading_the_rows_shows_them_and_stores_nothing(app, browser):
    browser.load("/organiser/new")
    browser.submit(
        "Einlesen und zeigen", rows="10.00–11.00\tBegrüßung\tSaal\n\tErste Zelle leer\tFoyer"
    )

    assert browser.status == 200
    assert pages.faults(browser.page) == []
    rows = [pages.words(row) for row in pages.find_all(browser.page, "tr") if row.get("id")]
    assert [row.split()[0] for row in rows] == ["1", "2"]
    assert pages.get(browser.page, "input", name="seen").get("value")
    client = app.test_client()
    assert "Erste Zelle leer" not in client.get("/").text


@pytest.mark.sqlite_only
def test_the_preview_shows_the_page_of_the_draft_with_its_warnings(app, browser):
    rows = (
        "10-12\tWorkshop eins\tWorkshop\tRaum 1\t20\tN. N.\n"
        "11-12\tWorkshop zwei\tWorkshop\tRaum 1\t20\t"
    )
    browser.load("/organiser/new")
    browser.submit("Anlegen", **essentials(rows=rows))

    warnings = pages.section(browser.page, "warnings")
    assert len(pages.find_all(warnings, "li")) == 1  # one room twice
    to_check = [pages.words(each) for each in pages.section(browser.page, "to-check").iter("li")]
    assert [each for each in to_check if each.startswith("1 Workshop zeigt „N. N.“")]
    one, two = pages.find_all(browser.page, "li", class_="shop")
    assert ("N. N." in pages.words(one), "Dialog" in pages.words(two)) == (True, False)
    assert "Workshop zwei" in [pages.words(each) for each in browser.page.iter("h4")]
    dead = [a for a in browser.page.iter("a") if "/programme/" in (a.get("href") or "")]
    assert dead == []
    assert browser.client.get(browser.address + "?lang=en").status_code == 200


@pytest.mark.sqlite_only
def test_what_nobody_entered_is_not_said_but_warned_of_in_one_list(app, browser):
    rows = "10-12\tWorkshop eins\tWorkshop\tRaum 1\t20\n11-12\tWorkshop zwei\tWorkshop\tRaum 1\t20"
    browser.load("/organiser/new")
    browser.submit("Anlegen", **essentials(rows=rows, slug="knapp"))
    checks = [pages.words(each) for each in pages.section(browser.page, "to-check").iter("li")]
    assert {each.partition(":")[0] for each in checks[-2:]} == {"Kosten", "Barrierefreiheit"}

    own, warnings = "/organiser/knapp", []
    for address in (f"{own}/preview", own, f"{own}/programme"):
        page = pages.read(browser.client.get(f"{address}?lang=de"))
        [found] = pages.find_all(page, aria_labelledby="warnings") or pages.find_all(
            page, "a", class_="warnings"
        )
        warnings.append(pages.numbers(found)[0])
        if address != f"{own}/programme":
            listed = pages.section(page, "to-check").iter("li")
            assert [pages.words(each) for each in listed] == checks
    assert warnings == [1, 1, 1]

    browser.submit("Veröffentlichen")
    public = app.test_client().get("/knapp?lang=de")
    said = pages.words(pages.read(public))
    for word in ("kostenfrei", "stufenlos", "Bahnhof", "Anreise und Barrierefreiheit"):
        assert word not in said
    assert pages.faults(pages.read(public)) == []


@pytest.mark.sqlite_only
def test_organisers_may_make_congresses_and_nobody_else(app):
    with app.app_context():
        ours = builders.a_congress(slug="ours").id
    an_organiser(app, "organiser@example.org", {ours: Role.ORGANISER})
    an_organiser(app, "programme@example.org", {ours: Role.PROGRAMME})
    browser = Browser(logged_in(app, "organiser@example.org"))
    browser.load("/organiser/new")
    browser.submit("Anlegen", **essentials(slug="neu-2099"))
    assert browser.address == "/organiser/neu-2099/preview"
    assert browser.status == 200  # it is theirs from the start

    stranger = logged_in(app, "programme@example.org")
    assert stranger.get("/organiser/new").status_code == 403
    assert stranger.get("/organiser/neu-2099/preview").status_code == 404
    assert app.test_client().get("/organiser/new").status_code == 303
