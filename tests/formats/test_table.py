"""SEC-08: a cell is text or a moment, never a formula."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime
from html import unescape

import openpyxl
import pytest

from congress.formats.table import ROWS_AT_ONCE, Cell, Heading, Kind, write_csv, write_json
from congress.formats.xlsx import Workbook, free_name, write_xlsx

HEADINGS = [Heading("Name", 20), Heading("Angemeldet am", 18, Kind.MOMENT)]
WHEN = datetime(2015, 9, 14, 9, 12)
DANGEROUS = [
    "=1+1",
    "+49 30 123",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "  =1+1",
    "\xa0=1",
    "\ufeff=1",
    " \ufeff\xa0@SUM(A1)",
]


def csv_rows(rows):
    file = io.BytesIO()
    write_csv(HEADINGS, rows, file)
    return file.getvalue()


def sheet_of(rows):
    file = io.BytesIO()
    count = write_xlsx(HEADINGS, rows, file, name="fachkongress", created=datetime.now(UTC))
    assert count == len(rows)
    return file, openpyxl.load_workbook(file).active


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_begins_like_a_formula(text):
    content = csv_rows([[text, WHEN]]).decode("utf-8-sig")
    [_, row] = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))

    assert row[0][0] == "'"
    assert "\x00" not in content


@pytest.mark.parametrize("text", DANGEROUS)
def test_nor_does_one_behind_others(text):
    content = csv_rows([["Maria", WHEN, text, "x"]]).decode("utf-8-sig")
    [_, row] = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))

    assert row[2][0] == "'"
    assert (row[0], row[3]) == ("Maria", "x")


@pytest.mark.parametrize("text", DANGEROUS)
def test_nor_does_a_heading_that_somebody_has_written(text):
    file = io.BytesIO()
    write_csv([Heading(text, 20), Heading("Name", 20)], [], file)
    content = file.getvalue().decode("utf-8-sig")
    [[first, second]] = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))

    assert (first[0], second) == ("'", "Name")


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (["a", -5, None, date(2015, 9, 14)], "a;-5;;2015-09-14"),
        (["=", -5], "'=;-5"),
        ([""], '""'),
        (["a;", "b"], '"a;";b'),
        (['a"', "b"], '"a""";b'),
        (["a\nb", ""], '"a\nb";'),
        (["a\rb", ""], '"a\rb";'),
        ([" a", "b"], " a;b"),
    ],
)
def test_a_line_of_csv_is_written_as_the_rules_say(row, line):
    assert csv_rows([row]).decode("utf-8-sig").split("\r\n")[1] == line


@pytest.mark.parametrize(
    ("cell", "written", "in_a_workbook"),
    [
        ("=1+1", "'=1+1", "=1+1"),
        (" =1+1", "' =1+1", " =1+1"),
        ('sa;id "x"', '"sa;id ""x"""', 'sa;id "x"'),
        ("=1;2", '"\'=1;2"', "=1;2"),
        ("<b>", "<b>", "<b>"),
        (-5, "-5", -5),
        (None, "", None),
    ],
)
def test_one_unusual_cell_among_hundreds_is_written_as_it_must_be(cell, written, in_a_workbook):
    """Columns are looked at as a whole: all others stay as they are, also beside it."""
    place = ROWS_AT_ONCE + 7
    rows = [["Maria", "b"] for _ in range(2 * ROWS_AT_ONCE + 3)]
    rows[place][1] = cell

    lines = csv_rows(rows).decode("utf-8-sig").split("\r\n")[1:-1]
    _, sheet = sheet_of(rows)

    expected = ["Maria;b"] * len(rows)
    expected[place] = f"Maria;{written}"
    assert lines == expected
    found = [row[1].value for row in sheet][1:]
    assert found == ["b"] * place + [in_a_workbook] + ["b"] * (len(rows) - place - 1)


def test_json_has_each_value_on_a_line_of_its_own():
    rows = [['Ä\n"', 5, None, WHEN, WHEN.date()] for _ in range(ROWS_AT_ONCE + 1)]
    file = io.BytesIO()
    count = write_json(["name", "number", "none", "at", "day"], rows, file)

    said = {
        "name": 'Ä\n"',
        "number": 5,
        "none": None,
        "at": WHEN.isoformat(),
        "day": WHEN.date().isoformat(),
    }
    text = json.dumps(said, ensure_ascii=False, indent=2)
    assert count == len(rows)
    assert file.getvalue().decode() == "[\n" + ",\n".join([text] * count) + "\n]\n"


def test_a_csv_file_opens_in_a_german_spreadsheet():
    content = csv_rows([["Müller; Jörg", WHEN], ["", None]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "Name;Angemeldet am",
        '"Müller; Jörg";2015-09-14 09:12',
        ";",
    ]


@pytest.mark.parametrize("text", [*DANGEROUS, "http://evil.example", "a\x00b\x08\ufffec", "0123"])
def test_a_workbook_holds_text_as_text(text):
    file, sheet = sheet_of([[text, WHEN]])
    with zipfile.ZipFile(file) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()

    assert sheet["A2"].data_type in {"s", "inlineStr", "n"}
    assert "<f>" not in xml
    assert "<hyperlink" not in xml


def test_a_workbook_has_real_dates_and_a_frozen_heading():
    _, sheet = sheet_of([["Maria", WHEN]] * 3)

    assert sheet["B2"].value == WHEN
    assert sheet["B2"].is_date
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B4"
    assert sheet.column_dimensions["A"].width >= 20
    assert sheet["A1"].font.bold


@pytest.mark.parametrize(
    ("name", "taken", "free"),
    [
        ("3 Café: *was*?", (), "3 Café was"),
        ("a" * 40, (), "a" * 31),
        ("A" * 40, ("a" * 31,), "A" * 27 + " (2)"),
        ("🌻" * 20, (), "🌻" * 15),
        ("🌻" * 20, ("🌻" * 15,), "🌻" * 13 + " (2)"),
        ("", (), "1"),
        ("'Zitat'", (), "Zitat"),
        ("History", (), "History (2)"),
        ("1", ("1", "1 (2)"), "1 (3)"),
    ],
)
def test_a_sheet_is_called_as_excel_takes_it_and_as_no_other(name, taken, free):
    assert free_name(name, taken) == free


def test_rare_characters_and_days_stand_in_a_workbook_as_they_were():
    texts = [
        "a\r\nb",
        " vorn und hinten ",
        "_x0041_ & <i>",
        "Şükrü 文",
        "x" * 40_000,
        "🌻" * 20_000,
    ]
    rows: list[list[Cell]] = [[text, date(2026, 2, 28)] for text in texts]
    file = io.BytesIO()
    write_xlsx(
        [Heading("Text", 20), Heading("Tag", 12, Kind.DAY)],
        [*rows, ["früh", date(1900, 2, 28)], ["erster", date(1900, 3, 1)]],
        file,
        name="Zeichen",
        created=datetime.now(UTC),
    )
    found = [[cell.value for cell in row] for row in openpyxl.load_workbook(file).active][1:]

    assert [row[0] for row in found[:3]] == ["a\nb", texts[1], "_x005F_x0041_ & <i>"]
    assert [row[0] for row in found[3:6]] == [texts[3], "x" * 32_767, "🌻" * 16_383]
    assert [row[1] for row in found] == [
        *[datetime(2026, 2, 28)] * 6,
        "1900-02-28",
        datetime(1900, 3, 1),
    ]


def test_a_workbook_is_whole_however_long_and_whatever_its_sheets_are_called():
    file, many = io.BytesIO(), 2 * ROWS_AT_ONCE + 1
    headings = [Heading(str(number), 5, Kind.NUMBER) for number in range(30)]
    names = ("Q&A <1>", 'Müllers\' "Netz"')
    with Workbook(file, title="Q&A <1>", created=datetime.now(UTC)) as written:
        for name in names:
            rows = ([row * place for place in range(30)] for row in range(many))
            assert written.add_sheet(name, headings, rows) == many
    read = openpyxl.load_workbook(file)

    assert (read.properties.title, tuple(read.sheetnames)) == ("Q&A <1>", names)
    for sheet in read:
        assert [cell.value for cell in sheet["AD"]] == ["29", *(29 * row for row in range(many))]
        assert sheet.auto_filter.ref == f"A1:AD{many + 1}"
    with zipfile.ZipFile(file) as archive:
        book = archive.read("xl/workbook.xml").decode()
    covered = [unescape(each) for each in re.findall("<definedName[^>]*>([^<]*)<", book)]
    assert covered[1] == f"'Müllers'' \"Netz\"'!$A$1:$AD${many + 1}"
