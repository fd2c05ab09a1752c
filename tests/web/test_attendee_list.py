"""The attendee list as a page: what a row says, in which order, and what stands above it."""

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, Consent
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

LIST = "/organiser/fachkongress/attendees"


@pytest.fixture
def organiser(app):
    """Two workshops; Erika in the second, Max in the tenth and waiting for the second."""
    with app.app_context():
        congress = builders.a_congress(capacity=200)
        ten = builders.a_workshop(
            congress, number=10, title="Netzwerke erfolgreich gestalten", short_title="Netzwerke"
        )
        two = builders.a_workshop(congress, number=2, title="Die Kommune als Motor")
        erika = builders.a_registration(congress, given_name="Erika", family_name="Muster")
        max_ = builders.a_registration(
            congress,
            given_name="Max",
            family_name="Beispiel",
            organisation="Stadt Rheine",
        )
        builders.a_registration(congress, given_name="Ida", family_name="Adler", state="waiting")
        builders.a_booking(erika, two)
        builders.a_booking(max_, ten)
        builders.a_booking(max_, two, state="waiting")
        number = congress.id
    an_organiser(app, "organiser@example.org", {number: Role.ORGANISER})
    return logged_in(app, "organiser@example.org")


def read(client, query=""):
    return pages.read(client.get(f"{LIST}{query or '?'}&lang=de"))


def rows(page):
    body = pages.get(page, "tbody")
    return {row[0].get("abbr"): row for row in pages.find_all(body, "tr")}


def said(cell):
    """What a cell says, without its link to correct that."""
    links = pages.find_all(cell, "a", class_="correct")
    return pages.words(cell).removesuffix(pages.words(links[0]) if links else "").strip()


def test_what_matters_stands_above_the_list(organiser):
    page = read(organiser, "?q=rheine")
    main = list(pages.get(page, "main").iter())
    head = pages.words(main[main.index(pages.get(page, "h1")) + 1])

    assert head == "2 Personen angemeldet · 1 wartet · 200 Plätze · Wartelisten"
    files = pages.section(page, "files")
    assert main.index(files) < main.index(pages.get(page, "table"))
    assert "1 Person" in pages.words(files)
    for suffix in ("xlsx", "csv"):
        assert pages.has(files, "a", href=f"{LIST}.{suffix}?q=rheine&lang=de")


def test_a_row_says_everything_once_and_folds_what_is_not_name_and_workshop(organiser):
    row = rows(read(organiser))["Max Beispiel"]
    shown = [said(cell) for cell in row if "rest" in (cell.get("class") or "")]
    folded = pages.get(row, "details")
    names = pages.get(row, "td", aria_colindex="3")

    assert shown[:3] == ["Stadt Rheine", "2 (Platz 1)", "Bestätigt"]
    assert pages.words(pages.find_all(names, "span")[0]) == "10 Netzwerke"
    assert pages.words(pages.get(folded, "summary")) == "Bestätigt, mehr zu Max Beispiel"
    assert folded.get("open") is None
    more = pages.words(folded)
    for words in ("OrganisationStadt Rheine", "Warteliste2 (Platz 1)", shown[3]):
        assert words in more


def test_a_view_says_how_many_one_finds_there(app, organiser):
    """Its link keeps search and filters, and so does its number."""
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        off = builders.a_workshop(congress, code="off", cancelled=True)
        for state in ("confirmed", "cancelled"):
            left = builders.a_registration(congress, given_name="Erika", state=state)
            builders.a_booking(left, off)

    for query, numbers in FILTERED.items():
        page = read(organiser, query)
        views = pages.find_all(pages.get(page, "nav", aria_label="Ansichten"), "a")
        assert [int(pages.words(each).split()[-1]) for each in views] == numbers, query
        for view, number in zip(views, numbers, strict=True):
            followed = pages.read(organiser.get(view.get("href")))
            found = pages.find_all(followed, "tbody")
            assert (len(rows(followed)) if found else 0) == number, (query, pages.words(view))


FILTERED = {  # all, confirmed, waiting where somebody is, not attending
    "": [5, 3, 1, 1],
    "?q=erika": [3, 2, 1],
    "?q=adler": [1, 0, 1, 0],
    "?q=nobody": [0, 0, 0],
    "?workshop=workshop-2": [1, 1, 0],
    "?waiting=workshop-2": [1, 1, 0],
    "?unchosen=off": [2, 1, 1],
    "?q=erika&unchosen=off&state=cancelled&sort=-state": [2, 1, 1],
    "?state=waiting": [5, 3, 1, 1],
    "?state=waiting&q=max": [1, 1, 0, 0],
}


def test_cells_stand_under_their_headings_also_when_some_are_not_shown(organiser):
    page = read(organiser)
    table = pages.get(page, "table")
    places = list("123456")

    assert table.get("aria-colcount") == places[-1]
    for row in pages.find_all(table, "tr"):
        assert [cell.get("aria-colindex") for cell in row] == places


@pytest.mark.parametrize(
    ("query", "names", "direction", "turned"),
    [
        (
            "?sort=workshop",
            ["Erika Muster", "Max Beispiel", "Ida Adler"],
            "ascending",
            "-workshop",
        ),
        (
            "?sort=-workshop",
            ["Max Beispiel", "Erika Muster", "Ida Adler"],
            "descending",
            "workshop",
        ),
    ],
)
def test_the_list_is_sorted_by_workshop_and_turned(organiser, query, names, direction, turned):
    page = read(organiser, query)
    [heading] = pages.find_all(page, "th", aria_sort=direction)

    assert list(rows(page)) == names
    assert pages.words(heading).startswith("Workshop")
    assert pages.has(heading, "a", href=f"{LIST}?sort={turned}&lang=de")
    assert pages.has(page, "input", name="sort", value=query.removeprefix("?sort="))


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("shorts", "names"),
    [
        (["Netzwerke", "Motor"], ["2 Motor", "10 Netzwerke"]),
        (["Netzwerke erfolgreich gestalten", "Die Kommune als Motor"], None),
        (
            ["Netzwerke erfolgreich gestalten", "Die Kommune als Motor: wer sie antreibt"],
            ["2", "10"],
        ),
    ],
)
def test_several_workshops_are_named_by_their_numbers_where_a_row_would_become_long(
    app, shorts, names
):
    with app.app_context():
        congress = builders.a_congress()
        person = builders.a_registration(congress)
        for number, short in zip((10, 2), shorts, strict=True):
            workshop = builders.a_workshop(congress, number=number, short_title=short)
            builders.a_booking(person, workshop)
        congress_id = congress.id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    page = read(logged_in(app, "organiser@example.org"))
    cell = pages.get(pages.get(page, "tbody"), "td", aria_colindex="3")

    in_full = [f"2 {shorts[1]}", f"10 {shorts[0]}"]
    assert [pages.words(each) for each in cell.findall("span")] == (names or in_full)


def test_a_reader_finds_nobody_by_what_a_reader_does_not_see(app, organiser):
    """Letter by letter the search would else tell whole addresses."""
    with app.app_context():
        number = db.session.scalars(select(Congress.id)).one()
    an_organiser(app, "reader@example.org", {number: Role.READER})
    reader = logged_in(app, "reader@example.org")

    found = {
        search: [pages.has(read(each, f"?q={search}"), "tbody") for each in (organiser, reader)]
        for search in ("example.org", "erika", "Muester", "rheine max")
    }
    assert found == {
        "example.org": [True, False],
        "erika": [True, True],
        "Muester": [True, True],
        "rheine max": [True, True],
    }


@pytest.mark.parametrize("search", ["'", "%22", "%E2%80%AE"])
def test_what_says_nothing_is_no_filter(organiser, search):
    page = read(organiser, f"?q={search}")

    assert len(rows(page)) == 3
    assert not pages.has(page, "a", href=f"{LIST}?")
    assert pages.has(page, "a", href=f"{LIST}.csv?lang=de")


@pytest.mark.sqlite_only
def test_columns_are_chosen_in_a_form_kept_in_the_address_and_taken_into_files(app, organiser):
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        answers = {"function": "Leitung"}
        leo = builders.a_registration(
            congress, given_name="Leo", email="leo@example.org", answers=answers
        )
        consent = {"text_version": "1", "channel": "form", "given_at": builders.OPEN}
        builders.add(Consent(registration_id=leo.id, purpose="photos", **consent))
    form = pages.get(read(organiser, "?q=leo&state=confirmed"), "form", id="columns")
    kept = {each.get("name"): each.get("value") for each in pages.find_all(form, type="hidden")}
    assert kept == {"q": "leo", "state": "confirmed", "columns": "name"}
    ticked = [each.get("value") for each in pages.find_all(form, "input", checked="")]
    assert ticked == ["organisation", "workshop", "waiting_for", "state", "registered_at"]

    asked = "?q=leo&columns=name&columns=photos&columns=function&columns=email"
    page = read(organiser, asked)
    listed = "function,email,photos"
    [row] = rows(page).values()
    assert [said(cell) for cell in row[1:]] == ["Leitung", "leo@example.org", "ja"]
    assert [cell.get("aria-colindex") for cell in row] == list("1234")
    folded = pages.words(pages.get(row[0], "details"))
    assert "FunktionLeitung" in folded
    assert "Angemeldet am" not in folded
    assert pages.has(page, "input", name="columns", value=listed)  # the search keeps them
    assert pages.has(page, "a", href=f"{LIST}?q=leo&sort=-name&columns={listed}&lang=de")
    shown = f"{LIST}.csv?q=leo&columns={listed}"
    assert pages.has(page, "a", href=f"{shown}&lang=de")
    assert heading_of(organiser, shown) == "Nachname;Vorname;E-Mail;Funktion;Fotos"
    every = heading_of(organiser, f"{LIST}.csv?q=leo")
    assert every.startswith("Stand;Nachname;Vorname;E-Mail;Organisation;AGS;Funktion")

    names = read(organiser, "?columns=name")
    assert [len(row) for row in rows(names).values()] == [1] * 4


@pytest.mark.sqlite_only
def test_a_reader_is_offered_no_addresses_and_sees_none(app, organiser):
    with app.app_context():
        number = db.session.scalars(select(Congress.id)).one()
    an_organiser(app, "reader@example.org", {number: Role.READER})
    page = read(logged_in(app, "reader@example.org"), "?columns=email,state")

    assert pages.has(page, "input", name="columns", value="function")
    assert not pages.has(page, "input", name="columns", value="email")
    assert {len(row) for row in rows(page).values()} == {2}


def heading_of(client, address):
    with client.get(address) as answer:
        return answer.get_data().decode("utf-8-sig").splitlines()[0]
