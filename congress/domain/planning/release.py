"""Publishing: the states of a congress, and what of a programme calendars say."""

from collections.abc import Mapping

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import changed_fields
from congress.domain.programme import Face


class StateUnreachable(Refused):
    """A congress does not go from its state to the one that was asked for."""


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


def is_on_calendars(before: Face, after: Face) -> bool:
    """Return whether calendars of people say what changed: all but how it is described."""
    return not set(changed_fields(before, after)) <= {"abstract", "short_title"}


def is_on_public_calendars(before: Face, after: Face) -> bool:
    """Return whether feeds say what changed: all but what only lists and pages call it."""
    return not set(changed_fields(before, after)) <= {"short_title"}


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
    if wanted is CongressState.DRAFT and registrations:
        raise SomebodyRegistered
