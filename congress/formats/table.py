"""Tables as files: cells and headings, CSV that opens in a German Excel, JSON for programs.

Whatever a cell of CSV holds is text, a number or a moment, never a formula (SEC-08, ASVS 5.0,
1.2.10); `formats.xlsx` writes workbooks.
"""

import csv
import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import BinaryIO

Cell = str | int | datetime | date | None

DANGEROUS = frozenset("=+-@\t\r\n\0＝＋－＠")
BLANK = frozenset(" \u00a0\ufeff")  # what a spreadsheet overlooks before a formula
SUSPECT_CELL = re.compile(f";[{re.escape(''.join(sorted(DANGEROUS | BLANK)))}]")
ROWS_AT_ONCE = 200


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
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    file.write(BOM_UTF8)
    writer.writerow([_guarded(heading.title) for heading in headings])
    count = 0
    for count, row in enumerate(rows, start=1):
        cells = [cell if isinstance(cell, str) else _unquoted(cell) for cell in row]
        line = ";" + ";".join(cells)
        if _is_plain(line, len(cells)):
            text.write(line[1:] + "\r\n")
        else:
            writer.writerow(
                [_guarded(cell) if isinstance(cell, str) else _unquoted(cell) for cell in row]
            )
        if not count % ROWS_AT_ONCE:
            _pass_on(text, file)
    _pass_on(text, file)
    return count


def _is_plain(line: str, cells: int) -> bool:
    """Return whether a line, with a semicolon before each cell, can stand as it is.

    Most lines can: to look at each of their cells takes three times as long.
    """
    return (
        cells > 1  # a line with nothing in it would be none
        and line.count(";") == cells
        and not ('"' in line or "\n" in line or "\r" in line)
        and not SUSPECT_CELL.search(line)
    )


def _pass_on(text: io.StringIO, file: BinaryIO) -> None:
    """Write what has come together; no spreadsheet reads a file with NUL in it to its end."""
    file.write(text.getvalue().replace("\0", "").encode(errors="replace"))
    text.seek(0)
    text.truncate()


def write_json(names: Sequence[str], rows: Iterable[Sequence[Cell]], file: BinaryIO) -> int:
    """Write a list of objects (RFC 8259), one a row, by these names; return how many there are.

    Values stay as they are: programs work out no formulas. Moments and days are written as ISO
    8601 says, moments without a time zone.
    """
    count = 0
    file.write(b"[")
    for row in rows:
        facts = {
            name: cell.isoformat() if isinstance(cell, date) else cell
            for name, cell in zip(names, row, strict=True)
        }
        text = json.dumps(facts, ensure_ascii=False, indent=2)
        file.write((",\n" if count else "\n").encode() + text.encode(errors="replace"))
        count += 1
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
