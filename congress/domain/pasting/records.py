"""Which lines of a pasted table belong together: one record for each programme item.

Word writes the second paragraph of a cell as a line of its own, and a cell each where a table is
pasted without its tabs; whatever is joined without being sure of it is noted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from congress.domain.pasting.cells import (
    SEVERAL,
    Line,
    Separator,
    held_short,
    lines_of,
    separator_of,
)
from congress.domain.pasting.clock_words import leading_time, looks_like_time, read_times
from congress.domain.pasting.columns import Column, Part, columns_like, headings
from congress.domain.pasting.day_words import Day, day_heading
from congress.domain.pasting.kinds import is_kind, number_in

MOST_ROWS = 400
MOST_LINES = 10 * MOST_ROWS
WIDE = 3  # cells; a line of so many is a row, whatever it begins with
FIRST_CELLS = 3  # number, day and time
_COMMA = re.compile(r"^\S[^,]*,\S.*,")


@dataclass
class Record:
    """The cells of one item; `day` is named by itself or by a line above."""

    number: int  # of its first line
    cells: list[str]
    day: Day | None = None
    joined: list[str] = field(default_factory=list)  # lines that may not belong to it


@dataclass(frozen=True)
class Records:
    """All records; columns of None are to be found by what each cell looks like."""

    records: list[Record]
    columns: list[Column] | None
    has_headings: bool
    left_out: list[str] = field(default_factory=list)
    by_commas: bool = False
    too_many: int = 0  # rows, or lines where there are more than rows could have
    too_long: tuple[str, ...] = ()  # how cells begin that are too long for anything


def records_of(text: str) -> Records:
    """Part a pasted text into records."""
    separator = separator_of(text)
    lines = lines_of(text, separator)
    if len(lines) > MOST_LINES:
        return Records([], None, has_headings=False, too_many=len(lines))
    found = _records_in(lines, text, separator)
    too_long = [each for line in lines for each in line.too_long]
    for record in found.records:  # lines that were joined may be too long together
        record.cells, more = map(list, held_short(record.cells))
        too_long += more
    return replace(found, too_long=tuple(too_long))


def _records_in(lines: list[Line], text: str, separator: Separator) -> Records:
    if separator is Separator.NONE and lines:
        by_commas = [line for line in lines if _COMMA.match(line.cells[0])]
        if headings(Line(1, tuple(lines[0].cells[0].split(",")))) and by_commas:
            lines = lines_of(text, Separator.COMMA)
        elif len(by_commas) * 2 > len(lines) and any(_starts(line, ()) for line in by_commas):
            records = [Record(line.number, list(line.cells)) for line in lines]
            return Records(records, None, has_headings=False, by_commas=True)
        elif not any(len(line.cells) > 1 for line in lines):
            return _stacked(lines)
    return _in_rows(lines)


def _in_rows(lines: Sequence[Line]) -> Records:
    named, rows = None, list(lines)
    for at, line in enumerate(lines[:FIRST_CELLS]):
        named = headings(line)
        if named is not None:
            rows = [*lines[:at], *lines[at + 1 :]]
        if len(line.filled) > 1:
            break
    width = len(named) if named else max((len(line.cells) for line in rows), default=0)
    records, left_out = _joined(rows, named or (), width)
    if len(records) > MOST_ROWS:
        return Records([], None, has_headings=False, too_many=len(records))
    body = [Line(each.number, tuple(each.cells)) for each in records]
    columns = named or columns_like([line for line in body if len(line.cells) > 1])
    return Records(records, columns or None, has_headings=named is not None, left_out=left_out)


def _joined(
    lines: Sequence[Line], columns: Sequence[Column], width: int
) -> tuple[list[Record], list[str]]:
    records: list[Record] = []
    left_out: list[str] = []
    day: Day | None = None
    for line in lines:
        heading = day_heading(line.filled[0]) if len(line.filled) == 1 else None
        if heading is not None:
            day, rest = heading
            left_out += [rest] if rest else []
            continue
        last = records[-1] if records else None
        begins = _starts(line, columns) or len(line.cells) == width >= WIDE
        if begins or last is None or len(last.cells) + len(line.cells) - 1 > width:
            records.append(Record(line.number, list(line.cells), day))
            continue
        if len(last.cells) >= width or len(line.cells) == 1:
            last.joined.append(line.cells[0])
        first, *others = line.cells
        last.cells = [*last.cells[:-1], f"{last.cells[-1]}\n{first}".strip("\n"), *others]
    return records, left_out


def _starts(line: Line, columns: Sequence[Column]) -> bool:
    """Return whether an item begins with a line: it has a time, or an empty cell for it."""
    cells = line.cells
    if not cells[0]:
        return len(cells) > 1
    for cell, column in zip(cells, columns, strict=False):
        if column.part is Part.TIME and read_times(cell) is not None:
            return True
    return any(map(looks_like_time, cells[:FIRST_CELLS])) or bool(leading_time(cells[0])[0])


def _stacked(lines: Sequence[Line]) -> Records:
    """Read a text of single lines: each time begins a record, and what follows are its cells."""
    columns = _stacked_headings(lines)
    records: list[Record] = []
    left_out: list[str] = []
    day: Day | None = None
    for line in lines[len(columns) :]:
        (cell,) = line.cells
        heading = day_heading(cell)
        if heading is not None:
            day, rest = heading
            left_out += [rest] if rest else []
        elif _starts(line, ()) or not records:
            time, rest = leading_time(cell)
            is_timed = looks_like_time(cell)
            records.append(Record(line.number, [cell] if is_timed else [time, rest], day))
        elif _is_next_workshop(cell, records[-1]):
            records.append(Record(line.number, ["", cell], day))
        else:
            records[-1].cells.append(cell)
    if len(records) > MOST_ROWS:
        return Records([], None, has_headings=False, too_many=len(records))
    fits = bool(columns) and all(len(each.cells) == len(columns) for each in records)
    return Records(records, columns if fits else None, has_headings=fits, left_out=left_out)


def _is_next_workshop(cell: str, last: Record) -> bool:
    """Return whether "Workshop 2: …" stands below another one, and not below "Workshops" only."""
    titles = last.cells[1:]
    return number_in(cell)[0] is not None and any(not is_kind(title) for title in titles)


def _stacked_headings(lines: Sequence[Line]) -> list[Column]:
    """Return the columns of headings that stand one below the other, before the first time."""
    before: list[str] = []
    for line in lines:
        if _starts(line, ()):
            break
        before.append(line.cells[0])
    else:
        return []
    named = headings(Line(1, tuple(before))) if len(before) >= SEVERAL else None
    has_all = named is not None and all(column.part is not Part.UNKNOWN for column in named)
    return (named or []) if has_all else []
