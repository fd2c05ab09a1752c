"""Workbooks that people send: what is read of them, and what is refused before it is read."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter

from congress.domain.attendee_import.sheet import lines_of
from congress.formats import table_file, workbook
from congress.formats.workbook import NO_RESULT, Unusable

ROWS = 5001
MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WIDE = b'<row><c r="XFD1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
# One text that ten thousand cells name.
LONG = b"<sst " + SPACE + b"><si><t>" + b"x" * 1000 + b"</t></si></sst>"


def a_book(rows=(), prepare=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if prepare:
        prepare(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def a_book_of_one_word():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for row in range(200):
        sheet.write_row(row, 0, ["long"] * 50)
    book.close()
    return file.getvalue()


def with_part(content, name, text):
    """Put another text in the place of a part of a workbook."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, text)
    return file.getvalue()


def a_sheet(rows):
    return b"<worksheet " + SPACE + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def cells(content):
    found = workbook.read(content, most_rows=ROWS)
    assert not isinstance(found, Unusable), found
    return [(line.number, [each for each in line.cells if each]) for line in lines_of(found.text)]


def zeros(book):
    book.active["A1"].number_format = "00000"


def merged(book):
    book.active.merge_cells("A1:A3")
    book.active["B2"], book.active["B3"] = "zwei", "drei"


def hidden(book):
    book.active.sheet_state = "hidden"
    book.create_sheet("Liste").append(["Anna"])
    book.create_sheet("Mehr").append(["Niemand"])


@pytest.mark.parametrize(
    ("rows", "prepare", "expected"),
    [
        ([["Anna", None, "Auer"]], None, [(1, ["Anna", "Auer"])]),
        ([[4915112345.0, 1067, "01067", 1.5]], None, [(1, ["4915112345", "1067", "01067", "1.5"])]),
        ([[1067]], zeros, [(1, ["01067"])]),
        (
            [[date(2027, 4, 3), datetime(2027, 4, 3, 13, 15), time(9, 5), "3.4.27"]],
            None,
            [(1, ["03.04.2027", "03.04.2027 13:15", "09:05", "3.4.27"])],
        ),
        ([[True, False]], None, [(1, ["ja", "nein"])]),
        ([["=A2", "#N/A"]], None, [(1, [NO_RESULT, "#N/A"])]),
        ([["Stadt", "eins"]], merged, [(1, ["Stadt", "eins"]), (2, ["Stadt", "zwei"]),
                                       (3, ["Stadt", "drei"])]),
        ([["Niemand"]], hidden, [(1, ["Anna"])]),
        ([["Auer, Anna"], [], ['Das "Tor"; hier\nda']], None,
         [(1, ["Auer, Anna"]), (3, ['Das "Tor"; hier da'])]),
        ([["Titel, A, B, C"], ["x", "y"]], None, [(1, ["Titel, A, B, C"]), (2, ["x", "y"])]),
    ],
)  # fmt: skip
def test_cells_are_read_as_they_are_shown(rows, prepare, expected):
    assert cells(a_book(rows, prepare=prepare)) == expected


def test_a_formula_says_what_it_came_to():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_formula("A1", '="An"&"na"', value="Anna")
    sheet.write_formula("B1", "=NA()", value="#N/A")
    book.close()

    assert cells(file.getvalue()) == [(1, ["Anna", "#N/A"])]
    assert all(map(table_file.is_error, ("#N/A", "#NV", "#DIV/0!", "#NAME?", NO_RESULT)))
    assert not any(map(table_file.is_error, ("", "#", "Anna", "#NV 1", "=1")))


def test_which_sheet_is_read_is_said():
    found = workbook.read(a_book([["Niemand"]], prepare=hidden), most_rows=ROWS)

    assert isinstance(found, workbook.Sheet)
    assert (found.name, found.others) == ("Liste", 2)


def test_no_more_rows_are_read_than_are_taken_and_gaps_cost_nothing():
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    many = a_sheet(b"".join(row % (each, each) for each in range(1, 9000)))
    gap = a_sheet(b"".join(row % (each, each) for each in (1, 1_048_576)))

    assert len(cells(with_part(a_book(), SHEET, many))) == ROWS + 1
    assert cells(with_part(a_book(), SHEET, gap)) == [(1, ["1"])]


def locked_zip():
    content = bytearray(a_book([["Anna"]]))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: MARK + "EncryptedPackage".encode("utf-16-le"), Unusable.LOCKED),
        (locked_zip, Unusable.LOCKED),
        (lambda: MARK + "Workbook".encode("utf-16-le"), Unusable.OLD),
        (lambda: with_part(a_book(), "mimetype", "x")[:50], Unusable.BROKEN),
        (lambda: b"PK\x03\x04rest", Unusable.BROKEN),
        (lambda: with_part(a_book(), SHEET, b"<worksheet><sheetData>"), Unusable.BROKEN),
        (lambda: with_part(a_book(), SHEET, b"<!DOCTYPE x>" + a_sheet(b"")), Unusable.BROKEN),
        (lambda: with_part(a_book(), SHEET, b" " * 5000 + b"<!DOCTYPE x>" + a_sheet(b"")),
         Unusable.BROKEN),
        (lambda: with_part(a_book(), "xl/sheet1.dat", b"<!DOCTYPE x>" + a_sheet(b"")),
         Unusable.BROKEN),
        (lambda: with_part(a_book_of_one_word(), "xl/sharedStrings.xml", LONG),
         Unusable.LARGE),
        (lambda: with_part(a_book(), SHEET, a_sheet(b"").decode().encode("utf-16")),
         Unusable.BROKEN),
        (lambda: with_part(a_book(), SHEET, a_sheet(b" " * 50_000_001)), Unusable.LARGE),
        (lambda: with_part(a_book(), SHEET, a_sheet(WIDE * 200)), Unusable.LARGE),
        (lambda: with_part(a_book(), SHEET, a_sheet(b"<c/>" * 3_000_001)), Unusable.LARGE),
        (a_book, Unusable.EMPTY),
        (lambda: a_book([[None, ""]], prepare=lambda book: book.create_sheet("Zwei").append(["x"])),
         Unusable.EMPTY),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(content, why):
    assert workbook.read(content(), most_rows=ROWS) is why


def test_a_zip_that_is_no_workbook_is_of_another_program():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("content.xml", "<office/>")

    assert workbook.read(file.getvalue(), most_rows=ROWS) is Unusable.OLD
