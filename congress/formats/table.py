"""Tables as files for a spreadsheet: CSV that opens in a German Excel, and XLSX.

Whatever a cell holds is text, a number or a moment, never a formula (SEC-08, ASVS 5.0, 1.2.10).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import BinaryIO

import xlsxwriter

Cell = str | int | datetime | None

WIDEST = 60
DANGEROUS = frozenset("=+-@\t\r\n\0＝＋－＠")
BLANK = frozenset(" \u00a0\ufeff")  # what a spreadsheet overlooks before a formula
NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_767  # characters, a limit of Excel


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"  # without a time zone: the clock on the wall of the congress


@dataclass(frozen=True)
class Heading:
    """The first cell of a column, how wide it is in characters, what stands below."""

    title: str
    width: int
    kind: Kind = Kind.TEXT


def write_csv(headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], file: BinaryIO) -> int:
    """Write a CSV file (RFC 4180, but with semicolons and a BOM); return the number of rows."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(heading.title) for heading in headings])
    count = 0
    for row in rows:
        writer.writerow([_guarded(cell) if cell or cell == 0 else "" for cell in row])
        count += 1
    text.flush()
    text.detach()
    return count


def write_xlsx(
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    file: BinaryIO,
    *,
    name: str,
    created: datetime,
) -> int:
    """Write a workbook of one sheet with frozen heading and filter; return the number of rows."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd.mm.yyyy hh:mm",
    }
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": created.replace(tzinfo=None), "title": name})
    sheet = book.add_worksheet(_sheet_name(name))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm", "align": "left"})
    for column, heading in enumerate(headings):
        is_moment = heading.kind is Kind.MOMENT
        sheet.set_column(column, column, min(heading.width, WIDEST), moment if is_moment else None)
        sheet.write_string(0, column, _clean(heading.title), bold)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(count, column, cell, moment)
            elif isinstance(cell, int):
                sheet.write_number(count, column, cell)
            elif cell:
                sheet.write_string(count, column, _clean(cell))
    sheet.autofilter(0, 0, count, max(0, len(headings) - 1))
    book.close()
    return count


def _guarded(cell: str | int | datetime) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, int):
        return str(cell)
    first = cell[:1]
    if first in BLANK:
        first = cell.lstrip("".join(BLANK))[:1]
    text = cell.replace("\0", "") if "\0" in cell else cell
    return "'" + text if first in DANGEROUS else text


def _clean(text: str) -> str:
    return NO_CELL.sub("", text)[:LONGEST_CELL]


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", _clean(name)).strip()[:31] or "1"
