"""The attendee list as a table: every file is made of these columns, whatever its format."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from congress.domain.attendee_files import USUAL, Line, Shape, bookings_meant
from congress.domain.attendee_list import ListedBooking, Slots, Wanted
from congress.domain.attendee_parts import ListedPart
from congress.domain.own_questions import OwnQuestion
from congress.domain.priority import NO_GROUPS, PriorityGroups
from congress.formats.attendee_list import headings
from congress.formats.booking_cells import NAMES, BookingCells, SlotColumns
from congress.formats.person_cells import Column, PersonCells
from congress.formats.table import Cell, Heading

EVERYBODY = Wanted()


@dataclass(frozen=True)
class AttendeeTable:
    """How the lines of one congress become rows: columns, choices, language, time zone.

    `wanted` says of which bookings a file has lines that has one for each.
    """

    columns: Sequence[str]
    slots: Slots
    language: str
    zone: ZoneInfo
    questions: Sequence[OwnQuestion] = ()  # of the congress
    groups: PriorityGroups = NO_GROUPS
    days: Sequence[date] = ()  # on which one could be there, one column each
    shape: Shape = USUAL
    wanted: Wanted = EVERYBODY

    @property
    def headings(self) -> list[Heading]:
        """The first row; columns of workshops stand once per choice, named by its start."""
        if self.is_of_bookings:
            return [*self.headings_of_person, *self._headings_of_booking]
        return [*self.headings_of_person, *self._of_slots.headings]

    @property
    def names(self) -> list[str]:
        """What programs call the columns."""
        of_booking = (*NAMES, *(["question"] if self.asks else []))
        others = of_booking if self.is_of_bookings else self._of_slots.names
        return [*(each.name for each in self._of_person), *others]

    @property
    def headings_of_person(self) -> list[Heading]:
        """The first row without the columns of workshops."""
        return [each.heading for each in self._of_person]

    @property
    def is_of_bookings(self) -> bool:
        return self.shape.line is Line.BOOKING

    @property
    def asks(self) -> bool:
        """Whether it states what people ask about their workshops."""
        return "question" in self.columns

    def rows(self, parts: Iterable[ListedPart]) -> Iterator[Sequence[Cell]]:
        """One row per person, or per booking: then nobody stands there who has none."""
        for part in parts:
            if self.is_of_bookings:
                yield from self._rows_of_bookings(part)
            else:
                yield from zip(*self._read(part), *self._of_slots.read(part), strict=True)

    def rows_of_person(self, part: ListedPart) -> Iterator[Sequence[Cell]]:
        """One row per person, without the columns of workshops."""
        return zip(*self._read(part), strict=True)

    def _read(self, part: ListedPart) -> Iterator[Sequence[Cell]]:
        return (each.read(part) for each in self._of_person)

    def _rows_of_bookings(self, part: ListedPart) -> Iterator[Sequence[Cell]]:
        meant = bookings_meant(part, self.wanted)
        for person, bookings in zip(self.rows_of_person(part), meant, strict=True):
            for booking in bookings:
                if booking.item_id in self.slots.workshops:
                    yield [*person, *self._cells_of_booking(booking)]

    @cached_property
    def people(self) -> PersonCells:
        """How it writes people."""
        known = (self.questions, self.groups, self.days, self.shape.several)
        workshops = {each.id: self.bookings.name(each) for each in self.slots.workshops.values()}
        return PersonCells(self.language, self.zone, *known, workshops)

    @cached_property
    def bookings(self) -> BookingCells:
        """How it writes their workshops."""
        return BookingCells(self.slots, self.language, self.zone)

    @property
    def question(self) -> Heading:
        """What stands above what somebody asks about a workshop."""
        return Heading(*headings(self.language)["question"])

    @cached_property
    def _of_person(self) -> list[Column]:
        return self.people.columns(self.columns)

    @cached_property
    def _of_slots(self) -> SlotColumns:
        return self.bookings.columns(self.columns)

    @property
    def _headings_of_booking(self) -> list[Heading]:
        return [*self.bookings.headings_of_one(), *([self.question] if self.asks else [])]

    def _cells_of_booking(self, booking: ListedBooking) -> list[Cell]:
        cells = self.bookings.cells_of_one(booking)
        return [*cells, booking.question] if self.asks else cells
