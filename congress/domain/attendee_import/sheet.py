"""From text to rows of cells: what Excel copies, and what programs write as CSV."""

import re
from collections.abc import Sequence

from congress.domain.pasting import cells
from congress.domain.pasting.cells import Line, Separator

MOST_ROWS = 5000
SEPARATORS = (Separator.TAB, Separator.SEMICOLON, Separator.COMMA)
_SAYS_SEPARATOR = re.compile(r'\A"?sep=(.)"?\n', re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def lines_of(text: str) -> list[Line]:
    """Return the lines of a table that say anything; the first one may be a heading."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    told = _SAYS_SEPARATOR.match(text)
    if told and told[1] in SEPARATORS:
        rows = cells.table(text[told.end() :], Separator(told[1]))
        return [Line(line.number + 1, line.cells) for line in rows]
    return cells.table(text, _separator_of(text))


def columns_in(lines: Sequence[Line]) -> int:
    """Return how many columns the widest line has that says anything there."""
    return max((_width(line) for line in lines), default=0)


def _width(line: Line) -> int:
    return max((place for place, cell in enumerate(line.cells, 1) if cell), default=0)


def _separator_of(text: str) -> Separator:
    """Return what parts the first line, whatever stands in its quotes."""
    first = _QUOTED.sub("", text.lstrip("\n")).partition("\n")[0]
    counts = {separator: first.count(separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: counts[separator])
    return best if counts[best] else Separator.NONE
