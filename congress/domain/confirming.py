"""Confirming a registration from its mailbox: how long a place is held for it, and when it ends.

Whoever has not shown yet that a mailbox is theirs has a place or a position like everybody, and
gets no mail but the one that asks.
"""

from datetime import datetime, timedelta

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing

MOST_HOURS = 72


class ConfirmationOver(Refused):
    """The link to confirm a registration was left too long, or the registration has ended."""


class NotConfirmedYet(Refused):
    """Nobody has shown yet whose request it is, so it is not decided."""


def held_until(congress: Congress, now: datetime) -> datetime | None:
    """Return until when a registration waits to be confirmed; None where nobody is asked to."""
    return now + timedelta(hours=congress.confirm_hours) if congress.confirm_hours else None


def has_lapsed(standing: Standing, now: datetime) -> bool:
    """Return whether a registration ends because nobody has confirmed it in time."""
    is_active = standing.state is not RegistrationState.CANCELLED
    until = standing.unconfirmed_until
    return is_active and until is not None and until <= now


def waits(standing: Standing, now: datetime) -> bool:
    """Return whether a registration still waits to be confirmed, be that possible now or not."""
    is_active = standing.state is not RegistrationState.CANCELLED
    return is_active and standing.is_unconfirmed and not has_lapsed(standing, now)


def require_open(standing: Standing, congress: Congress, now: datetime) -> None:
    """Refuse to confirm what has ended, also where nobody has written the end down yet.

    What is confirmed already is confirmed again without harm.
    """
    if standing.state is RegistrationState.CANCELLED or has_lapsed(standing, now):
        raise ConfirmationOver
    if standing.is_unconfirmed and congress.state is not CongressState.PUBLISHED:
        raise ConfirmationOver


def require_confirmed(standing: Standing) -> None:
    """Refuse to decide about somebody whose address nobody has confirmed."""
    if standing.is_unconfirmed:
        raise NotConfirmedYet
