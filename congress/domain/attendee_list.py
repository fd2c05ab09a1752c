"""The attendee list: what is asked for, which columns it has, and who sees which of them."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from congress.domain.access import Right, Role, may
from congress.domain.fields import ANSWERS, FIELDS, NAMES
from congress.domain.folding import fold_sought
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.own_questions import COLUMN, Given, OwnQuestion
from congress.domain.priority import OTHERS
from congress.domain.programme import ItemKind
from congress.domain.ranking import Ranked
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import VOLUNTARY
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot

LONGEST_SEARCH = 100
MOST_WORDS = 8
MOST_MARKED = 200  # people with whom one thing is done at once: each is a transaction of its own


class Sort(StrEnum):
    """What the list is sorted by; people of the same rank stand by name."""

    NAME = "name"
    ORGANISATION = "organisation"
    WORKSHOP = "workshop"
    REGISTERED = "registered"
    STATE = "state"


@dataclass(frozen=True)
class Wanted:
    """Which attendees, in which order; workshops are named by their ids."""

    search: str = ""
    state: RegistrationState | None = None
    workshop_id: int | None = None
    waiting_for_id: int | None = None
    unchosen_id: int | None = None  # called off, and not chosen anew since
    silent_id: int | None = None  # of a choice by wishes: has said nothing of it, nor a place
    was_in_id: int | None = None  # was there, with a place in it or without
    missed_id: int | None = None  # has a place in it and was not there, as far as that is known
    registration_id: int | None = None  # this person alone
    ids: tuple[int, ...] = ()  # these people, marked one by one
    has_come: bool | None = None  # on any day; only those with a place are meant
    has_no_address: bool = False  # and has or waits for a place, so has to be told otherwise
    has_dead_mailbox: bool = False  # whose address takes no mail; likewise
    is_unconfirmed: bool = False  # nobody has said yet that the address is theirs
    is_substituted: bool = False  # somebody else came instead
    has_declined: bool = False  # in their calendar, and is still registered
    has_overlap: bool = False  # two workshops at one time, and has not given up either yet
    quota_key: str = ""  # counted with this organisation
    group_id: int | None = None  # registered in this group
    on_reserve: bool = False  # waits on the reserve list of one
    priority: int | None = None  # of the group that they are in
    mode: Mode | None = None  # how they take part
    is_invited: bool | None = None  # whether they came by an invitation
    kind: PersonKind | None = None  # as which they come
    answered: tuple[str, str] | None = None  # a question and what was chosen; empty: nothing
    sort: Sort = Sort.NAME
    is_descending: bool = False
    names_only: bool = False  # found by name and organisation, not by what is not shown

    @property
    def words(self) -> tuple[str, ...]:
        """What to look for, folded like the text it is looked for in."""
        printable = "".join(char if char.isprintable() else " " for char in self.search)
        return tuple(fold_sought(printable[:LONGEST_SEARCH]).split()[:MOST_WORDS])


PRIORITY = "priority"  # the group that somebody is in, where there are any
MODE = "mode"  # how somebody takes part, where one chooses
WAS_IN = "was_in"  # the workshops that somebody was in
WISHES = "wishes"  # in choices whose places are given by them
PER_SLOT = ("workshop", "waiting_for", "question", WISHES)
# The columns of a file, in their order. Those of workshops stand once per choice, behind the
# others, so that a choice that is added moves none of them.
COLUMNS = (
    "state",
    "family_name",
    "given_name",
    "email",
    "organisation",
    "ags",
    *(each.name for each in ANSWERS),
    *VOLUNTARY,
    "kind",
    "registered_at",
    "language",
    "came",
    WAS_IN,
    PRIORITY,
    MODE,
    "invitation",
    "note",
    *PER_SLOT,
)
RIGHTS = {each.name: each.right for each in FIELDS}


def readable(roles: frozenset[Role], questions: Sequence[OwnQuestion]) -> tuple[OwnQuestion, ...]:
    """Return the questions of a congress whose answers somebody with these roles may read."""
    return tuple(each for each in questions if may(roles, each.right))


def visible(
    roles: frozenset[Role],
    questions: Sequence[OwnQuestion] = (),
    *,
    has_groups: bool = False,
    is_hybrid: bool = False,
    has_wishes: bool = False,
) -> tuple[str, ...]:
    """Return the columns that somebody with these roles may see in a congress."""
    missing = {PRIORITY: not has_groups, MODE: not is_hybrid, WISHES: not has_wishes}
    here = [each for each in COLUMNS if not missing.get(each)]
    seen = (each for each in here if may(roles, RIGHTS.get(each, Right.SEE_ATTENDEES)))
    return _in_order((*seen, *(each.column for each in readable(roles, questions))))


def _in_order(columns: Collection[str]) -> tuple[str, ...]:
    """Return columns as a file has them: what a congress asks on its own before the choices."""
    asked = [each for each in columns if each.startswith(COLUMN)]
    known = [each for each in COLUMNS if each in columns]
    first = [each for each in known if each not in PER_SLOT]
    return (*first, *asked, *(each for each in known if each in PER_SLOT))


NOTE = "note"
NAME = "name"  # of the page, where it stands first in every row
# What a page can show behind the name. The order is everybody's, so that a shared view reads alike.
CHOOSABLE = (
    "organisation",
    "ags",
    *(each.name for each in ANSWERS),
    "email",
    "workshop",
    "waiting_for",
    "question",
    WISHES,
    "state",
    "kind",
    *VOLUNTARY,
    "language",
    "registered_at",
    "came",
    WAS_IN,
    PRIORITY,
    MODE,
    "invitation",
    "note",
)
SHOWN = ("organisation", "workshop", "waiting_for", "state", "registered_at")


def choosable(
    roles: frozenset[Role],
    questions: Sequence[OwnQuestion] = (),
    *,
    has_groups: bool = False,
    is_hybrid: bool = False,
    has_wishes: bool = False,
) -> tuple[str, ...]:
    """Return the columns of the page from which somebody with these roles may choose."""
    may_see = visible(roles, has_groups=has_groups, is_hybrid=is_hybrid, has_wishes=has_wishes)
    asked = (each.column for each in readable(roles, questions))
    return (*(each for each in CHOOSABLE if each in may_see), *asked)


def chosen(asked: Collection[str], offered: Sequence[str]) -> tuple[str, ...]:
    """Return the columns to show: those asked for as far as they are offered, or the usual ones.

    The name asks for nothing: it stands in every list, so it alone is a list of names.
    """
    known = [each for each in offered if each in asked]
    if not known and NAME not in asked:
        known = [each for each in offered if each in SHOWN]
    return tuple(known)


def in_file(columns: Collection[str]) -> tuple[str, ...]:
    """Return the columns of a file that says what a page with these columns says."""
    return _in_order((*NAMES, *columns))


def with_state(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a file with somebody in it who has not confirmed or only asked."""
    return _in_order(("state", *columns))


def in_any_file(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a file for which none were chosen: files go on to others.

    What organisers note for each other stands only where it was asked for.
    """
    return tuple(each for each in columns if each != NOTE)


class ListedBooking(NamedTuple):
    """A place in a workshop or a position (from 1) in its queue, as the list names it."""

    id: int
    item_id: int
    state: BookingState
    question: str = ""
    position: int | None = None

    def as_wish(self) -> "ListedBooking":
        """The same of somebody who waits for an answer: what is held for them is no place yet."""
        return self._replace(state=BookingState.WAITING, position=None)


class ListedAttendee(NamedTuple):
    """One line of the list; files of thousands are made of `attendee_parts`."""

    id: int
    state: RegistrationState
    given_name: str
    family_name: str
    email: str
    organisation: str
    answers: Mapping[str, str]
    language: str
    created_at: datetime
    ags: str | None = None
    note: str = ""  # of organisers
    unconfirmed_until: datetime | None = None  # its place is held until then
    priority: int = OTHERS
    kind: str = PersonKind.ATTENDEE
    mode: Mode = Mode.ONSITE
    position: int | None = None  # in the congress's own queue
    bookings: Sequence[ListedBooking] = ()
    consents: AbstractSet[str] = frozenset()
    days: Sequence[date] = ()  # on which they came
    was_in: Sequence[int] = ()  # workshops, with a place in them or without
    said: Given = MappingProxyType({})  # to what the congress asks on its own
    reserve: int | None = None  # position on the reserve list of their organisation
    invitation: str | None = None  # whom it was for by which they came; may be empty
    wishes: Sequence[Ranked] = ()

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the registration ends unless its address is confirmed."""
        return self.unconfirmed_until is not None and self.state is not RegistrationState.CANCELLED

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class ListedWorkshop:
    """A workshop as a column or a filter names it."""

    id: int
    number: int | None
    title: Texts
    slot_index: int
    time: TimeSlot
    room: Texts
    is_called_off: bool = False


@dataclass(frozen=True)
class Slots:
    """When each choice of workshops is, and which workshop stands in which of them."""

    starts: tuple[datetime, ...] = ()
    kinds: tuple[ItemKind | None, ...] = ()  # of each choice; None: of several kinds
    workshops: Mapping[int, ListedWorkshop] = field(default_factory=dict)
    by_wishes: frozenset[int] = frozenset()  # the choices whose places are given so
