"""One record of a pasted table, read cell by cell."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from congress.domain.pasting.cells import LONGEST_CELL, LONGEST_SHOWN
from congress.domain.pasting.clock_words import Times, leading_time, read_duration, read_times
from congress.domain.pasting.columns import (
    Column,
    Part,
    label_of,
    look,
    looks_like_room,
    read_places,
)
from congress.domain.pasting.day_words import Day, read_day
from congress.domain.pasting.doubts import Doubt, Remark, remark
from congress.domain.pasting.kinds import kind_of, number_in, read_kind
from congress.domain.pasting.people import SPEAKER, Pasted, looks_like_people, read_people
from congress.domain.pasting.records import Record
from congress.domain.programme import (
    ALWAYS_CHOSEN,
    CAN_BE_BOOKED,
    DIALOGUE_PARTNER,
    LONGEST_LINE,
    MOST_PLACES,
    ItemKind,
)
from congress.domain.texts import shortened

MOST_DAY_WORDS = 4
_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ROOM_OR_PLACES = re.compile(
    r"\b(?:Raum|Saal|Room|Hall)\s?\d|\bmax\.?\s*\d|\d\s*(?:Plätze|TN|places|Personen)\b|\bModeration\b",
    re.IGNORECASE,
)
_MOVABLE = frozenset((Part.KIND, Part.ROOM, Part.PLACES, Part.PEOPLE, Part.UNKNOWN))


@dataclass
class Row:
    """One item as pasted; times are minutes since midnight, what is None is not said."""

    number: int
    text: str
    day: Day | None = None
    times: Times | None = None
    ends: int | None = None
    minutes: int | None = None  # how long it lasts
    title: str = ""
    kind: ItemKind = ItemKind.TALK
    item_number: int | None = None
    room: str = ""
    places: int | None = None
    minimum: int | None = None
    people: list[Pasted] = field(default_factory=list)
    description: str = ""
    counted: int | None = None  # in a column of numbers
    has_empty_time: bool = False
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_bookable(self) -> bool:
        """Whether people choose it when they register: a workshop, or another thing with places."""
        has_places = self.kind in CAN_BE_BOOKED and self.places is not None
        return has_places or self.kind in ALWAYS_CHOSEN

    def say(self, doubt: Doubt, **facts: str | int) -> None:
        self.remarks.append(remark(doubt, **facts))


def read_row(
    record: Record, columns: Sequence[Column] | None, *, number: int, has_headings: bool
) -> Row:
    """Return what a record says, with everything that is doubtful about it."""
    row = Row(number, " | ".join(cell.replace("\n", " / ") for cell in record.cells), record.day)
    row.has_empty_time = _has_empty_time(record.cells, columns)
    for line in record.joined:
        row.say(Doubt.LINE_JOINED, text=line)
    placed = (
        _by_look(record.cells, row)
        if columns is None
        else _by_column(record.cells, columns, row, has_headings=has_headings)
    )
    _Reader(row, is_table=columns is not None).read(placed)
    return row


def _has_empty_time(cells: Sequence[str], columns: Sequence[Column] | None) -> bool:
    """Return whether there is a cell for the time with nothing in it, as below a merged one."""
    at = next((at for at, each in enumerate(columns or ()) if each.part is Part.TIME), 0)
    return at < len(cells) and not cells[at]


Placed = list[tuple[Column, str]]


def _by_column(
    cells: Sequence[str], columns: Sequence[Column], row: Row, *, has_headings: bool
) -> Placed:
    placed: Placed = []
    free = {column.part for column, cell in zip(columns, cells, strict=False) if not cell}
    free |= set(_MOVABLE) - {column.part for column in columns}
    for at, cell in enumerate(cells):
        if not cell:
            continue
        column = columns[at] if at < len(columns) else Column(Part.UNKNOWN, sure=False)
        labelled = label_of(cell) if column.part in _MOVABLE else None
        if labelled:
            column, cell = labelled  # noqa: PLW2901 - as it says itself
        elif not has_headings or at >= len(columns):
            seen = look(cell) if column.part in _MOVABLE else None
            if seen is not None and seen is not column.part and seen in free:
                column = Column(seen, sure=False)
            if not column.sure and column.part is not Part.UNKNOWN:
                row.say(Doubt.CELL_GUESSED, text=cell, part=column.part)
        placed.append((column, cell))
    return placed


def _by_look(cells: Sequence[str], row: Row) -> Placed:
    """Place the cells of a text without columns: what is nothing else is title or description."""
    placed: Placed = [(Column(Part.TIME), cells[0])]
    taken = {Part.TIME}
    for cell in cells[1:]:
        labelled, part = label_of(cell), look(cell)
        if labelled and Part.TITLE in taken:
            placed.append(labelled)
        elif Part.TITLE not in taken and part in {None, Part.PEOPLE}:
            placed.append((Column(Part.TITLE), cell))
        elif part is not None and part not in taken and part in _MOVABLE:
            placed.append((Column(part), cell))
        else:
            guess = Part.PEOPLE if looks_like_people(cell) else Part.DESCRIPTION
            row.say(Doubt.CELL_GUESSED, text=cell, part=guess)
            placed.append((Column(guess), cell))
        taken.add(placed[-1][0].part)
    return placed


class _Reader:
    """Reads the cells of one row into it."""

    def __init__(self, row: Row, *, is_table: bool) -> None:
        self._row = row
        self._is_table = is_table
        self._people: list[tuple[str, str]] = []
        self._kind = ""
        self._has_title = False

    def read(self, placed: Placed) -> None:
        row = self._row
        self._has_title = any(column.part is Part.TITLE for column, _cell in placed)
        for column, cell in placed:
            self._read(column, cell)
        if not row.title and self._kind:
            row.title = self._kind  # "Mittagspause", alone in its row
            if self._is_table:
                row.say(Doubt.CELL_GUESSED, text=self._kind, part=Part.TITLE)
        self._read_kind()
        for cell, role in self._people:
            people, remarks = read_people(cell, role or self._role)
            row.people += people
            row.remarks += remarks
        if not row.title:
            row.say(Doubt.NO_TITLE)
        limits = {row.title: LONGEST_LINE, row.room: LONGEST_LINE}
        for text, most in (limits | {row.description: LONGEST_CELL}).items():
            if len(text) > most:
                row.say(Doubt.TOO_LONG, text=shortened(text, LONGEST_SHOWN), most=most)

    @property
    def _role(self) -> str:
        return DIALOGUE_PARTNER if self._row.kind is ItemKind.WORKSHOP else SPEAKER

    def _read(self, column: Column, cell: str) -> None:
        readers: Mapping[Part, Callable[[str], None]] = {
            Part.TIME: self._read_time,
            Part.END: self._read_end,
            Part.DURATION: self._read_duration,
            Part.DAY: self._read_day,
            Part.TITLE: self._read_title,
            Part.KIND: self._read_kind_cell,
            Part.ROOM: self._read_room,
            Part.PLACES: self._read_places,
            Part.MINIMUM: self._read_minimum,
            Part.DESCRIPTION: self._describe,
            Part.NUMBER: self._read_number,
        }
        if column.part is Part.PEOPLE:
            self._people.append((cell, column.role))
        elif column.part in readers:
            readers[column.part](cell)
        elif column.name:
            self._row.say(Doubt.COLUMN_LEFT_OUT, name=column.name, text=cell)
        else:
            self._row.say(Doubt.UNKNOWN_CELL, text=cell)

    def _read_time(self, cell: str) -> None:
        row, flat = self._row, " ".join(cell.split())
        day, words = _day_before(flat)
        row.day = day or row.day
        row.times = read_times(words)
        if row.times is not None:
            return
        time, rest = leading_time(words)
        if time and rest and not self._has_title:
            row.times = read_times(time)
            self._read_title(rest)
        elif words:
            row.say(Doubt.NOT_A_TIME, text=flat)

    def _read_end(self, cell: str) -> None:
        times = read_times(" ".join(cell.split()))
        if times is None or times.all_day or times.ends is not None:
            self._row.say(Doubt.NOT_A_TIME, text=cell)
        else:
            self._row.ends = times.starts

    def _read_duration(self, cell: str) -> None:
        self._row.minutes = read_duration(cell)
        if self._row.minutes is None:
            self._row.say(Doubt.NOT_A_TIME, text=cell)

    def _read_day(self, cell: str) -> None:
        self._row.day = read_day(cell)
        if self._row.day is None:
            self._row.say(Doubt.OTHER_DAY, text=cell)

    def _read_number(self, cell: str) -> None:
        digits = re.fullmatch(r"(?:ws|workshop|nr\.?|top)?\s*(\d{1,3})\.?", cell, re.IGNORECASE)
        if digits:
            self._row.counted = int(digits[1])
        else:
            self._row.say(Doubt.TEXT_LEFT_OUT, text=cell)

    def _read_kind_cell(self, cell: str) -> None:
        self._kind = " ".join(cell.split())

    def _describe(self, cell: str) -> None:
        self._row.description = "\n\n".join(filter(None, (self._row.description, cell)))

    def _read_title(self, cell: str) -> None:
        """Further lines of the cell go on with the title, say who and where, or describe it."""
        row = self._row
        first, *others = cell.split("\n")
        lines = [row.title, first] if row.title else [first]
        for line in others:
            labelled, part = label_of(line), look(line)
            if line[0].islower() or lines[-1].endswith(("-", "–", ":")):
                lines.append(line)
            elif labelled:
                self._read(*labelled)
            elif part in {Part.ROOM, Part.PEOPLE, Part.PLACES}:
                row.say(Doubt.CELL_GUESSED, text=line, part=part)
                self._read(Column(part), line)
            else:
                row.say(Doubt.DESCRIPTION_FROM_TITLE, text=line)
                self._describe(line)
        title = " ".join(lines)
        row.item_number, row.title = number_in(title)
        if row.item_number is not None:
            row.say(Doubt.NUMBER_FROM_TITLE, number=row.item_number)
            row.kind, self._kind = ItemKind.WORKSHOP, self._kind or "Workshop"

    def _read_kind(self) -> None:
        row = self._row
        if not self._kind:
            found = kind_of(row.title, has_places=row.places is not None)
        else:
            known = read_kind(self._kind)
            if known is None:
                row.say(Doubt.UNKNOWN_KIND, text=self._kind)
                return
            found = known
            digits = re.search(r"(?<!\d)\d{1,3}(?!\d)", self._kind)
            if digits and row.item_number is None:
                row.item_number = int(digits[0])
        row.kind = found.kind
        if found.remark:
            row.remarks.append(found.remark)
        for more in _more_in(row.title):
            row.say(Doubt.TITLE_HOLDS_MORE, text=more)

    def _read_room(self, cell: str) -> None:
        self._row.room = " ".join(cell.split())
        if self._row.room.isdigit():
            self._row.say(Doubt.ROOM_A_NUMBER, text=self._row.room)

    def _read_places(self, cell: str) -> None:
        row, found = self._row, read_places(cell)
        if not cell.strip("–—-./ "):
            return
        if found is None or (found[0] or 0) > MOST_PLACES:
            row.say(Doubt.UNKNOWN_PLACES, text=cell)
            return
        row.places, about = found
        if about:
            row.say(Doubt.PLACES_ABOUT, text=cell, number=row.places or 0)

    def _read_minimum(self, cell: str) -> None:
        if not cell.strip("–—-./ "):
            return
        found = re.fullmatch(
            r"(?:mind(?:estens|\.)?|ab|min\.?)?\s*(\d{1,6})\b.*", cell, re.IGNORECASE | re.DOTALL
        )
        number = int(found[1]) if found else 0
        if not 0 < number <= MOST_PLACES:
            self._row.say(Doubt.UNKNOWN_MINIMUM, text=cell)
            return
        self._row.minimum = number


def _day_before(cell: str) -> tuple[Day | None, str]:
    """Part "Mi., 21.10.2015, 10:30" into the day and the rest."""
    words = cell.split()
    for count in range(min(MOST_DAY_WORDS, len(words) - 1), 0, -1):
        day = read_day(" ".join(words[:count]).rstrip(",:"))
        rest = " ".join(words[count:])
        if day is not None and read_times(rest) is not None:
            return day, rest
    return None, cell


def _more_in(title: str) -> Iterator[str]:
    """Yield what in a title could be its room, its places or its people."""
    if len(title) > LONGEST_LINE:
        return  # it has to be shortened first
    inside = _PARENTHESES.findall(title)
    for part in (*inside, *_PARENTHESES.sub("", title).split(",")[1:]):
        said = part.strip()
        if _ROOM_OR_PLACES.search(said) or looks_like_room(said) or looks_like_people(said):
            yield said
