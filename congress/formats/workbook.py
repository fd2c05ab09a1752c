"""A workbook that somebody sends (XLSX): the rows of its first visible sheet, as text.

Files of strangers: how much is in them is looked at before anything is read, no more is read than
an import takes, formulas and macros are never carried out (decision 0049).
"""

import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

MOST_UNPACKED = 50_000_000  # bytes
MOST_PARTS = 1000  # files in it
MOST_TAGS = 3_000_000  # in all of them; 5,000 rows of 60 cells have some two millions
MOST_SHEET_ROWS = 20_000  # empty ones among them
MOST_CELLS = 2_000_000  # empty ones among them
MOST_TEXT = 8_000_000  # characters in all cells
NO_RESULT = "#FORMULA!"  # a formula that no program has worked out; like an error of a spreadsheet

_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_IN_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DIGITS = re.compile("0{2,30}")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ET.ParseError, LookupError, ValueError, TypeError),
    *(AttributeError, OSError, EOFError, RuntimeError, ArithmeticError),
)
_TO_QUOTE = re.compile('["\t;,]')


class Unusable(Enum):
    """Why a workbook cannot be read."""

    LOCKED = "locked"  # with a password
    OLD = "old"  # .xls, .xlsb, or of another program
    LARGE = "large"
    BROKEN = "broken"
    EMPTY = "empty"  # its first visible sheet


class _TooMuch(Exception):
    """More cells than anybody types."""


class _Worksheet(Protocol):
    """What is asked of a sheet that is read row by row."""

    @property
    def title(self) -> str: ...

    def reset_dimensions(self) -> None: ...

    def iter_rows(self) -> Iterable[Sequence["Cell | MergedCell"]]: ...


@dataclass(frozen=True)
class Sheet:
    """What was read: the rows as text, the name of the sheet, and how many others there are."""

    text: str
    name: str
    others: int


def is_workbook(content: bytes) -> bool:
    """Return whether a file is a workbook, or something else that is packed like one."""
    return content.startswith((_ZIP, _OLD_OFFICE))


def read(content: bytes, *, most_rows: int) -> Sheet | Unusable:
    """Return the first visible sheet: its lines are its rows, cells are parted by tabs.

    Of more than `most_rows` that say anything one is read, so that it can be told.
    """
    if content.startswith(_OLD_OFFICE):
        return Unusable.LOCKED if _LOCKED in content else Unusable.OLD
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            refusal = _refusal(parts)
            return refusal or _first_sheet(content, parts, most_rows)
    except _TooMuch:
        return Unusable.LARGE
    except _BROKEN:
        return Unusable.BROKEN


def _refusal(parts: zipfile.ZipFile) -> Unusable | None:
    """Look at what is in it before it is read; no part unpacks to more than is said there."""
    found = parts.infolist()
    if len(found) > MOST_PARTS or sum(each.file_size for each in found) > MOST_UNPACKED:
        return Unusable.LARGE
    if any(each.flag_bits & 1 for each in found):
        return Unusable.LOCKED
    if "xl/workbook.xml" not in parts.namelist():
        return Unusable.OLD
    tags = 0
    for each in found:  # whatever it is called: other parts say what it is read as
        text = parts.read(each)
        # Bombs of entities need a DOCTYPE, anywhere before the first tag; UTF-16 would hide it.
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text.startswith(_IN_UTF_16):
            return Unusable.BROKEN
        tags += text.count(b"<")
    return Unusable.LARGE if tags > MOST_TAGS else None


def _first_sheet(content: bytes, parts: zipfile.ZipFile, most_rows: int) -> Sheet | Unusable:
    import openpyxl  # noqa: PLC0415 - heavy, and only an import of a workbook needs it

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    visible = [each for each in book.worksheets if each.sheet_state == "visible"]
    if not visible:
        return Unusable.EMPTY
    first = cast("_Worksheet", visible[0])
    # Where in the file it stands; the library says it in no other way.
    part = parts.read(str(vars(first)["_worksheet_path"]).lstrip("/"))
    rows = list(_texts(_rows(first, most_rows)))
    if _FORMULA.search(part):
        formulas = openpyxl.load_workbook(BytesIO(content), read_only=True)[first.title]
        as_typed = _rows(cast("_Worksheet", formulas), most_rows)
        for row, cells in zip(rows, as_typed, strict=False):
            for place, cell in enumerate(cells[: len(row)]):
                if cell.data_type == "f" and not row[place]:
                    row[place] = NO_RESULT
    if not any(map(any, rows)):
        return Unusable.EMPTY
    _fill_merged(rows, part)
    return Sheet(_as_text(rows), first.title, len(book.sheetnames) - 1)


def _texts(rows: Iterable[Sequence["Cell | MergedCell"]]) -> Iterator[list[str]]:
    """Return what the cells say; one long text may stand in very many of them."""
    length = 0
    for row in rows:
        said = [_text(cell) for cell in row]
        length += sum(map(len, said))
        if length > MOST_TEXT:
            raise _TooMuch
        yield said


def _rows(sheet: _Worksheet, most_rows: int) -> Iterator[Sequence["Cell | MergedCell"]]:
    sheet.reset_dimensions()  # what the file says of them may be wrong
    said = count = 0
    for row in islice(sheet.iter_rows(), MOST_SHEET_ROWS):
        count += len(row)
        if count > MOST_CELLS:
            raise _TooMuch
        yield row
        said += any(cell.value is not None for cell in row)
        if said > most_rows:
            return


def _fill_merged(rows: list[list[str]], part: bytes) -> None:
    """Let what stands in merged cells count for each row that they go across."""
    left = MOST_CELLS  # for files in which they lie upon each other
    for column, first, last in _MERGED.findall(part):
        place, top = _number(column) - 1, int(first) - 1
        below = rows[top + 1 : int(last)]
        left -= len(below)
        if left < 0:
            return
        for row in below:
            if place < len(row) and not row[place]:
                row[place] = rows[top][place]


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(cell: "Cell | MergedCell") -> str:
    """Return what a cell shows: whole numbers without a point, and with their leading zeros."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, float):
        value = int(value) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, int):
        zeros = _DIGITS.fullmatch(cell.number_format or "")
        return f"{value:0{len(zeros[0]) if zeros else 1}d}"
    return " ".join(str(value).split())


def _moment(value: date | time) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    has_time = isinstance(value, datetime) and value.time() != time()
    return value.strftime("%d.%m.%Y %H:%M" if has_time else "%d.%m.%Y")


def _as_text(rows: Sequence[Sequence[str]]) -> str:
    width = max(2, *map(_width, rows))  # two, so that tabs part them in any case
    return "\n".join(
        "\t".join(_quoted(row[place] if place < len(row) else "") for place in range(width))
        if any(row)
        else ""
        for row in rows
    )


def _width(row: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell), default=0)


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if _TO_QUOTE.search(cell) else cell
