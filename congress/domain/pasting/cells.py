"""From pasted text to lines of cells: tabs, bars, semicolons, gaps, and quotes around cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.domain.pasting.clock_words import leading_time
from congress.domain.texts import shortened

_GAP = re.compile(r"\s{3,}|(?<=\S)  (?=\S)")
_BULLET = re.compile(r"^[•·▪◦‣*–-]\s+(?=\S)")
_RULE = re.compile(r"[\s|:;+=_–—-]*")
SEVERAL = 2
LONGEST_CELL = 5000  # characters, as many as a description may have
LONGEST_SHOWN = 40
MOST_CELLS = 30  # in a line; whatever follows is one more cell, about which is asked


class Separator(StrEnum):
    """What parts the cells of a whole text; single lines may be parted otherwise."""

    TAB = "\t"
    BAR = "|"
    SEMICOLON = ";"
    COMMA = ","
    GAP = "  "
    NONE = ""


@dataclass(frozen=True)
class Line:
    """One line of cells; `number` counts the lines of the text from 1."""

    number: int
    cells: tuple[str, ...]
    too_long: tuple[str, ...] = ()  # the beginnings of cells that are shown by no more than these

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]


def separator_of(text: str) -> Separator:
    """Return what parts most lines of a text into cells."""
    if "\t" in text:
        return Separator.TAB
    lines = [line for line in text.split("\n") if not _RULE.fullmatch(line)]
    for separator in (Separator.BAR, Separator.SEMICOLON):
        parted = [line for line in lines if separator in line.strip()]
        if len(parted) * 2 > len(lines) or any(_is_timed(line, separator) for line in parted):
            return separator
    if sum(bool(_GAP.search(line.strip())) for line in lines) * 2 > len(lines):
        return Separator.GAP
    return Separator.NONE


def lines_of(text: str, separator: Separator) -> list[Line]:
    """Return the lines of a text that say anything, in cells without spaces around them.

    A rule of dashes under a heading says nothing.
    """
    found = []
    for number, raw in _physical(text, separator):
        cells = [_clean(cell) for cell in raw]
        cells[0] = _BULLET.sub("", cells[0])
        if len(cells) > MOST_CELLS:
            cells[MOST_CELLS - 1 :] = [" | ".join(filter(None, cells[MOST_CELLS - 1 :]))]
        line = Line(number, *held_short(cells))
        if not all(_RULE.fullmatch(cell) for cell in line.cells):
            found.append(line)
    return found


def held_short(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return cells of a length that can be read, and how those begin that were longer.

    Whatever stands in such a cell, it fits nowhere; no reader looks at more than its beginning.
    """
    shown = tuple(
        cell if len(cell) <= LONGEST_CELL else shortened(cell, LONGEST_SHOWN) for cell in cells
    )
    return shown, tuple(one for one, cell in zip(shown, cells, strict=True) if one != cell)


def table(text: str, separator: Separator) -> list[Line]:
    """Return the lines of a table that say anything, with every cell where it stands."""
    found = (
        Line(number, tuple(_clean(cell) for cell in raw))
        for number, raw in _physical(text, separator)
    )
    return [line for line in found if any(line.cells)]


def _physical(text: str, separator: Separator) -> Iterator[tuple[int, list[str]]]:
    """Part a text; a cell in quotes may hold line breaks and the separator, as Excel writes it."""
    quoted = separator in {Separator.TAB, Separator.SEMICOLON, Separator.COMMA}
    number, place = 1, 0
    while place <= len(text):
        if text[place : place + 1] == "\n":  # an empty line, of which there may be thousands
            number, place = number + 1, place + 1
            continue
        first = number
        if quoted:
            cells, end = _quoted_line(text, place, separator)
        else:
            end = text.find("\n", place) % (len(text) + 1)
            cells = [text[place:end]]
        if len(cells) == 1:
            cells = _parted(cells[0], separator)
        number += text.count("\n", place, end) + 1
        place = end + 1
        yield first, cells


def _quoted_line(text: str, place: int, separator: str) -> tuple[list[str], int]:
    """Return the cells of the line that begins here, and where it ends."""
    cells: list[str] = []
    stop = re.compile(f"[{separator}\n]")
    while True:
        end_of_cell = _closing(text, place, separator)
        if end_of_cell is None:
            found = stop.search(text, place)
            end_of_cell = found.start() if found else len(text)
            cells.append(text[place:end_of_cell])
        else:
            cells.append(text[place + 1 : end_of_cell - 1].replace('""', '"'))
        if text[end_of_cell : end_of_cell + 1] != separator:
            return cells, end_of_cell
        place = end_of_cell + 1


def _closing(text: str, place: int, separator: str) -> int | None:
    """Return where a quoted cell ends, behind its last quote; None if it is no quoted cell."""
    if text[place : place + 1] != '"':
        return None
    inside = r'[^"\t]' if separator == Separator.TAB else '[^"]'  # Excel quotes no tabs
    found = re.compile(f'"(?:{inside}|"")*"(?={re.escape(separator)}|\n|$)').match(text, place)
    return found.end() if found else None


def _parted(line: str, separator: Separator) -> list[str]:
    """Part a line that the separator of the text does not part: somebody typed it in between."""
    bare = line.strip()
    if separator is not Separator.NONE and "|" in bare:
        return [cell.strip() for cell in bare.strip("|").split("|")]
    if separator is not Separator.SEMICOLON and _is_timed(bare, Separator.SEMICOLON):
        return bare.split(";")
    if separator is Separator.GAP:
        return _GAP.split(bare)
    return [line]


def _is_timed(line: str, separator: Separator) -> bool:
    """Return whether a line begins with a time and then the separator."""
    head, mark, _rest = line.strip().strip("|").partition(separator)
    return bool(mark) and leading_time(head.strip()) != ("", head.strip())


def _clean(cell: str) -> str:
    """Take away spaces around a cell and around its lines."""
    lines = (" ".join(line.split()) for line in cell.split("\n"))
    return "\n".join(line for line in lines if line).strip("\u200b\ufeff ")
