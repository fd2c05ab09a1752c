"""The form of all rooms: rows that buttons add, take away and move, without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile

from werkzeug.datastructures import MultiDict

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.people import fold_name
from congress.domain.programme import LONGEST_LINE, MOST_PLACES
from congress.domain.slugs import is_code
from congress.web.entries import Entry, read_line, read_number
from congress.web.languages import gettext as _
from congress.web.organiser.readers import texts_of, told_by_row

MOST_ROOMS = 100


@dataclass
class RoomRow:
    """The fields of one room; without a code it is new."""

    code: str
    name_de: Entry
    name_en: Entry
    seats: Entry

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.name_de, self.name_en, self.seats)


@dataclass
class RoomsForm:
    """All rooms in their order."""

    version: str
    rows: list[RoomRow] = field(default_factory=list)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, with the place of the room: two can be wrong in one way."""
        names = (_("Room %(number)d", number=number) for number in count(1))
        return told_by_row((row.entries for row in self.rows), names)

    def add(self) -> None:
        """Add an empty row."""
        if len(self.rows) < MOST_ROOMS:
            self.rows.append(_row(len(self.rows), ""))

    def remove(self, number: str) -> None:
        """Take a row away; the others move up."""
        self._set([row for index, row in enumerate(self.rows) if str(index) != number])

    def move(self, number: str, by: int) -> None:
        """Put a row before or behind its neighbour."""
        place = next((at for at in range(len(self.rows)) if str(at) == number), None)
        if place is not None and 0 <= place + by < len(self.rows):
            rows = list(self.rows)
            rows[place], rows[place + by] = rows[place + by], rows[place]
            self._set(rows)

    def add_missing(self, rooms: Sequence[RoomPlan]) -> None:
        """Add the rooms that are stored and have no row."""
        known = {row.code for row in self.rows}
        rows = [_of(index, room) for index, room in enumerate(rooms) if room.code not in known]
        self._set([*self.rows, *rows])

    def _set(self, rows: Sequence[RoomRow]) -> None:
        self.rows = [
            _row(index, row.code, *(entry.value for entry in row.entries))
            for index, row in enumerate(rows)
        ]


def filled(rooms: Sequence[RoomPlan], version: str) -> RoomsForm:
    """Return the form with the rooms saved last."""
    return RoomsForm(version, [_of(index, room) for index, room in enumerate(rooms)])


def typed(sent: MultiDict[str, str]) -> RoomsForm:
    """Return the form with what was sent, and what is wrong with it."""
    form = RoomsForm(sent.get("version", "")[:64])
    for index in takewhile(lambda index: f"room-{index}-name_de" in sent, count()):
        code = sent.get(f"room-{index}-code", "")
        row = _row(index, code if is_code(code) else "")
        missing = _("Please enter a name in German.")
        for entry, most in ((row.name_de, LONGEST_LINE), (row.name_en, LONGEST_LINE)):
            read_line(entry, sent.get(entry.name, ""), most=most, missing=missing)
        read_line(row.seats, sent.get(row.seats.name, ""), most=40)
        form.rows.append(row)
    return form


def read_rooms(form: RoomsForm, before: Sequence[RoomPlan]) -> tuple[RoomPlan, ...] | None:
    """Return the rooms that the form means, or None when something has to be corrected."""
    names: set[str] = set()
    known = {room.code: room for room in before}
    for row in form.rows:
        name = fold_name(row.name_de.value)
        if name and name in names:
            row.name_de.errors.append(_("Another room has this name already."))
        names.add(name)
    rooms = tuple(_room(row, known) for row in form.rows)
    return None if form.errors else rooms


def _room(row: RoomRow, known: Mapping[str, RoomPlan]) -> RoomPlan:
    seats = read_number(row.seats.value, most=MOST_PLACES) if row.seats.value else None
    if row.seats.value and not seats and not row.seats.errors:
        row.seats.errors.append(
            _("Please enter the number of chairs in figures, or leave the field empty.")
        )
    before = known[row.code].name if row.code in known else {}
    return RoomPlan(row.code, texts_of(before, row.name_de, row.name_en), seats)


def _of(index: int, room: RoomPlan) -> RoomRow:
    seats = "" if room.seats is None else str(room.seats)
    return _row(index, room.code, room.name.get("de", ""), room.name.get("en", ""), seats)


def _row(index: int, code: str, name_de: str = "", name_en: str = "", seats: str = "") -> RoomRow:
    return RoomRow(
        code,
        Entry(f"room-{index}-name_de", _("Name (German)"), name_de, required=True),
        Entry(f"room-{index}-name_en", _("Name (English)"), name_en),
        Entry(f"room-{index}-seats", _("Chairs"), seats),
    )
