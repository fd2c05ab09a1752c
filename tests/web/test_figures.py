"""What is counted of a congress, on a page and as a file; nobody is named."""

import csv
import io

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.fields import FieldUse
from congress.domain.folding import fold_for_order
from congress.extensions import db
from congress.models import Congress, Consent, Organisation
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress/figures"
PEOPLE = [  # name, organisation, job title, state, language
    ("Anna", "Stadt Lünen", "Ämter", "confirmed", "de"),
    ("Bernd", "stadt  lünen", "ämter", "confirmed", "de"),
    ("Carla", "Stadt Ahlen", "=1+1", "confirmed", "en"),
    ("Dora", "Verein für alle", "", "confirmed", "de"),
    *[(name, "Verein Für Alle", "Amter", "confirmed", "de") for name in ("Hanna", "Ida")],
    ("Emil", "", "", "confirmed", "de"),
    ("Ferdinand", "Stadt Köln", "Leitung", "waiting", "de"),
    ("Gerda", "Stadt Bonn", "Leitung", "cancelled", "de"),
]


@pytest.fixture
def house(app):
    with app.app_context():
        congress = builders.a_congress(fields={"function": FieldUse.OPTIONAL})
        workshop = builders.a_workshop(congress, number=1, title="Netzwerke", capacity=2)
        register = {}
        for name in ("Stadt Lünen", "Stadt Ahlen", "Stadt Köln"):
            register[fold_for_order(name)] = builders.add(
                Organisation(
                    name=name, name_key=fold_for_order(name), kind="municipality", suggested=True
                )
            )
        for name, organisation, answer, state, language in PEOPLE:
            key = fold_for_order(organisation)
            person = builders.a_registration(
                congress,
                given_name=name,
                organisation=organisation,
                organisation_key=key,
                organisation_id=register[key].id if key in register else None,
                answers={"function": answer} if answer else {},
                state=state,
                language=language,
            )
            if name in {"Anna", "Bernd", "Carla"}:
                builders.a_booking(
                    person, workshop, state="waiting" if name == "Carla" else "confirmed"
                )
        agreed = {"purpose": "photos", "text_version": "1", "channel": "form"}
        builders.add(Consent(registration_id=person.id - 8, given_at=builders.OPEN, **agreed))
        db.session.commit()
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "reader@example.org", {congress.id: Role.READER})


def rows(page, name):
    return [
        [pages.words(cell) for cell in row.iter() if cell.tag in {"th", "td"}]
        for row in pages.get(pages.section(page, name), "tbody").iter("tr")
    ]


def test_it_counts_who_has_a_place(app, house):
    organiser = logged_in(app, "organiser@example.org")
    page = pages.read(organiser.get(f"{HERE}?lang=en"))

    assert "7 people who have a place" in pages.words(page)
    assert "2 of 2, 1 waiting" in pages.words(pages.section(page, "fill"))
    assert rows(page, "organisations") == [
        ["Verein Für Alle", "3"],  # as most have typed it
        ["Stadt Lünen", "2"],
        ["Stadt Ahlen", "1"],
    ]
    assert rows(page, "kinds") == [["Municipalities", "2", "3"], ["Not in the register", "1", "3"]]
    assert rows(page, "question-1") == [["Amter", "4"], ["=1+1", "1"]]
    assert "5 of 7 answered." in pages.words(pages.section(page, "question-1"))
    assert rows(page, "more") == [
        ["German", "6"],
        ["English", "1"],
        ["List of attendees", "0"],
        ["Photos", "1"],
    ]
    for name, *_rest in PEOPLE:
        assert name not in pages.words(page)


def test_the_file_holds_the_same_without_formulas_and_is_recorded(app, house):
    organiser = logged_in(app, "organiser@example.org")
    with organiser.get(f"{HERE}.csv?lang=en") as answer:
        text = answer.get_data(as_text=True).lstrip("\ufeff")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))

    assert lines[:3] == [
        ["Section", "What", "Count"],
        ["People", "with a place", "7"],
        ["Workshops", "1 Netzwerke: places", "2"],
    ]
    assert ["Job title", "'=1+1", "1"] in lines
    assert ["Consents", "List of attendees", "0"] in lines
    with organiser.get(f"{HERE}.xlsx") as book:
        assert book.data.startswith(b"PK")
    assert organiser.get(f"{HERE}.pdf").status_code == 404
    log = pages.words(pages.read(organiser.get("/organiser/fachkongress/log?lang=en")))
    assert "The figures were exported as CSV." in log
    assert "The figures were exported as XLSX." in log
    assert logged_in(app, "reader@example.org").get(f"{HERE}.csv").status_code == 403


def test_it_takes_a_fixed_number_of_statements(app, house):
    organiser = logged_in(app, "organiser@example.org")
    counts = []
    for _ in range(2):
        organiser.get(HERE)
        with count_queries() as found:
            organiser.get(HERE)
        counts.append(len(found))
        with app.app_context():
            congress = db.session.scalars(select(Congress)).one()
            for number in range(20):
                name = f"Verein {number}"
                key = fold_for_order(name)
                builders.a_registration(congress, organisation=name, organisation_key=key)

    assert counts[0] == counts[1] <= 14
