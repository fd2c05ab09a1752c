"""Columns are defined once: whatever the format, the same list states the same values."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from congress.domain.attendee_files import (
    MOST_PRINTED_LINES,
    Extra,
    Line,
    Several,
    Shape,
    TooLongToPrint,
    TooWideToPrint,
)
from congress.domain.attendee_list import (
    ListedAttendee,
    ListedBooking,
    ListedWorkshop,
    Slots,
    Wanted,
)
from congress.domain.attendee_parts import ListedPart
from congress.domain.own_questions import Option, OwnQuestion, QuestionKind
from congress.domain.programme import ItemKind
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.times.time_slots import TimeSlot
from congress.formats import printing
from congress.formats.attendee_paper import Told, on_paper, require_printable
from congress.formats.attendee_sheets import write_workbook
from congress.formats.attendee_table import AttendeeTable
from congress.formats.table import write_csv, write_json
from congress.formats.table_file import unguarded
from tests import tagged_pdf

START = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)  # nine in Lünen
REGISTERED = datetime(2026, 9, 1, 22, 30, tzinfo=UTC)  # already the next day there
FIRST, SECOND = date(2026, 11, 14), date(2026, 11, 15)
LONG = "Nachhaltige Stadtentwicklung: Bürgerbeteiligung"
QUESTIONS = (
    OwnQuestion(key="bus", kind=QuestionKind.DATE, label={"de": "Anreise"}),
    OwnQuestion(
        key="lunch",
        kind=QuestionKind.SEVERAL,
        label={"de": "Essen"},
        options=(Option("soup", {"de": "Suppe"}), Option("cake", {"de": "Kuchen"})),
    ),
)
COLUMNS = (
    *("state", "family_name", "given_name", "registered_at", "came", "answer-bus"),
    *("answer-lunch", "workshop", "waiting_for", "question"),
)
SHAPES = [Shape(line, several) for line in Line for several in Several]


def a_workshop(number, title, slot):
    starts_at = START + slot * timedelta(hours=2)
    time = TimeSlot(starts_at, starts_at + timedelta(hours=1))
    return ListedWorkshop(number, number, {"de": title}, slot, time, {"de": "Großer Saal"})


def a_person(number, family_name, bookings=(), days=(), said=MappingProxyType({})):
    who = (number, RegistrationState.CONFIRMED, "Jörg", family_name, "j@x.org", "Stadt Lünen")
    return ListedAttendee(*who, {}, "de", REGISTERED, bookings=bookings, days=days, said=said)


WORKSHOPS = (a_workshop(1, LONG, 0), a_workshop(2, LONG, 0), a_workshop(3, "=HYPERLINK", 1))
PEOPLE = (
    a_person(
        *(7, "Müßig-Ähre"),
        [
            ListedBooking(1, 1, BookingState.CONFIRMED, "=1+1; und „dann“?\nJa"),
            ListedBooking(2, 3, BookingState.WAITING, position=4),
        ],
        days=(FIRST,),
        said={"bus": ("2026-11-13",), "lunch": ("soup", "cake")},
    ),
    a_person(8, "=cmd|' /C calc'!A0", [ListedBooking(3, 2, BookingState.CONFIRMED)]),
    a_person(9, "Şahin <b> &", said={"lunch": ("cake",)}),
)
PART = ListedPart(*zip(*PEOPLE, strict=True))


def a_table(shape, wanted=None):
    starts = (START, START + timedelta(hours=2))
    slots = Slots(starts, (ItemKind.WORKSHOP,) * 2, {each.id: each for each in WORKSHOPS})
    return AttendeeTable(
        *(COLUMNS, slots, "de", ZoneInfo("Europe/Berlin"), QUESTIONS),
        days=(FIRST, SECOND),
        shape=shape,
        wanted=wanted or Wanted(),
    )


def of_csv(table):
    file = io.BytesIO()
    write_csv(table.headings, table.rows([PART]), file)
    text = io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")
    return [[unguarded(cell) for cell in row] for row in csv.reader(text, delimiter=";")]


def of_xlsx(table):
    return [
        ["" if cell.value is None else in_csv(cell.value, cell.number_format) for cell in row]
        for row in the_book(table).worksheets[0]
    ]


def in_csv(value, number_format=""):
    if isinstance(value, datetime):
        is_day = "hh" not in number_format
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    return str(value)


def as_printed(rows):
    """What a sheet of paper says of the cells of CSV: the same, with days as people write them."""
    day = re.compile("(....)-(..)-(..)(?: (..):(..))?")
    return [
        [
            ".".join(found.group(3, 2, 1)) + (f" {found[4]}.{found[5]}" if found[4] else "")
            if (found := day.fullmatch(cell))
            else cell
            for cell in row
        ]
        for row in rows
    ]


def the_book(table):
    file = io.BytesIO()
    write_workbook(table, [PART], file, name="list", created=START)
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.line}-{shape.several}")
def test_every_format_states_the_same(shape):
    table = a_table(shape)
    file = io.BytesIO()
    write_json(table.names, table.rows([PART]), file)
    objects = json.loads(file.getvalue())

    heading, *rows = of_csv(table)

    assert of_xlsx(table) == [heading, *rows]
    assert [list(each) for each in objects] == [table.names] * len(rows)
    moments = ("registered_at", "starts_at", "ends_at")
    assert [
        [
            in_csv(datetime.fromisoformat(value), "hh") if name in moments else in_csv(value or "")
            for name, value in each.items()
        ]
        for each in objects
    ] == rows
    printed = on_paper(table, [PART], Told("Kongress", (), 3, START))
    assert printed.data["headings"] == ["Nr.", *heading]
    assert printed.data["rows"] == as_printed(rows)
    on_pages = tagged_pdf.words(printing.pdf(printed))
    for cell in (cell for row in as_printed([heading, *rows]) for cell in row):
        assert "".join(cell.split()) in on_pages
    said = {cell for row in rows for cell in row}
    assert {"Müßig-Ähre", "=cmd|' /C calc'!A0", "2026-09-02 00:30", "2026-11-13"} <= said


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), [[7, 1, "Hat einen Platz"], [7, 3, "Wartet"], [8, 2, "Hat einen Platz"]]),
        (Wanted(workshop_id=1), [[7, 1, "Hat einen Platz"]]),
        (Wanted(waiting_for_id=3), [[7, 3, "Wartet"]]),
    ],
)
def test_a_line_for_each_booking_says_of_which_workshop_where_and_when(wanted, expected):
    """Filtered by a workshop, a list is about the places in it, or the waits for it."""
    table = a_table(Shape(Line.BOOKING), wanted)
    ids = {"Müßig-Ähre": 7, "=cmd|' /C calc'!A0": 8}

    rows = [dict(zip(table.names, row, strict=True)) for row in table.rows([PART])]

    found = [[ids[row["family_name"]], row["number"], row["booking"]] for row in rows]
    assert found == expected
    for row in rows:
        starts_at = datetime(2026, 11, 14, 11 if row["number"] == 3 else 9)
        assert (row["starts_at"], row["room"]) == (starts_at, "Großer Saal")
        assert row["position"] == (4 if row["booking"] == "Wartet" else None)


def test_answers_and_days_stand_in_columns_that_can_be_filtered():
    """Who was not asked or not ticked off has neither yes nor no."""
    table = a_table(Shape(several=Several.APART))
    titles = [each.title for each in table.headings]
    rows = [dict(zip(titles, row, strict=True)) for row in table.rows([PART])]

    chosen = [(row["Essen: Suppe"], row["Essen: Kuchen"]) for row in rows]
    assert chosen == [("ja", "ja"), ("", ""), ("nein", "ja")]
    assert [row["Da am 14.11.2026"] for row in rows] == ["ja", "", ""]
    assert [row["Da am 15.11.2026"] for row in rows] == ["", "", ""]
    assert [row["Anreise"] for row in rows] == [date(2026, 11, 13), "", ""]


def test_a_workbook_has_a_sheet_for_each_workshop_and_the_totals():
    book = the_book(a_table(Shape(extras=frozenset(Extra))))

    assert book.sheetnames == [
        *("list", "Summen", "1 Nachhaltige Stadtentwicklung"),
        "2 Nachhaltige Stadtentwicklung",
    ]
    first = [[cell.value for cell in row] for row in book.worksheets[2]]
    assert first[0][1:3] + first[0][-1:] == ["Nachname", "Vorname", "Frage"]
    assert [row[1] for row in first[1:]] == ["Müßig-Ähre"]
    assert first[1][-1] == "=1+1; und „dann“?\nJa"
    assert [[cell.value for cell in row] for row in book["Summen"]] == [
        ["Was", "Name", "Personen", "Wartet", "Platz angeboten"],
        ["Stand", "Alle", 3, None, None],
        ["Stand", "Bestätigt", 3, None, None],
        ["Workshop", f"1 {LONG}", 1, 0, 0],
        ["Workshop", f"2 {LONG}", 1, 0, 0],
        ["Workshop", "3 =HYPERLINK", 0, 1, 0],
    ]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_a_printed_list_is_tagged_numbered_and_says_which_people_these_are():
    table = a_table(Shape())
    printed = on_paper(table, [PART], Told("Fachkongress", ("Suche: x",), 3, REGISTERED))
    told = tagged_pdf.read(printing.pdf(printed))

    assert (told.title, told.language, told.pages) == ("Anmeldungen – Fachkongress", "de", 1)
    columns = 1 + len(table.headings)
    assert (told.tags.count("TH"), told.tags.count("TD")) == (columns, columns * len(PEOPLE))
    assert printed.data["about"] == [
        "Filter: Suche: x",
        "3 Personen, Stand: Mittwoch, 2. September 2026, 0.30 Uhr",
    ]


def test_what_does_not_fit_on_paper_is_refused():
    table = a_table(Shape(several=Several.APART))
    with pytest.raises(TooWideToPrint) as wide:
        require_printable(table)
    assert wide.value.columns == len(table.headings) == 15
    with pytest.raises(TooLongToPrint):
        on_paper(table, [PART] * (MOST_PRINTED_LINES // len(PEOPLE) + 1), Told("x", (), 1, START))
