"""Tables as files: cells and headings, CSV that opens in a German Excel, JSON for programs.

Whatever a cell of CSV holds is text, a number or a moment, never a formula (SEC-08, ASVS 5.0,
1.2.10); `formats.xlsx` writes workbooks.
"""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import islice
from typing import BinaryIO, TypeGuard

Cell = str | int | datetime | date | None

DANGEROUS = frozenset("=+-@\t\r\n\0＝＋－＠")
BLANK = frozenset(" \u00a0\ufeff")  # what a spreadsheet overlooks before a formula
SUSPECT_CELL = re.compile(f";[{re.escape(''.join(sorted(DANGEROUS | BLANK)))}]")
EMPTY = '""'
QUOTED = re.compile('["\r\n]')
ROWS_AT_ONCE = 200
# An object without its braces, each value on a line of its own. What indents by itself is written
# in Python and takes four times as long.
OBJECT = json.JSONEncoder(
    ensure_ascii=False, separators=(",\n  ", ": "), default=lambda moment: moment.isoformat()
)


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"  # without a time zone: the clock on the wall of the congress
    DAY = "day"


@dataclass(frozen=True)
class Heading:
    """The first cell of a column, how wide it is in characters, what stands below."""

    title: str
    width: int
    kind: Kind = Kind.TEXT


def write_csv(headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], file: BinaryIO) -> int:
    """Write a CSV file (RFC 4180, but with semicolons and a BOM); return the number of rows."""
    titles = _fields([heading.title for heading in headings])
    file.write(BOM_UTF8 + _lines([titles]))
    count = 0
    for some in parted(rows):
        columns = [_fields(cells) for cells in zip(*some, strict=True)]
        file.write(_lines(zip(*columns, strict=True)))
        count += len(some)
    return count


def parted(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    """Give some rows at once: what is looked for in a column costs more in each of its cells."""
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        yield some


def is_text(cells: Sequence[Cell]) -> TypeGuard[Sequence[str]]:
    """Return whether a column holds text alone, as most do."""
    return set(map(type, cells)) == {str}


def _fields(cells: Sequence[Cell]) -> Sequence[str]:
    """Return a column as it is written; in most no cell is like a formula or must be quoted."""
    if is_text(cells):
        texts, joined = cells, ";" + ";".join(cells)
        if SUSPECT_CELL.search(joined):
            texts = list(map(_guarded, cells))
    else:
        texts = [_guarded(cell) if isinstance(cell, str) else _unquoted(cell) for cell in cells]
        joined = ";" + ";".join(texts)
    is_plain = joined.count(";") == len(texts) and not QUOTED.search(joined)
    return texts if is_plain else list(map(_quoted, texts))


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Return lines of CSV; no spreadsheet reads a file with NUL in it to its end."""
    # A field alone with nothing in it would be no line.
    text = "".join([f"{line or EMPTY}\r\n" for line in map(";".join, rows)])
    return text.replace("\0", "").encode(errors="replace")


def _quoted(text: str) -> str:
    if ";" in text or QUOTED.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def write_json(names: Sequence[str], rows: Iterable[Sequence[Cell]], file: BinaryIO) -> int:
    """Write a list of objects (RFC 8259), one a row, by these names; return how many there are.

    Values stay as they are: programs work out no formulas. Moments and days are written as ISO
    8601 says, moments without a time zone.
    """
    count = 0
    file.write(b"[")
    for some in parted(rows):
        texts = [OBJECT.encode(dict(zip(names, row, strict=True))) for row in some]
        text = ",\n".join(f"{{\n  {each[1:-1]}\n}}" for each in texts)
        file.write((",\n" if count else "\n").encode() + text.encode(errors="replace"))
        count += len(some)
    file.write(b"\n]\n")
    return count


def _unquoted(cell: int | datetime | date | None) -> str:
    """Write what is no text; no spreadsheet takes it for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)  # a number; a day as ISO 8601 writes it, which every spreadsheet knows


def _guarded(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    first = cell[:1]
    if first in BLANK:
        first = cell.lstrip("".join(BLANK))[:1]
    return "'" + cell if first in DANGEROUS else cell
