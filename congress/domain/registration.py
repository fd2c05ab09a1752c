"""Registrations and bookings: their states, the period for them, and why one may be refused.

Who gets a place is decided in `domain.places`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.texts import Texts


class RegistrationState(StrEnum):
    """Where somebody stands with a congress."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class BookingState(StrEnum):
    """Where somebody stands with one workshop."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Phase(StrEnum):
    """What the registration period says at some moment."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


class RegistrationNotOpenYet(Refused):
    """Registration has not opened yet."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at


class RegistrationClosed(Refused):
    """Registration has closed."""

    def __init__(self, closes_at: datetime) -> None:
        super().__init__(closes_at)
        self.closes_at = closes_at


class CongressNotTakingPart(Refused):
    """The congress is not published: a draft, cancelled or finished."""


class CongressFull(Refused):
    """Every place is taken and there is no waiting list."""


class WorkshopFull(Refused):
    """Every place of a workshop is taken and there is no waiting list for it."""

    def __init__(self, title: Texts) -> None:
        super().__init__(title)
        self.title = title


class WorkshopCancelled(Refused):
    """A workshop that was chosen does not take place."""

    def __init__(self, title: Texts) -> None:
        super().__init__(title)
        self.title = title


class SafePlaceNotFree(Refused):
    """The place to hold while waiting is itself taken; a queue is no safe place."""

    def __init__(self, title: Texts) -> None:
        super().__init__(title)
        self.title = title


class UnknownWorkshop(Refused):
    """A chosen workshop does not exist in this congress, or cannot be booked."""


class RegistrationCancelled(Refused):
    """The registration has ended; there is nothing to change any more."""


class CongressHasBegun(Refused):
    """From its beginning on, places of a congress no longer change hands here."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(starts_at)
        self.starts_at = starts_at


class NoFreePlace(Refused):
    """There is no place to give; the organiser may give one beyond the capacity on purpose."""


class NotWaiting(Refused):
    """Whoever was to move up does not wait, or does not wait any longer."""


@dataclass(frozen=True)
class RegistrationPeriod:
    """When one may register, change and withdraw: from `opens_at` until before `closes_at`."""

    opens_at: datetime
    closes_at: datetime  # the first moment too late: midnight after the named day

    def phase(self, now: datetime) -> Phase:
        if now < self.opens_at:
            return Phase.NOT_YET
        return Phase.OPEN if now < self.closes_at else Phase.CLOSED


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment after a named day, local time: the day counts to its end.

    Midnight can be missing or doubled in some zones; the first moment of the next day is taken
    in the sense of `fold=0`.
    """
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
