import csv
import io
import json
from datetime import timedelta
from threading import Thread

import openpyxl
import pytest
from sqlalchemy import event, select

from congress.domain.access import COMMAND, Role
from congress.domain.attendee_list import COLUMNS, Wanted, visible
from congress.domain.ranking import NO_PLACE, Wishes
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import AuditLine
from congress.queries import attendees
from congress.services import registering, wishing
from congress.services.exporting import FileFormat
from congress.services.exporting_attendees import AttendeeFile, export_attendees
from congress.transaction import read_one_state
from tests import builders
from tests.builders import OPEN, TWO_HOURS, WORKSHOPS_START
from tests.queries_counter import count_queries

EVERYBODY = Wanted()

pytestmark = pytest.mark.usefixtures("database")


def a_full_house():
    """Two workshops one after the other, one of them with a queue."""
    congress = builders.a_congress()
    first = builders.a_workshop(congress, number=1, title="Landschaften", capacity=1)
    later = WORKSHOPS_START + TWO_HOURS
    second = builders.a_workshop(congress, number=2, title="Netzwerke", starts_at=later)
    erika = builders.a_registration(congress, given_name="Erika", family_name="Äbler")
    max_ = builders.a_registration(
        congress, given_name="Max", family_name="=1+1", created_at=OPEN + timedelta(hours=1)
    )
    builders.a_booking(erika, first, question="Wie?")
    builders.a_booking(erika, second)
    builders.a_booking(max_, first, state="waiting")
    builders.a_registration(congress, family_name="Zander", state="cancelled")
    return congress


def export(congress, file_format, wanted=EVERYBODY, columns=COLUMNS):
    asked = AttendeeFile(wanted, file_format, columns, "de")
    exported = export_attendees(congress.id, asked, actor=COMMAND, now=OPEN)
    with exported.content as file:
        return exported.count, file.read()


def test_somebody_with_one_name_leaves_the_other_cell_empty():
    congress = builders.a_congress()
    builders.a_registration(congress, given_name="Ada", family_name="")
    builders.a_registration(congress, given_name="", family_name="Sukarno")

    _, content = export(congress, FileFormat.CSV)

    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    names = [heading.index("Vorname"), heading.index("Nachname")]
    assert [[row[place] for place in names] for row in rows] == [["Ada", ""], ["", "Sukarno"]]


def test_files_are_in_the_order_of_the_list():
    """The family name first, in CSV and XLSX alike."""
    congress = builders.a_congress()
    people = (("Attrappe-Mustermann", "Şükrü"), ("Attrappe", "Stefanie"), ("Attrappe", "Karin"))
    for family, given in people:
        builders.a_registration(congress, family_name=family, given_name=given)

    _, content = export(congress, FileFormat.CSV)
    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    _, workbook = export(congress, FileFormat.XLSX)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
    place = heading.index("Vorname")

    assert [row[place] for row in rows] == ["Karin", "Stefanie", "Şükrü"]
    assert [row[place].value for row in sheet][1:] == ["Karin", "Stefanie", "Şükrü"]


def test_a_line_holds_a_person_with_all_places():
    count, content = export(a_full_house(), FileFormat.CSV)
    text = content.decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    lines = [dict(zip(heading, row, strict=True)) for row in rows]
    by_name = {line["Nachname"]: line for line in lines}

    assert count == len(lines) == 3
    assert by_name["Äbler"]["Workshop 13.15"] == "1 Landschaften"
    assert by_name["Äbler"]["Frage 13.15"] == "Wie?"
    assert by_name["Äbler"]["Workshop 15.15"] == "2 Netzwerke"
    assert by_name["'=1+1"]["Warteliste 13.15"] == "1 Landschaften (Platz 1)"
    assert by_name["'=1+1"]["Angemeldet am"] == "2015-09-30 13:00"  # the clock in Lünen
    assert by_name["Zander"]["Stand"] == "Abgemeldet"
    assert by_name["Zander"]["Fotos"] == "nein"


def test_columns_stay_where_they_are_when_workshops_are_shifted_and_added():
    """What overlaps is one choice with three columns; a new choice stands behind the others."""
    congress = a_full_house()
    before = headings_of(congress)

    at = WORKSHOPS_START + timedelta(minutes=15)
    builders.a_workshop(congress, number=3, starts_at=at)
    builders.a_workshop(congress, number=4, starts_at=WORKSHOPS_START - 2 * TWO_HOURS)

    fixed = [each for each in before if "13.15" not in each and "15.15" not in each]
    assert before[: len(fixed)] == fixed
    assert len(before) == len(fixed) + 6
    assert headings_of(congress) == [
        *fixed,
        *("Workshop 13.15", "Warteliste 13.15", "Frage 13.15"),
        *("Workshop 9.15", "Warteliste 9.15", "Frage 9.15"),
    ]


def headings_of(congress):
    _, content = export(congress, FileFormat.CSV)
    return next(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "fachkongress-teilnehmende-2015-09-30.csv"),
        ("en", "fachkongress-attendees-2015-09-30.csv"),
    ],
)
def test_a_file_is_called_as_its_reader_speaks(language, name):
    congress, now = builders.a_congress(), OPEN
    asked = AttendeeFile(EVERYBODY, FileFormat.CSV, COLUMNS, language)
    exported = export_attendees(congress.id, asked, actor=COMMAND, now=now)
    exported.content.close()

    assert exported.name == name


def test_a_workbook_says_the_same():
    _, content = export(a_full_house(), FileFormat.XLSX)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert sheet.max_row == 4
    assert {cell.value for cell in sheet["B"]} >= {"Nachname", "=1+1", "Äbler"}
    assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_programs_get_the_values_as_they_are():
    people = json.loads(export(a_full_house(), FileFormat.JSON)[1])

    assert {person["family_name"] for person in people} == {"Äbler", "=1+1", "Zander"}


def test_the_file_follows_the_filter():
    wanted = Wanted(state=RegistrationState.CONFIRMED, search="abler")

    assert export(a_full_house(), FileFormat.CSV, wanted)[0] == 1


def test_wishes_stand_in_a_column_for_each_choice_whose_places_are_given_by_them():
    congress = builders.a_congress(rules={"allocation": "wishes"})
    one, two = (builders.a_workshop(congress, number=number, title="Netze") for number in (1, 2))
    later = {"starts_at": WORKSHOPS_START + TWO_HOURS, "allocation": "first_come"}
    builders.a_workshop(congress, number=3, **later)
    said = (Wishes((two.id, one.id)), Wishes((), any_other=True), NO_PLACE)
    for number, wished in enumerate(said):
        person = builders.a_registration(congress, family_name=f"Nr. {number}")
        wishing.wish(person.id, {one.id: wished}, actor=COMMAND, now=OPEN)
    builders.a_registration(congress, family_name="Nr. 9")

    heading, *rows = csv.reader(
        io.StringIO(export(congress, FileFormat.CSV)[1].decode("utf-8-sig")), delimiter=";"
    )

    [column] = [each for each in heading if each.startswith("Wünsche")]
    assert [row[heading.index(column)] for row in rows] == [
        *("1. 2 Netze, 2. 1 Netze", "alles ist recht", "kein Platz gewünscht", ""),
    ]
    with count_queries() as of_four:
        export(congress, FileFormat.CSV)
    for _each in range(8):
        builders.a_registration(congress)
    with count_queries() as of_twelve:
        export(congress, FileFormat.XLSX)
    assert len(of_twelve) == len(of_four)


def test_each_export_leaves_a_line_in_the_log():
    """GDPR-09."""
    congress = a_full_house()
    export(congress, FileFormat.XLSX, columns=visible(frozenset({Role.READER})))
    [line] = db.session.scalars(select(AuditLine))

    assert (line.verb, line.congress_id, line.details["count"]) == (
        "attendees_exported",
        congress.id,
        3,
    )
    assert "email" not in line.fields
    assert "family_name" in line.fields


def test_a_file_is_of_one_moment_whatever_happens_meanwhile(app):
    """Somebody who registers between two statements would stand there without any workshop."""
    congress = a_full_house()
    workshop = builders.a_workshop(congress, number=3)
    with count_queries() as statements:
        export(congress, FileFormat.JSON)
    [lines] = [each for each in statements if "organisations.ags" in each]

    def register() -> None:
        with app.app_context():
            request = builders.a_request(1, workshop)
            registering.register(congress.id, request, now=OPEN)

    def meanwhile(_connection, _cursor, statement, *_others: object) -> None:
        if statement == lines:
            thread = Thread(target=register)
            thread.start()
            thread.join()

    event.listen(db.engine, "before_cursor_execute", meanwhile)
    count, _ = export(congress, FileFormat.JSON)
    event.remove(db.engine, "before_cursor_execute", meanwhile)

    assert count == 3
    assert export(congress, FileFormat.JSON)[0] == 4


def test_what_no_column_says_is_not_read():
    congress = a_full_house()
    with count_queries() as narrow:
        export(congress, FileFormat.CSV, columns=["family_name", "workshop"])
    with count_queries() as wide:
        export(congress, FileFormat.CSV)

    told = ("registrations.answers", "registrations.created_at", "organisations.ags", "consents")
    for each in told:
        assert not any(each in statement for statement in narrow)
        assert any(each in statement for statement in wide)


def test_people_read_at_different_times_stand_in_one_file():
    """Nobody is lost or said twice where one part of the list ends and the next begins."""
    congress = a_full_house()
    workshop = builders.a_workshop(congress, number=3)
    people = [builders.a_registration(congress) for _ in range(attendees.AT_ONCE + 1)]
    for each in (people[0], people[-1]):
        builders.a_booking(each, workshop)

    read_one_state()
    parts = list(attendees.stream(congress.id, Wanted(), columns=["email"]))
    assert [len(part.id) for part in parts] == [attendees.AT_ONCE, 4]
    assert {each.id for each in people} <= {each for part in parts for each in part.id}
    booked = [id_ for part in parts for id_, of in zip(part.id, part.bookings, strict=True) if of]
    assert {people[0].id, people[-1].id} <= set(booked)
    assert all(part.note == part.email[:0] == () for part in parts)
    count, content = export(congress, FileFormat.CSV)
    assert count == content.count(b"\r\n") - 1 == len(people) + 3


def test_more_people_take_no_more_statements():
    congress = a_full_house()
    read_one_state()
    with count_queries() as few:
        attendees.page(congress.id, Wanted(), offset=0, limit=50)
        list(attendees.stream(congress.id, Wanted()))
    for _ in range(30):
        builders.a_registration(congress)
    read_one_state()
    with count_queries() as many:
        attendees.page(congress.id, Wanted(), offset=0, limit=50)
        list(attendees.stream(congress.id, Wanted()))

    assert len(many) == len(few) <= 9


@pytest.mark.parametrize("search", ["%", "_", "\\", "'", '"; DROP TABLE', "x" * 10_000, "\x00"])
def test_a_search_is_text_and_no_pattern(search):
    """SEC-34."""
    congress = a_full_house()
    expected = 3 if search in {"\x00", "'"} else 0  # nothing is left of them

    assert attendees.count(congress.id, Wanted(search=search)) == expected


def test_other_congresses_stay_out_of_it():
    congress = a_full_house()
    other = builders.a_congress(slug="other")
    builders.a_registration(other, family_name="Fremd")

    assert attendees.count(congress.id, Wanted()) == 3
