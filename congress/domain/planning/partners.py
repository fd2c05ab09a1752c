"""Who carries a workshop sees who comes to it: for how long, and behind which code."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Part
from congress.domain.programme import DIALOGUE_PARTNER, ItemKind, PersonState

CODE_VALID = timedelta(minutes=10)
LOGIN_LENGTH = timedelta(hours=1)
MOST_WRONG = 5  # codes that are typed for one that was sent
MOST_CODES, CODES_WITHIN = 5, timedelta(hours=1)  # sent to one person
READABLE_AFTER = timedelta(days=30)  # after the last day
HELD = frozenset({CongressState.PUBLISHED, CongressState.FINISHED})


class TooManyCodes(Refused):
    """Somebody was sent as many codes as one may be sent in an hour."""


class NamesNotYours(Refused):
    """Whoever may not see registrations was to say which mailbox opens a list of names."""


@dataclass(frozen=True)
class SentCode:
    """A code that was sent, and what became of it."""

    asked_at: datetime
    wrong: int = 0
    is_used: bool = False

    def is_in_force(self, now: datetime) -> bool:
        """Whether it still opens something."""
        return not self.is_used and self.wrong < MOST_WRONG and now < self.asked_at + CODE_VALID


def is_logged_in(started_at: datetime, now: datetime) -> bool:
    """Whether a login lasts."""
    return now < started_at + LOGIN_LENGTH


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


def is_partner(part: Part) -> bool:
    """Whether it is what a list of names is shown for, once agreed to and released."""
    return part.kind is ItemKind.WORKSHOP and part.role == DIALOGUE_PARTNER


def require_may_open_names(parts: Iterable[Part], *, sees_attendees: bool) -> None:
    """Refuse that who does not see names says which mailbox opens them. Raises NamesNotYours.

    What somebody has answered, and whether it is released, does not count: whoever edits the
    programme can change both afterwards.
    """
    if not sees_attendees and any(is_partner(part) for part in parts):
        raise NamesNotYours
