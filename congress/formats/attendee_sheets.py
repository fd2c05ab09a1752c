"""The attendee list as a workbook: the list, how many there are, and who is in each workshop.

The list is gone through once. What the further sheets need of it waits in a file without a name,
as the parts of a workbook are written one after the other.
"""

import pickle
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from congress.domain.attendee_files import Extra, bookings_meant
from congress.domain.attendee_list import ListedBooking
from congress.domain.attendee_parts import ListedPart
from congress.domain.registration import BookingState
from congress.formats.attendee_table import AttendeeTable
from congress.formats.catalogue import catalogue
from congress.formats.table import Cell, Heading, Kind
from congress.formats.xlsx import Workbook


def write_workbook(
    table: AttendeeTable,
    parts: Iterable[ListedPart],
    file: BinaryIO,
    *,
    name: str,
    created: datetime,
) -> None:
    """Write the list and the sheets that its shape wants; `name` is that of its first one."""
    extras, totals = table.shape.extras, _Totals(table)
    with TemporaryFile() as aside, Workbook(file, title=name, created=created) as book:
        workshops = _Workshops(table, cast("BinaryIO", aside))
        if Extra.TOTALS in extras:
            parts = totals.counting(parts)
        if Extra.WORKSHOPS in extras:
            parts = workshops.noting(parts)
        book.add_sheet(name, table.headings, table.rows(parts))
        if Extra.TOTALS in extras:
            called = catalogue(table.language).gettext("Totals")
            book.add_sheet(called, totals.headings(), totals.rows())
        for title, rows in workshops.sheets():
            book.add_sheet(title, workshops.headings(), rows)


class _Workshops:
    """Who has a place in which workshop; memory holds only where in the file each row lies."""

    def __init__(self, table: AttendeeTable, file: BinaryIO) -> None:
        self._table, self._file = table, file
        self._rows: dict[int, array[int]] = {}

    def noting(self, parts: Iterable[ListedPart]) -> Iterator[ListedPart]:
        """Pass the parts of the list on, and put aside what the sheets need of them."""
        for part in parts:
            meant = bookings_meant(part, self._table.wanted)
            for cells, bookings in zip(self._table.rows_of_person(part), meant, strict=True):
                for booking in bookings:
                    if booking.state is BookingState.CONFIRMED:
                        self._note(booking, cells)
            yield part

    def _note(self, booking: ListedBooking, cells: Sequence[Cell]) -> None:
        self._rows.setdefault(booking.item_id, array("Q")).append(self._file.tell())
        pickle.dump([*cells, booking.question] if self._table.asks else cells, self._file)

    def headings(self) -> list[Heading]:
        """The first row of each sheet."""
        table = self._table
        return [*table.headings_of_person, *([table.question] if table.asks else [])]

    def sheets(self) -> Iterator[tuple[str, Iterator[Sequence[Cell]]]]:
        """Number and title of each workshop in which somebody is, and who."""
        for item_id, workshop in self._table.slots.workshops.items():
            if item_id in self._rows:
                yield self._table.bookings.name(workshop), self._read(self._rows[item_id])

    def _read(self, rows: Iterable[int]) -> Iterator[Sequence[Cell]]:
        for place in rows:
            self._file.seek(place)
            yield pickle.load(self._file)  # noqa: S301 - nobody but this process has the file


class _Totals:
    """How many people are in each state, and in each workshop: numbers, and no formula."""

    def __init__(self, table: AttendeeTable) -> None:
        self._table = table
        self._people: Counter[str] = Counter()
        self._bookings: Counter[tuple[int, BookingState]] = Counter()

    def counting(self, parts: Iterable[ListedPart]) -> Iterator[ListedPart]:
        """Pass the parts of the list on, and count who and what is in them."""
        for part in parts:
            self._people.update(self._table.people.state_words(part))
            for bookings in bookings_meant(part, self._table.wanted):
                self._bookings.update((each.item_id, each.state) for each in bookings)
            yield part

    def headings(self) -> list[Heading]:
        """The first row."""
        _ = catalogue(self._table.language).gettext
        return [
            *(Heading(_("What"), 20), Heading(_("Name"), 40)),
            *(Heading(words, 16, Kind.NUMBER) for words in (_("People"), _("Waiting"))),
            Heading(_("Place offered"), 16, Kind.NUMBER),
        ]

    def rows(self) -> Iterator[list[Cell]]:
        """Everybody, each state, then each workshop in the order of the programme."""
        table = self._table
        _ = catalogue(table.language).gettext
        yield [_("Status"), _("All"), self._people.total(), None, None]
        for words, count in self._people.items():
            yield [_("Status"), words, count, None, None]
        states = (BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED)
        for item_id, workshop in table.slots.workshops.items():
            counts = [self._bookings[item_id, state] for state in states]
            yield [table.bookings.workshop_heading, table.bookings.name(workshop), *counts]
