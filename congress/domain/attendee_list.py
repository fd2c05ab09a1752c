"""The attendee list: what is asked for, which columns it has, and who sees which of them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from congress.domain.access import Right, Role, may
from congress.domain.people import fold_for_search
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.texts import Texts

LONGEST_SEARCH = 100
MOST_WORDS = 8


class Sort(StrEnum):
    """What the list is sorted by; people of the same rank stand by name."""

    NAME = "name"
    ORGANISATION = "organisation"
    REGISTERED = "registered"
    STATE = "state"


@dataclass(frozen=True)
class Wanted:
    """Which attendees, in which order; workshops are named by their ids."""

    search: str = ""
    state: RegistrationState | None = None
    workshop_id: int | None = None
    waiting_for_id: int | None = None
    sort: Sort = Sort.NAME
    is_descending: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What to look for, folded like the text it is looked for in."""
        printable = "".join(char if char.isprintable() else " " for char in self.search)
        return tuple(fold_for_search(printable[:LONGEST_SEARCH]).split()[:MOST_WORDS])


class Column(StrEnum):
    """The columns of a file, in their order; those of workshops stand once per time slot."""

    STATE = "state"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    EMAIL = "email"
    ORGANISATION = "organisation"
    AGS = "ags"
    FUNCTION = "function"
    WORKSHOP = "workshop"
    WAITING_FOR = "waiting_for"
    QUESTION = "question"
    LIST_CONSENT = "attendee_list"
    PHOTO_CONSENT = "photos"
    REGISTERED_AT = "registered_at"
    LANGUAGE = "language"


PER_SLOT = frozenset({Column.WORKSHOP, Column.WAITING_FOR, Column.QUESTION})
# How to reach somebody is more than who comes.
CONTACT = frozenset({Column.EMAIL})


def visible(roles: frozenset[Role]) -> tuple[Column, ...]:
    """Return the columns that somebody with these roles may see."""
    if not may(roles, Right.SEE_ATTENDEES):
        return ()
    sees_contact = may(roles, Right.CHANGE_ATTENDEES)
    return tuple(column for column in Column if sees_contact or column not in CONTACT)


class ListedBooking(NamedTuple):
    """A place in a workshop or a position (from 1) in its queue, as the list names it."""

    id: int
    item_id: int
    state: BookingState
    question: str = ""
    position: int | None = None


class ListedAttendee(NamedTuple):
    """One line of the list; a tuple, because exports make thousands of them at once."""

    id: int
    state: RegistrationState
    given_name: str
    family_name: str
    email: str
    organisation: str
    function: str
    language: str
    created_at: datetime
    ags: str | None = None
    position: int | None = None  # in the congress's own queue
    bookings: Sequence[ListedBooking] = ()
    consents: AbstractSet[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class ListedWorkshop:
    """A workshop as a column or a filter names it."""

    id: int
    number: int | None
    title: Texts
    slot_index: int


@dataclass(frozen=True)
class Slots:
    """The time slots that offer workshops, and which workshop stands in which of them."""

    starts: tuple[datetime, ...] = ()
    workshops: Mapping[int, ListedWorkshop] = field(default_factory=dict)
