"""Publishing: the states of a congress, and what of a programme people are told."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import EditedItem, changed_fields
from congress.domain.programme import Face
from congress.domain.times.time_slots import TimeSlot


class StateUnreachable(Refused):
    """A congress does not go from its state to the one that was asked for."""


class StateUnseen(Refused):
    """The congress is not as it was looked at by whoever wants to change its state."""


class ChangesUnseen(Refused):
    """The programme is not as it was looked at by whoever wants to publish it."""


@dataclass(eq=False)
class NotBegunYet(Refused):
    """A congress that is still to come cannot have taken place."""

    starts_at: datetime


class SomebodyRegistered(Refused):
    """A congress that somebody has registered for cannot become a draft again."""


# Calling off and its undoing are no mere states: `releasing.call_off` and `hold_after_all` tell
# everybody and correct calendars.
NEXT_STATES: Mapping[CongressState, tuple[CongressState, ...]] = {
    CongressState.DRAFT: (CongressState.PUBLISHED,),
    CongressState.PUBLISHED: (
        CongressState.DRAFT,
        CongressState.FINISHED,
        CongressState.CANCELLED,
    ),
    CongressState.CANCELLED: (CongressState.PUBLISHED,),
    CongressState.FINISHED: (CongressState.PUBLISHED,),
}

ENDED = frozenset({CongressState.CANCELLED, CongressState.FINISHED})


def is_on_calendars(before: Face, after: Face) -> bool:
    """Return whether calendars of people say what changed: all but how it is described."""
    return not set(changed_fields(before, after)) <= {"abstract", "short_title"}


def is_on_public_calendars(before: Face, after: Face) -> bool:
    """Return whether feeds say what changed: all but what only lists and pages call it.

    The link to a workshop online is for those who have a place in it.
    """
    return not set(changed_fields(before, after)) <= {"short_title", "online_link"}


def tells_people(congress: Congress, now: datetime) -> bool:
    """Return whether what changes is news: later it is a correction for the record."""
    return congress.state is CongressState.PUBLISHED and not congress.is_over(now)


def mark_of_state(state: CongressState, revision: int) -> str:
    """Return what a question about another state rests on.

    Who is told of an end that is taken back follows from all that changed since; registering
    goes on while one thinks about calling off.
    """
    return f"{state}-{revision}" if state in ENDED else state.value


def require_seen(seen: str | None, state: CongressState, revision: int) -> None:
    """Refuse to answer a question that was put about something else; commands put none."""
    if seen not in {None, mark_of_state(state, revision)}:
        raise StateUnseen


def set_of_changes(items: Iterable[EditedItem]) -> str:
    """Return what tells the changes of a programme from any others, whatever order they are in."""
    faces = sorted(
        (each.id, [_plain(face) for face in (each.released, each.working)])
        for each in items
        if each.changes
    )
    return hashlib.sha256(repr(faces).encode()).hexdigest()[:32]


def _plain(face: Face | None) -> list[Any]:
    if face is None:
        return []
    return [_stated(getattr(face, each.name)) for each in fields(face)]


def _stated(value: object) -> object:
    """Return a part of a face so that it reads the same however it was put together."""
    if isinstance(value, Mapping):
        return sorted(value.items())
    if isinstance(value, TimeSlot):
        return [each.astimezone(UTC).isoformat() for each in (value.starts_at, value.ends_at)]
    if isinstance(value, tuple):
        return [[_stated(getattr(each, part.name)) for part in fields(each)] for each in value]
    return value


def require_can_be_called_off(state: CongressState) -> None:
    """Refuse to call off what nobody could register for, or what is over."""
    if state is not CongressState.PUBLISHED:
        raise StateUnreachable


def require_can_be_held_after_all(state: CongressState, *, is_over: bool) -> None:
    """Refuse to take back a calling off that was none, or when the days have passed."""
    if state is not CongressState.CANCELLED or is_over:
        raise StateUnreachable


def require_can_be_deleted(state: CongressState, *, registrations: int) -> None:
    """Refuse to delete what the public sees, or what people have a link to."""
    if state is not CongressState.DRAFT:
        raise StateUnreachable
    if registrations:
        raise SomebodyRegistered


def require_reachable(
    state: CongressState, wanted: CongressState, *, registrations: int = 0
) -> None:
    """Refuse a state that does not follow from the present one, or that more belongs to.

    Whoever registered has a link, also after a withdrawal, so no draft comes of that any more.
    """
    if CongressState.CANCELLED in {state, wanted} or wanted not in NEXT_STATES[state]:
        raise StateUnreachable
    require_may_be_draft(state, wanted, registrations=registrations)


def may_be_finished(starts_at: datetime, now: datetime) -> bool:
    """Return whether a congress may be called finished: from the beginning of its first day on.

    It may end before its time, so nobody has to wait for the end of its last day.
    """
    return now >= starts_at


def require_may_be_finished(state: CongressState, starts_at: datetime, now: datetime) -> None:
    """Refuse to say of what is still to come that it has taken place."""
    if state is CongressState.FINISHED and not may_be_finished(starts_at, now):
        raise NotBegunYet(starts_at)


def require_may_be_draft(
    state: CongressState, wanted: CongressState, *, registrations: int
) -> None:
    """Refuse to make a draft of what people have a link to."""
    if wanted is CongressState.DRAFT is not state and registrations:
        raise SomebodyRegistered
