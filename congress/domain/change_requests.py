"""Requests: what somebody registered wants after the last day for it, and organisers decide.

Nothing changes by asking. One request of a person is open at a time; another one takes its place.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from congress.domain import conditions
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall, Key, Person
from congress.domain.registration import Closed
from congress.domain.registration_request import WishedWorkshop
from congress.domain.wish_conditions import not_by_wishes
from congress.domain.workshops import require_no_clash

LONGEST_NOTE, LONGEST_REASON = 1_000, 2_000  # characters
WORDS_KEPT = timedelta(days=30)  # after the last day of the congress


class RequestKind(StrEnum):
    """What is asked for."""

    WORKSHOPS = "workshops"  # others
    WITHDRAWAL = "withdrawal"


class RequestAnswer(StrEnum):
    """What became of a request."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"  # by whoever asked, or another one took its place


class StillOpen(Refused):
    """What is asked for can be done without asking."""


class NothingAsked(Refused):
    """A request for other workshops names none that one has not."""


class RequestAnswered(Refused):
    """The request was answered or taken back meanwhile."""


class WaitsAlready(Refused):
    """A place is to be given to somebody who waits for it: that is moving them up."""


class ReasonMissing(Refused):
    """Nobody is told no without a reason."""


@dataclass(frozen=True)
class ChangeRequest:
    """What somebody asked for, why, and what became of it (None: still to be decided)."""

    id: int
    registration_id: int
    kind: RequestKind
    wishes: tuple[WishedWorkshop, ...]
    note: str
    asked_at: datetime
    answer: RequestAnswer | None = None
    answered_at: datetime | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.answer is None


def require_askable(
    kind: RequestKind, wishes: Sequence[WishedWorkshop], hall: Hall, person: Person
) -> None:
    """Refuse what needs no request, what cannot be any more, and what asks for nothing."""
    conditions.require(conditions.ASKING, hall, person, CONGRESS)
    shut = why_shut(kind, hall, person)
    if shut is None:
        raise StillOpen
    if not isinstance(shut, Closed):
        raise shut
    if kind is RequestKind.WITHDRAWAL:
        return
    if all(person.booked(wish.item_id) is not None for wish in wishes):
        raise NothingAsked
    for wish in wishes:
        stands = (conditions.known, conditions.taking_place, not_by_wishes)
        conditions.require(stands, hall, person, wish.item_id)
    require_no_clash([hall.workshops[wish.item_id] for wish in wishes])


def require_no_queue(
    wishes: Sequence[WishedWorkshop], person: Person, content: Collection[Key]
) -> None:
    """Refuse to give a place to somebody who waits for it already, unless `content` to wait."""
    if any(person.waits_for(wish.item_id) and wish.item_id not in content for wish in wishes):
        raise WaitsAlready


def has_all(asked: ChangeRequest, person: Person) -> bool:
    """Return whether somebody has a place in each workshop that was asked for, however it came."""
    return bool(asked.wishes) and all(person.has_place(wish.item_id) for wish in asked.wishes)


def why_shut(kind: RequestKind, hall: Hall, person: Person) -> Refused | None:
    """Return why somebody cannot do it by themself; None where they can."""
    window = {
        RequestKind.WORKSHOPS: conditions.open_for_changes,
        RequestKind.WITHDRAWAL: conditions.open_for_withdrawals,
    }[kind]
    return window(hall, person, CONGRESS)


def may_ask(kind: RequestKind, hall: Hall, person: Person) -> bool:
    """Return whether somebody is to ask for it: it is over for them, and the event to come."""
    if conditions.first_reason(conditions.ASKING, hall, person, CONGRESS) is not None:
        return False
    return isinstance(why_shut(kind, hall, person), Closed)
