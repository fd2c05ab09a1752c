"""Who carries a workshop sees who comes to it, and for how long; behind a code by mail."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Part
from congress.domain.programme import DIALOGUE_PARTNER, TRAINER, ItemKind, PersonState

READABLE_AFTER = timedelta(days=30)  # after the last day
HELD = frozenset({CongressState.PUBLISHED, CongressState.FINISHED})


class NamesNotYours(Refused):
    """Whoever may not see registrations was to say which mailbox opens a list of names."""


def own_workshops(
    parts: Iterable[Part], state: CongressState, *, ends_at: datetime, now: datetime
) -> tuple[Part, ...]:
    """Return the workshops that somebody agreed to carry, in whatever role.

    Not before the congress is published, nor long after it, nor where it is called off.
    """
    if state not in HELD or now >= ends_at + READABLE_AFTER:
        return ()
    carried = {
        part.item_id: part
        for part in parts
        if part.kind is ItemKind.WORKSHOP
        and part.state is PersonState.CONFIRMED
        and not part.is_cancelled
    }
    return tuple(carried.values())


def readable_workshops(
    parts: Iterable[Part],
    state: CongressState,
    *,
    named: Collection[int],
    ends_at: datetime,
    now: datetime,
) -> tuple[Part, ...]:
    """Return the workshops whose people somebody may see, as the privacy notice says.

    They carry them as a dialogue partner, and are `named` there by the released programme.
    """
    listed = [part for part in parts if is_partner(part) and part.item_id in named]
    return own_workshops(listed, state, ends_at=ends_at, now=now)


def trains(
    parts: Iterable[Part],
    state: CongressState,
    *,
    named: Collection[int],
    is_course: bool,
    ends_at: datetime,
    now: datetime,
) -> bool:
    """Return whether somebody leads a training course, and so sees who takes part in all of it.

    They have agreed to be its trainer, and are `named` so by the released programme.
    """
    is_held = is_course and state in HELD and now < ends_at + READABLE_AFTER
    return is_held and any(
        part.role == TRAINER
        and part.state is PersonState.CONFIRMED
        and not part.is_cancelled
        and part.item_id in named
        for part in parts
    )


def is_partner(part: Part) -> bool:
    """Whether it is what a list of names is shown for, once agreed to and released."""
    return part.kind is ItemKind.WORKSHOP and part.role == DIALOGUE_PARTNER


def require_may_open_names(parts: Iterable[Part], *, sees_attendees: bool) -> None:
    """Refuse that who does not see names says which mailbox opens them. Raises NamesNotYours.

    What somebody has answered, and whether it is released, does not count: whoever edits the
    programme can change both afterwards.
    """
    opens_names = any(is_partner(part) or part.role == TRAINER for part in parts)
    if opens_names and not sees_attendees:
        raise NamesNotYours
