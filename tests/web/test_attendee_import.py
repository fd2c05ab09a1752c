"""Importing attendees: a table is read, the difference shown, and only then taken over."""

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from sqlalchemy import func, select, true, update

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AuditLine, Booking, Congress, Consent, OutboxMessage, Registration
from congress.models.revisions import ANEW
from congress.queries import invariants
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, token

HERE = "/organiser/fachkongress"
IMPORT = f"{HERE}/attendees/import"
LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
EVERY = true()
SHOW, AGAIN, APPLY = "Zeigen, was sich ändern würde", "Neu zeigen", "Übernehmen"
HEADING = "Nachname;Vorname;E-Mail;Organisation;Workshop\n"


@pytest.fixture
def house(app):
    """A congress with two workshops, one of them full, and two people."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=LATER - timedelta(days=90),
            closes_at=LATER - timedelta(days=7),
            days=((LATER, LATER + timedelta(hours=8)),),
        )
        open_one = builders.a_workshop(congress, number=1, starts_at=LATER, title="Netze, Wege")
        full = builders.a_workshop(
            congress, number=2, starts_at=LATER, title="Voll", capacity=1, waiting_list=True
        )
        anna = builders.a_registration(
            congress,
            given_name="Anna",
            family_name="Auer",
            email="anna@example.org",
            organisation="Stadt Lünen",
        )
        builders.a_booking(anna, full)
        carl = builders.a_registration(congress, given_name="Carl", family_name="Call", email="")
        ids = {
            "congress": congress.id,
            "anna": anna.id,
            "carl": carl.id,
            "open": open_one.id,
            "full": full.id,
        }
    an_organiser(app, "organiser@example.org", {ids["congress"]: Role.ORGANISER})
    return ids


@pytest.fixture
def client(app, house):
    return logged_in(app, "organiser@example.org")


@pytest.fixture
def browser(client):
    found = Browser(client)
    found.load(IMPORT)
    return found


def counts(page):
    return {
        each.get("data-count"): pages.numbers(each)[0]
        for each in pages.find_all(page, "li")
        if each.get("data-count")
    }


def people(app, house):
    with app.app_context():
        rows = db.session.scalars(
            select(Registration)
            .where(Registration.congress_id == house["congress"])
            .order_by(Registration.id)
        )
        return [(each.given_name, each.family_name, each.organisation) for each in rows]


def count(app, column, condition=EVERY):
    with app.app_context():
        return db.session.scalars(select(func.count(column)).where(condition)).one()


def test_a_table_is_looked_at_answered_and_taken_over(app, house, browser):
    browser.load(f"{HERE}/attendees")
    assert pages.has(browser.page, "a", href=IMPORT)
    browser.load(IMPORT)
    before = people(app, house)
    rows = HEADING + (
        "Auer;Anna;anna@example.org;Stadt Unna;2 Voll\n"
        "Neu;<script>alert(1)</script>;neu@example.org;Kreis;1 Netze, Wege\n"
        "Krumm;Karl;karl@;;\n"
        "Neu;<script>alert(1)</script>;NEU@example.org;Kreis;\n"
        "Call;Carl;carl@example.org;;\n"
        "Warten;Willi;;;2\n"
        "Wo;Werner;wo@example.org;;Basteln\n"
    )
    browser.submit(SHOW, rows=rows)
    assert browser.status == 200
    shown = {"added": 1, "changed": 1, "unchanged": 0, "open": 5, "missing": 0}
    assert counts(browser.page) == shown, pages.words(browser.page)
    text = pages.words(browser.page)
    for said in (
        "Stadt Lünen",
        "Stadt Unna",
        "karl@",
        "Basteln",
        "„Voll“",
        "Zeile 3",
        "ohne E-Mail",
    ):
        assert said in text, said
    assert not pages.has(browser.page, "script", src=None)
    assert people(app, house) == before

    # Nobody with this name and another address is anybody without being asked.
    browser.submit(AGAIN, waits="y", **{"row-6": "new"})
    assert counts(browser.page) == shown | {"added": 3, "open": 3, "missing": 1}
    assert people(app, house) == before
    browser.submit(APPLY, is_told="y")

    assert browser.address == f"{HERE}/attendees"
    assert people(app, house) == [
        ("Anna", "Auer", "Stadt Unna"),
        ("Carl", "Call", ""),
        ("<script>alert(1)</script>", "Neu", "Kreis"),
        ("Carl", "Call", ""),
        ("Willi", "Warten", ""),
    ]
    assert count(app, Booking.id, Booking.item_id == house["open"]) == 1
    assert count(app, Booking.id, Booking.state == "waiting") == 1
    assert count(app, Consent.id) == 0
    with app.app_context():
        kinds = db.session.execute(select(OutboxMessage.kind, OutboxMessage.recipient)).all()
        verbs = db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
        # Builders make people without links and calendar entries; nobody else lacks them.
        broken = invariants.list_broken()
        assert [each for each in broken if not each.endswith((": 1", ": 2"))] == []
    assert sorted(map(tuple, kinds)) == [
        ("calendar_request", "carl@example.org"),
        ("calendar_request", "neu@example.org"),
        ("confirmed", "carl@example.org"),
        ("confirmed", "neu@example.org"),
        ("corrected", "anna@example.org"),
    ]
    assert verbs[-5:] == ["entered"] * 3 + ["corrected", "people_taken_over"]
    browser.load(f"{HERE}/log")
    assert "3 Personen" in pages.words(browser.page)


def test_pressing_twice_imports_once_and_a_change_meanwhile_is_shown(app, house, client, browser):
    browser.submit(SHOW, rows=HEADING + "Neu;Nora;nora@example.org;;\nOhne;Olga;;;\n")
    first = browser.page
    browser.submit(APPLY)
    assert len(people(app, house)) == 4
    assert count(app, OutboxMessage.id) == 0
    browser.page = first
    browser.submit(APPLY)

    assert browser.status == 409
    assert counts(browser.page)["unchanged"] == 2
    assert len(people(app, house)) == 4


@pytest.mark.sqlite_only
def test_our_own_file_changes_nothing(app, house, client):
    with app.app_context():
        congress = db.session.get_one(Congress, house["congress"])
        for _ in range(2):  # told apart by nothing a file says
            key = f"carlcall {_}"
            builders.a_registration(
                congress, given_name="Carl", family_name="Call", email="", name_key=key
            )
        builders.a_registration(congress, family_name="=1+2", organisation="-Verein", language="en")
        builders.a_registration(congress, family_name="Weg", state="cancelled")
    for language in ("de", "en"):
        with client.get(f"{HERE}/attendees.csv?lang={language}") as exported:
            file = exported.data
        with client.get(f"{HERE}/attendees.xlsx?lang={language}") as exported:
            book = exported.data
        for content in (file, file.decode("utf-8-sig").encode("utf-16"), book):
            answer = client.post(
                IMPORT,
                data={
                    **fields(client),
                    "file": (io.BytesIO(content), "list.csv"),
                },
            )
            assert counts(pages.read(answer)) == {
                "added": 0,
                "changed": 0,
                "unchanged": 6,
                "open": 0,
                "missing": 0,
            }


def fields(client):
    return {"csrf_token": token(client, IMPORT)}


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "beschädigt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "(.xlsx)"),
        (b"%PDF-1.7", "CSV"),
        (b"abc\0def", "CSV"),
        (b"", "Datei"),
        (b"Ort;Land\nUnna;NRW\n", "Namen"),
        (b"Vorname\n" + b"Anna\n" * 5001, "5.000"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(client, content, said):
    answer = client.post(
        IMPORT, data={**fields(client), "rows": "Typed", "file": (io.BytesIO(content), "x.csv")}
    )
    page = pages.read(answer)

    assert answer.status_code == 422
    assert said in pages.words(page)
    assert counts(page) == {}


@pytest.mark.sqlite_only
def test_of_a_workbook_the_first_sheet_is_shown_with_questions_where_no_value_stands(client):
    book = openpyxl.Workbook()
    for row in (
        ["Nachname", "Vorname", "E-Mail"],
        ["Auer", "Anna", "anna@example.org"],
        ["Neu", "Nora", "#N/A"],
        ["Neu", "=B2", None],
    ):
        book.active.append(row)
    book.active.title = "Liste <b>"
    book.create_sheet("Zwei").append(["Niemand"])
    file = io.BytesIO()
    book.save(file)
    sent = {**fields(client), "rows": "Typed", "file": (io.BytesIO(file.getvalue()), "x.xlsx")}
    page = pages.read(client.post(IMPORT, data=sent))

    found = counts(page)
    assert (found["unchanged"], found["added"], found["open"]) == (1, 0, 2)
    assert "„Liste <b>“; 1 weiteres Blatt" in pages.words(page)
    assert "„#N/A“" in pages.words(page)
    assert "Formel ohne Ergebnis" in pages.words(page)
    [rows] = pages.find_all(page, "textarea")
    assert pages.words(rows).startswith("Nachname")


@pytest.mark.sqlite_only
def test_a_table_may_be_larger_than_a_form_and_not_larger_than_that(client):
    filler = "x" * 1_500_000
    answer = client.post(IMPORT, data={**fields(client), "rows": f"Vorname;Z\nAnna;{filler}\n"})
    assert answer.status_code == 200
    answer = client.post(IMPORT, data={**fields(client), "rows": filler * 3})
    assert answer.status_code == 413


@pytest.mark.sqlite_only
def test_what_was_chosen_stays_when_something_is_refused(app, house, client, browser):
    rows = "Wer;Von;Ja\nAnna Neu;Kreis;ja\n"
    browser.submit(SHOW, rows=rows)
    assert browser.status == 422
    chosen = {"column-0": "name", "column-1": "organisation", "column-2": "photos"}
    browser.submit(AGAIN, **chosen, has_heading="y", is_told="y")
    assert counts(browser.page)["added"] == 1
    browser.submit(APPLY)
    assert browser.status == 422
    assert len(people(app, house)) == 2
    assert pages.has(browser.page, "input", id="is_told", checked="")
    assert [
        option.get("value")
        for option in pages.find_all(browser.page, "option")
        if option.get("selected") is not None
    ] == ["name", "organisation", "photos"]
    browser.submit(APPLY, said_by="sie selbst, auf Papier")
    assert people(app, house)[-1] == ("Anna", "Neu", "Kreis")
    assert count(app, Consent.id, Consent.purpose == "photos") == 1


@pytest.mark.sqlite_only
def test_the_statements_do_not_grow_with_the_rows(app, house, client):
    def statements(number):
        rows = HEADING + "".join(f"Neu;N{each};n{each}@example.org;;1\n" for each in range(number))
        with count_queries() as found:
            answer = client.post(IMPORT, data={**fields(client), "rows": rows})
        assert counts(pages.read(answer))["missing"] == 2
        return len(found)

    statements(1)
    assert statements(2) == statements(25)


@pytest.mark.sqlite_only
def test_a_place_in_the_table_that_is_still_to_be_given_by_wishes_is_said_before(
    app, house, browser
):
    rows = HEADING + "Neu;Nora;nora@example.org;;1\nAlt;Olaf;olaf@example.org;;\n"

    def shown() -> str:
        browser.load(IMPORT)
        browser.submit(SHOW, rows=rows)
        return pages.words(browser.page)

    assert "Wünschen" not in shown()
    with app.app_context():
        db.session.execute(update(Congress).values(rules={"allocation": "wishes"}, **ANEW))
        db.session.commit()
    assert "1 neue Person bekommt einen Platz, wo die Plätze erst noch" in shown()
