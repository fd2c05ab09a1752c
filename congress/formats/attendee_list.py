"""The attendee list as a table: the only place where its columns have headings."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from zoneinfo import ZoneInfo

from congress.domain.attendee_list import (
    MODE,
    PER_SLOT,
    PRIORITY,
    ListedAttendee,
    ListedBooking,
    ListedWorkshop,
    Slots,
)
from congress.domain.fields import ANSWERS, FIELDS
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.own_questions import COLUMN, OwnQuestion
from congress.domain.priority import NO_GROUPS, PriorityGroups
from congress.domain.programme import ItemKind
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import VOLUNTARY
from congress.domain.texts import in_language
from congress.formats import answer_words
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.field_words import field_words
from congress.formats.kind_words import choice_name, kind_name
from congress.formats.table import Cell, Heading, Kind

PLACE = {"de": "{} (Platz {})", "en": "{} (position {})"}
YES, NO = {"de": "ja", "en": "yes"}, {"de": "nein", "en": "no"}
KEPT = {"de": "{} (vorgemerkt)", "en": "{} (on their list)"}
OFFERED = {"de": "{} (angeboten)", "en": "{} (offered)"}
DAY = {"de": "%d.%m.%Y", "en": "%d/%m/%Y"}
CALLED_OFF = {"de": "{} (fällt aus)", "en": "{} (cancelled)"}
OF_ANSWERS = frozenset(each.name for each in ANSWERS)


def states(language: str) -> dict[RegistrationState, str]:
    """Return what each state is called."""
    _ = catalogue(language).gettext
    words = (
        *(_("Confirmed"), _("Waiting"), _("Not attending")),
        *(_("To be decided"), _("Place offered")),
    )
    return dict(zip(RegistrationState, words, strict=True))


def kinds(language: str) -> dict[PersonKind, str]:
    """Return what people of each kind are called."""
    _ = catalogue(language).gettext
    words = (_("Attendee"), _("Contributor"), _("Guest of honour"), _("Press"), _("Team"))
    return dict(zip(PersonKind, words, strict=True))


def headings(language: str, questions: Sequence[OwnQuestion] = ()) -> dict[str, tuple[str, int]]:
    """Return the heading and width of every column, by name."""
    _ = catalogue(language).gettext
    words = field_words(language)
    return {
        **{each.name: (words[each.name].label, 26 if each in ANSWERS else 32) for each in FIELDS},
        "state": (_("Status"), 14),
        "family_name": (_("Last name"), 20),
        "given_name": (_("First name"), 18),
        "ags": ("AGS", 12),
        "workshop": (_("Workshop"), 40),
        "waiting_for": (_("Waiting list"), 40),
        "question": (_("Question"), 50),
        "attendee_list": (_("List of attendees"), 20),
        "photos": (_("Photos"), 10),
        "kind": (_("Attending as"), 20),
        "registered_at": (_("Registered on"), 18),
        "language": (_("Language"), 10),
        "came": (_("Was there on"), 14),
        "priority": (_("Priority group"), 20),
        "mode": (_("Takes part"), 12),
        "invitation": (_("By invitation"), 32),
        "note": (_("Internal note"), 50),
        **{each.column: (in_language(each.label, language), 26) for each in questions},
    }


def days_there(days: Sequence[date], language: str) -> str:
    """Return the days on which somebody came, each written as short as in a column."""
    return ", ".join(format(day, DAY[language]) for day in days)


def invited_as(person: ListedAttendee, language: str) -> str:
    """Return whom the invitation was for by which somebody came, if they did."""
    return "" if person.invitation is None else person.invitation or YES[language]


@dataclass(frozen=True)
class AttendeeTable:
    """How the lines of one congress become rows: columns, choices, language, time zone."""

    columns: Sequence[str]
    slots: Slots
    language: str
    zone: ZoneInfo
    questions: Sequence[OwnQuestion] = ()  # of the congress, one column each
    groups: PriorityGroups = NO_GROUPS

    def headings(self) -> list[Heading]:
        """The first row; columns of workshops stand once per choice, named by its start."""
        named = headings(self.language, self.questions)
        kinds = {"registered_at": Kind.MOMENT}
        return [
            Heading(
                self._named(column, words, slot) + self._slot_name(slot),
                width,
                kinds.get(column, Kind.TEXT),
            )
            for column, slot in self._places()
            for words, width in [named[column]]
        ]

    def rows(self, lines: Iterable[ListedAttendee]) -> Iterator[list[Cell]]:
        """One row per person."""
        readers = [self._reader(column, slot) for column, slot in self._places()]
        for line in lines:
            yield [read(line) for read in readers]

    def as_json(self, lines: Iterable[ListedAttendee]) -> str:
        """The same rows for programs, by the names of the columns, values as they are."""
        names = [
            column if slot is None or len(self.slots.starts) == 1 else f"{column}_{slot + 1}"
            for column, slot in self._places()
        ]
        people = [
            {
                name: cell.isoformat() if isinstance(cell, datetime) else cell
                for name, cell in zip(names, row, strict=True)
            }
            for row in self.rows(lines)
        ]
        return json.dumps(people, ensure_ascii=False, indent=2)

    def _places(self) -> list[tuple[str, int | None]]:
        """Each column with its choice, those of one choice side by side."""
        per_slot = [column for column in self.columns if column in PER_SLOT]
        slots = range(len(self.slots.starts))
        return [
            *((column, None) for column in self.columns if column not in PER_SLOT),
            *((column, slot) for slot in slots for column in per_slot),
        ]

    def _named(self, column: str, words: str, slot: int | None) -> str:
        """Return what a column is called: after the kind of what stands in it."""
        if slot is None or column == "question":
            return words
        kind = self.slots.kinds[slot]
        if kind is ItemKind.WORKSHOP:
            return words
        name = kind_name(kind, self.language) if kind else choice_name(self.language)
        return name if column == "workshop" else f"{words} {name}"

    def _slot_name(self, slot: int | None) -> str:
        if slot is None or len(self.slots.starts) == 1:
            return ""
        start, dates = self.slots.starts[slot], Dates(self.language, self.zone)
        days = {each.astimezone(self.zone).date() for each in self.slots.starts}
        day = f"{dates.date(start)}, " if len(days) > 1 else ""
        return f" {day}{dates.bare_time(start)}"

    def _workshop_name(self, workshop: ListedWorkshop) -> str:
        title = in_language(workshop.title, self.language)
        name = f"{workshop.number} {title}" if workshop.number else title
        return CALLED_OFF[self.language].format(name) if workshop.is_called_off else name

    def _reader(self, column: str, slot: int | None) -> Callable[[ListedAttendee], Cell]:
        """How one cell is read from a line; settled once per column, not once per person."""
        if slot is not None:
            return self._reader_of_slot(column, slot)
        if column == "state":
            words = states(self.language)
            _ = catalogue(self.language).gettext
            asked, reserve = _("Not confirmed"), _("Reserve list")
            return lambda line: self._numbered(
                asked if line.is_unconfirmed else reserve if line.reserve else words[line.state],
                line.reserve or line.position,
            )
        if column == "registered_at":
            return lambda line: line.created_at.astimezone(self.zone).replace(
                microsecond=0, tzinfo=None
            )
        if column in VOLUNTARY:
            yes, no = YES[self.language], NO[self.language]
            return lambda line: yes if column in line.consents else no
        if column in OF_ANSWERS or column.startswith(COLUMN):
            return self._reader_of_answer(column)
        called = kinds(self.language)
        named = catalogue(self.language).gettext
        ways = {Mode.ONSITE: named("on site"), Mode.ONLINE: named("online")}
        of_person: dict[str, Callable[[ListedAttendee], Cell]] = {
            "came": lambda line: days_there(line.days, self.language),
            "invitation": lambda line: invited_as(line, self.language),
            "kind": lambda line: called[PersonKind(line.kind)],
            PRIORITY: lambda line: self.groups.name_of(line.priority),
            MODE: lambda line: ways[line.mode],
        }
        return of_person.get(column, attrgetter(column))

    def _reader_of_answer(self, column: str) -> Callable[[ListedAttendee], Cell]:
        asked = {each.column: each for each in self.questions}
        if column in asked:
            return partial(answer_words.cell, asked[column], self.language)
        return lambda line: line.answers.get(column, "")

    def _reader_of_slot(self, column: str, slot: int) -> Callable[[ListedAttendee], Cell]:
        names = {
            each.id: self._workshop_name(each)
            for each in self.slots.workshops.values()
            if each.slot_index == slot
        }
        if column == "question":
            return lambda line: "\n".join(
                each.question for each in line.bookings if each.question and each.item_id in names
            )
        has_place = column == "workshop"
        return lambda line: ", ".join(
            self._place(each, names[each.item_id])
            for each in line.bookings
            if (each.state is BookingState.CONFIRMED) is has_place and each.item_id in names
        )

    def _place(self, booking: ListedBooking, name: str) -> str:
        if booking.state is BookingState.CONFIRMED:
            return name
        if booking.state is BookingState.OFFERED:
            return OFFERED[self.language].format(name)
        if booking.position is None:
            return KEPT[self.language].format(name)
        return self._numbered(name, booking.position)

    def _numbered(self, words: str, position: int | None) -> str:
        return PLACE[self.language].format(words, position) if position else words
