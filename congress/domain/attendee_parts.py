"""Many lines of the attendee list at once, field by field: how files of thousands are made.

What is done with a field is done with all of a part in one go, and no line becomes a value.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import NamedTuple

from congress.domain.attendee_list import ListedAttendee, ListedBooking
from congress.domain.modes import Mode
from congress.domain.own_questions import Given
from congress.domain.ranking import Ranked
from congress.domain.registration import RegistrationState


class ListedPart(NamedTuple):
    """The fields of `ListedAttendee`, in its order, each of everybody in a part of the list.

    One that was not read, as no column says it, is empty.
    """

    id: Sequence[int]
    state: Sequence[RegistrationState]
    given_name: Sequence[str]
    family_name: Sequence[str]
    email: Sequence[str]
    organisation: Sequence[str]
    answers: Sequence[Mapping[str, str]]
    language: Sequence[str]
    created_at: Sequence[datetime]
    ags: Sequence[str | None]
    note: Sequence[str]
    unconfirmed_until: Sequence[datetime | None]
    priority: Sequence[int]
    kind: Sequence[str]
    mode: Sequence[Mode]
    position: Sequence[int | None]
    bookings: Sequence[Sequence[ListedBooking]]
    consents: Sequence[AbstractSet[str]]
    days: Sequence[Sequence[date]]
    was_in: Sequence[Sequence[int]]
    said: Sequence[Given]
    reserve: Sequence[int | None]
    invitation: Sequence[str | None]
    wishes: Sequence[Sequence[Ranked]]

    @property
    def is_unconfirmed(self) -> list[bool]:
        """Of whom the registration ends unless its address is confirmed."""
        over = RegistrationState.CANCELLED
        both = zip(self.state, self.unconfirmed_until, strict=True)
        return [until is not None and state is not over for state, until in both]

    def lines(self) -> list[ListedAttendee]:
        """Return the lines, of which every field was read."""
        return list(map(ListedAttendee._make, zip(*self, strict=True)))
