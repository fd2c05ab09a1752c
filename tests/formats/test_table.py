"""SEC-08: a cell is text or a moment, never a formula."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from congress.formats.table import Heading, Kind, write_csv, write_xlsx

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
