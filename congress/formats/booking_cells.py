"""What a file says of workshops: people's in each choice, or one booking after the other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from congress.domain import ranking
from congress.domain.attendee_list import (
    PER_SLOT,
    WISHES,
    ListedBooking,
    ListedWorkshop,
    Slots,
)
from congress.domain.attendee_parts import ListedPart
from congress.domain.programme import ItemKind
from congress.domain.ranking import Ranked
from congress.domain.registration import BookingState
from congress.domain.texts import in_language
from congress.formats.attendee_list import CALLED_OFF, KEPT, OFFERED, headings, numbered, wished
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.kind_words import choice_name, kind_name
from congress.formats.table import Cell, Heading, Kind

NAMES = ("number", "workshop", "booking", "position", "starts_at", "ends_at", "room")


@dataclass(frozen=True)
class BookingCells:
    """How bookings of one congress are written: its choices, language, time zone."""

    slots: Slots
    language: str
    zone: ZoneInfo

    def columns(self, chosen: Sequence[str]) -> "SlotColumns":
        """Return the chosen columns of people's workshops, those of one choice side by side."""
        words = headings(self.language)
        slots = range(len(self.slots.starts))
        places = [
            (slot, each)
            for slot in slots
            for each in chosen
            if each in PER_SLOT and (each != WISHES or slot in self.slots.by_wishes)
        ]
        return SlotColumns(
            self,
            {place: number for number, place in enumerate(places)},
            [each if len(slots) == 1 else f"{each}_{slot + 1}" for slot, each in places],
            [
                Heading(
                    self._named(each, words[each][0], slot) + self._slot_name(slot), words[each][1]
                )
                for slot, each in places
            ],
        )

    @property
    def workshop_heading(self) -> str:
        """What one of those is called that people choose, of whichever kind they are."""
        kinds = set(self.slots.kinds)
        kind = kinds.pop() if len(kinds) == 1 else None
        return kind_name(kind, self.language) if kind else choice_name(self.language)

    def headings_of_one(self) -> list[Heading]:
        """Return what stands above the cells of one booking, in the order of `NAMES`."""
        _ = catalogue(self.language).gettext
        return [
            Heading(_("Number"), 10),
            Heading(self.workshop_heading, 40),
            Heading(_("Place or waiting list"), 22),
            Heading(_("Position on the waiting list"), 14, Kind.NUMBER),
            Heading(_("Starts"), 18, Kind.MOMENT),
            Heading(_("Ends"), 18, Kind.MOMENT),
            Heading(_("Room"), 24),
        ]

    def cells_of_one(self, booking: ListedBooking) -> list[Cell]:
        """Return the cells of one booking, in the order of `NAMES`."""
        number, title, starts_at, ends_at, room = self._known[booking.item_id]
        state = self._states[booking.state]
        if booking.state is BookingState.WAITING and booking.position is None:
            state = catalogue(self.language).gettext("On their list")
        return [number, title, state, booking.position, starts_at, ends_at, room]

    def name(self, workshop: ListedWorkshop) -> str:
        """Return number and title of a workshop, and whether it is called off."""
        title = in_language(workshop.title, self.language)
        return self._marked(f"{workshop.number} {title}" if workshop.number else title, workshop)

    @cached_property
    def _known(self) -> Mapping[int, tuple[int | None, str, datetime, datetime, str]]:
        """What stands in every booking of a workshop."""
        return {
            each.id: (
                each.number,
                self._marked(in_language(each.title, self.language), each),
                self._local(each.time.starts_at),
                self._local(each.time.ends_at),
                in_language(each.room, self.language),
            )
            for each in self.slots.workshops.values()
        }

    @cached_property
    def _states(self) -> Mapping[BookingState, str]:
        _ = catalogue(self.language).gettext
        return {
            BookingState.CONFIRMED: _("Has a place"),
            BookingState.WAITING: _("Waiting"),
            BookingState.OFFERED: _("Place offered"),
        }

    def _marked(self, name: str, workshop: ListedWorkshop) -> str:
        return CALLED_OFF[self.language].format(name) if workshop.is_called_off else name

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def _named(self, column: str, words: str, slot: int) -> str:
        """Return what a column is called: after the kind of what stands in it."""
        kind = self.slots.kinds[slot]
        if column == "question" or kind is ItemKind.WORKSHOP:
            return words
        name = kind_name(kind, self.language) if kind else choice_name(self.language)
        return name if column == "workshop" else f"{words} {name}"

    def _slot_name(self, slot: int) -> str:
        if len(self.slots.starts) == 1:
            return ""
        start, dates = self.slots.starts[slot], Dates(self.language, self.zone)
        days = {each.astimezone(self.zone).date() for each in self.slots.starts}
        day = f"{dates.date(start)}, " if len(days) > 1 else ""
        return f" {day}{dates.bare_time(start)}"

    def place(self, booking: ListedBooking, name: str) -> str:
        """Return what a cell says of a booking in a workshop that is called so."""
        if booking.state is BookingState.CONFIRMED:
            return name
        if booking.state is BookingState.OFFERED:
            return OFFERED[self.language].format(name)
        if booking.position is None:
            return KEPT[self.language].format(name)
        return numbered(name, booking.position, self.language)


@dataclass(frozen=True)
class SlotColumns:
    """The columns of people's workshops, each for what is said of one choice."""

    cells: BookingCells
    places: Mapping[tuple[int, str], int]  # of a choice and what is said of it, among the columns
    names: Sequence[str]
    headings: Sequence[Heading]

    def read(self, part: ListedPart) -> list[list[str]]:
        """Return the cells of each column; most are empty, so only bookings are gone through."""
        found = [[""] * len(part.bookings) for _column in self.names]
        known = self._known
        for row, bookings in enumerate(part.bookings):
            for booking in bookings:
                if booking.item_id not in known:
                    continue
                name, has_place, waits, asks = known[booking.item_id]
                column = has_place if booking.state is BookingState.CONFIRMED else waits
                if column is not None:
                    _add(found[column], row, ", ", self.cells.place(booking, name))
                if booking.question and asks is not None:
                    _add(found[asks], row, "\n", booking.question)
        if any(what == WISHES for _slot, what in self.places):
            for row, lines in enumerate(part.wishes):
                self._add_wishes(found, row, lines)
        return found

    def _add_wishes(self, found: list[list[str]], row: int, lines: Sequence[Ranked]) -> None:
        workshops, of_slot = self.cells.slots.workshops, defaultdict[int, list[Ranked]](list)
        for line in lines:
            if line.item_id in workshops:
                of_slot[workshops[line.item_id].slot_index].append(line)
        for slot, mine in of_slot.items():
            if (column := self.places.get((slot, WISHES))) is not None:
                said = ranking.of_rows(mine)
                found[column][row] = wished(said, self._names, self.cells.language)

    @cached_property
    def _names(self) -> Mapping[int, str]:
        return {key: name for key, (name, *_columns) in self._known.items()}

    @cached_property
    def _known(self) -> Mapping[int, tuple[str, int | None, int | None, int | None]]:
        """What each workshop is called, and the columns of places, queues and questions in it."""
        has_place, waits, asks, _wishes = PER_SLOT
        return {
            each.id: (
                self.cells.name(each),
                self.places.get((each.slot_index, has_place)),
                self.places.get((each.slot_index, waits)),
                self.places.get((each.slot_index, asks)),
            )
            for each in self.cells.slots.workshops.values()
        }


def _add(cells: list[str], row: int, between: str, words: str) -> None:
    cells[row] = f"{cells[row]}{between}{words}" if cells[row] else words
