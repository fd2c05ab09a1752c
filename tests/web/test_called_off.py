"""What is called off, on organisers' pages: marked, not counted, and who has to choose anew."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, ProgrammeItem
from congress.queries import congresses, programme
from congress.services.mails import drafting
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

HERE = "/organiser/fachkongress"
LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
EDIT_HELD = f"{HERE}/programme/held/edit"
CHOOSE = f"{HERE}/attendees?unchosen=off"


@pytest.fixture
def congress(app):
    """Two workshops at one time, one of them called off; of its three people one chose anew."""
    with app.app_context():
        congress = builders.a_congress(days=((LATER, LATER + timedelta(hours=8)),))
        off = builders.a_workshop(congress, code="off", number=1, starts_at=LATER, cancelled=True)
        held = builders.a_workshop(congress, code="held", number=2, starts_at=LATER)
        for name in ("Erika", "Max", "Petra"):
            person = builders.a_registration(congress, given_name=name, family_name="Muster")
            builders.a_booking(person, off)
        builders.a_booking(person, held, state="waiting")
        congress_id = congress.id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    an_organiser(app, "programme@example.org", {congress_id: Role.PROGRAMME})
    return congress_id


def rows(page):
    """Return the rows of workshops by what their heads say."""
    return pages.find_all(page, "th", role="rowheader")


def test_the_overview_marks_it_and_counts_who_has_not_chosen(app, congress):
    off, held = rows(pages.read(logged_in(app, "organiser@example.org").get(HERE)))
    link = pages.get(off, "a", href=CHOOSE)

    assert pages.has(off, class_="state state--bad")
    assert pages.numbers(link) == [2]
    assert not pages.has(off, "svg")  # how full it was says nothing
    assert not pages.has(held, class_="state state--bad")
    assert pages.has(held, "svg")


def test_its_link_leads_to_just_these_people(app, congress):
    organiser = logged_in(app, "organiser@example.org")
    page = pages.read(organiser.get(CHOOSE))
    file = organiser.get(CHOOSE.replace("?", ".csv?"))

    assert {row.get("abbr") for row in rows(page)} == {"Erika Muster", "Max Muster"}
    assert pages.has(page, "input", type="hidden", name="unchosen", value="off")
    assert pages.has(page, "a", class_="chip chip--on", href=f"{HERE}/attendees")
    assert ("Erika" in file.text, "Petra" in file.text) == (True, False)
    file.close()
    everybody = pages.read(organiser.get(f"{HERE}/attendees?unchosen=held"))  # it takes place
    assert len(rows(everybody)) == 3


def test_whoever_may_see_nobody_sees_the_number_only(app, congress):
    off, _ = rows(pages.read(logged_in(app, "programme@example.org").get(HERE)))

    assert pages.numbers(off)[-1] == 2
    assert not pages.has(off, "a")


@pytest.mark.parametrize(
    ("state", "moved"), [("cancelled", 0), ("finished", 0), ("published", -90)], ids=str
)
def test_nobody_has_to_choose_where_nothing_takes_place(app, congress, state, moved):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        row.state = state
        for day in row.days:
            day.starts_at += timedelta(days=moved)
            day.ends_at += timedelta(days=moved)
        db.session.commit()

    off, _ = rows(pages.read(logged_in(app, "organiser@example.org").get(HERE)))
    assert pages.has(off, class_="state state--bad")
    assert not pages.has(off, "a", href=CHOOSE)


def test_the_programme_counts_what_takes_place(app, congress):
    page = pages.read(logged_in(app, "organiser@example.org").get(f"{HERE}/programme"))
    line = pages.get(page, class_="muted", id="count")

    assert pages.numbers(line)[:2] == [1, 1]


def test_the_figures_count_the_places_of_what_takes_place(app, congress):
    page = pages.read(logged_in(app, "organiser@example.org").get(HERE))
    figures = [
        [int(pages.words(each).split()[0]) for each in pages.find_all(group, "dd")]
        for group in pages.find_all(page, "dl", class_="figs")
    ]

    assert figures == [[3, 0, 1, 0]]  # confirmed; in workshops, waiting for one; not attending


def test_nobody_waits_for_it_anywhere(app, congress):
    with app.app_context():
        off, _ = db.session.scalars(select(ProgrammeItem).order_by(ProgrammeItem.id))
        row = db.session.get_one(Congress, congress)
        person = builders.a_registration(row, given_name="Omar", family_name="Muster")
        builders.a_booking(person, off, state="waiting")
    organiser = logged_in(app, "organiser@example.org")

    page = pages.read(organiser.get(f"{HERE}?lang=de"))
    cells = [pages.words(each) for each in pages.find_all(page, "td", data_l="wartet")]
    figures = pages.numbers(pages.get(page, "dl", class_="figs"))
    assert (cells, figures[-2]) == (["0", "1"], 1)
    programme = pages.read(organiser.get(f"{HERE}/programme?lang=de"))
    cells = [pages.words(each) for each in pages.find_all(programme, "td", data_l="Plätze")]
    assert ["wart" in each for each in cells] == [False, True]
    form = pages.words(pages.read(organiser.get(f"{HERE}/programme/off/edit?lang=de")))
    assert "wartet" not in form
    listed = pages.read(organiser.get(f"{HERE}/attendees?lang=de"))
    [line] = [each for each in map(pages.words, listed.iter("tr")) if "Omar" in each]
    assert ("(fällt aus)" in line, "Position" in line) == (True, False)


def test_nobody_has_a_confirmed_place_in_it(app, congress):
    organiser = logged_in(app, "organiser@example.org")
    listed = pages.read(organiser.get(f"{CHOOSE}&lang=de"))
    address = rows(listed)[0].find(".//a").get("href")
    person = pages.read(organiser.get(f"{address}?lang=de"))
    booking = pages.get(person, class_="booking booking--off stack-s")
    file = organiser.get(f"{HERE}/attendees.csv?unchosen=off&lang=de")
    said = file.text
    file.close()

    assert pages.has(booking, class_="state state--bad")
    assert not pages.has(booking, class_="state state--ok")
    assert pages.words(listed).count("(fällt aus)") == 2
    assert said.count("(fällt aus)") == 2


def test_nobody_holds_a_place_in_it_while_waiting(app, congress):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        off, held = db.session.scalars(select(ProgrammeItem).order_by(ProgrammeItem.number))
        third = builders.a_workshop(row, code="third", number=3)
        waits = []
        for kept in (off, held):
            person = builders.a_registration(row, given_name=kept.code)
            place = builders.a_booking(person, kept)
            builders.a_booking(person, third, state="waiting", instead_of_id=place.id)
            waits.append(person.id)
    organiser = logged_in(app, "organiser@example.org")

    found = [pages.read(organiser.get(f"{HERE}/attendees/{each}?lang=de")) for each in waits]

    assert ["Hat bis dahin" in pages.words(page) for page in found] == [False, True]


@pytest.mark.parametrize(
    ("state", "marks"),
    [
        ("published", ["state state--bad", "state state--few"]),
        ("draft", ["state state--bad"]),
    ],
)
def test_the_programme_says_that_nobody_knows_of_it_yet(app, congress, state, marks):
    with app.app_context():
        db.session.get_one(Congress, congress).state = state
        item = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == "held")).one()
        item.cancelled = True
        db.session.commit()
    page = pages.read(logged_in(app, "organiser@example.org").get(f"{HERE}/programme"))
    [line] = [row for row in pages.find_all(page, "tr") if pages.has(row, "a", href=EDIT_HELD)]
    found = [each.get("class") for each in line.findall("td")[-1].iter("span")]

    assert found == marks


def test_nothing_in_a_draft_is_called_published(app, congress):
    with app.app_context():
        db.session.get_one(Congress, congress).state = "draft"
        db.session.commit()
    page = pages.read(logged_in(app, "organiser@example.org").get(f"{HERE}/programme"))

    assert not pages.has(page, class_="state state--ok")


@pytest.mark.parametrize("state", ["cancelled", "finished"])
def test_nobody_counts_the_days_where_nobody_can_register(app, congress, state):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        row.state, row.closes_at = state, LATER
        db.session.commit()
    page = pages.read(logged_in(app, "organiser@example.org").get(HERE))

    assert pages.get(page, class_="head").findall(".//p/b") == []


def test_a_shifted_workshop_stands_by_its_number(app):
    """On the overview, in the filters, and in the letter to whoever has to choose anew."""
    with app.app_context():
        row = builders.a_congress(closes_at=LATER)
        for number, minutes in ((1, 15), (2, 0), (3, 0)):
            starts_at = LATER + timedelta(minutes=minutes)
            builders.a_workshop(row, code=f"w{number}", number=number, starts_at=starts_at)
        listed = congresses.get_congress(row.id), programme.released_items(row.id)
        offered = drafting.to_choose_from(*listed, now=datetime.now(UTC))
        congress_id = row.id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    organiser = logged_in(app, "organiser@example.org")
    overview = rows(pages.read(organiser.get(HERE)))
    choices = pages.get(pages.read(organiser.get(f"{HERE}/attendees")), "select", id="workshop")

    assert [item.code for item in offered] == ["w1", "w2", "w3"]
    assert [pages.numbers(each)[0] for each in overview] == [1, 2, 3]
    assert [each.get("value") for each in choices] == ["", "w1", "w2", "w3"]
