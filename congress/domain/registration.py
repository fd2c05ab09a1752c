"""Registrations and bookings: their states, the period for them, and why one may be refused.

Who gets a place is decided in `domain.places`.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.texts import Texts


class RegistrationState(StrEnum):
    """Where somebody stands with a congress."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    REQUESTED = "requested"  # asked to take part, and organisers have not decided
    OFFERED = "offered"  # a place is held for whoever waited for it, until a moment


class BookingState(StrEnum):
    """Where somebody stands with one workshop."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"


class Phase(StrEnum):
    """What the registration period says at some moment."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(eq=False)
class RegistrationNotOpenYet(Refused):
    """Registration has not opened yet."""

    opens_at: datetime


@dataclass(eq=False)
class Closed:
    """What a refusal names that comes too late: the first moment at which it does."""

    closes_at: datetime


class RegistrationClosed(Closed, Refused):
    """Registration has closed."""


class ChangesClosed(Closed, Refused):
    """Whoever is registered can change nothing any more."""


class WithdrawalsClosed(Closed, Refused):
    """Places are given back no more, and nobody withdraws by themself."""


class NotInvited(Refused):
    """Registration is by invitation only, and this is not by one."""


class MembersOnly(Refused):
    """Members of the network meet, and this person speaks for none of them on that day."""


class CongressNotTakingPart(Refused):
    """The congress is not published: a draft, cancelled or finished."""


class CongressCalledOff(CongressNotTakingPart):
    """The congress does not take place."""


class CongressOver(CongressNotTakingPart):
    """The congress has taken place."""


class CongressFull(Refused):
    """Every place is taken and there is no waiting list."""


@dataclass(eq=False)
class AboutWorkshop:
    """What a refusal names that is about one workshop."""

    title: Texts


class WorkshopFull(AboutWorkshop, Refused):
    """Every place of a workshop is taken and there is no waiting list for it."""


class WorkshopCancelled(AboutWorkshop, Refused):
    """A workshop that was chosen does not take place."""


class GivenByWishes(AboutWorkshop, Refused):
    """Places in a workshop are given by wishes, and have not been given yet."""


class NoPlaceIn(AboutWorkshop, Refused):
    """A workshop has no free place, and the organiser has not said what to do about it."""


class SafePlaceNotFree(AboutWorkshop, Refused):
    """The place to hold while waiting is itself taken; a queue is no safe place."""


class PlaceTaken(AboutWorkshop, Refused):
    """A place that was given back is somebody else's by now, or others wait for it."""


class PlaceNoLongerFree(Refused):
    """What was taken from somebody by a slip is somebody else's by now."""


class NothingToTakeBack(Refused):
    """Nothing was given back, or places were changed since in another way."""


class UnknownWorkshop(Refused):
    """A chosen workshop does not exist in this congress, or cannot be booked."""


@dataclass(eq=False)
class RegisteredAlready(Refused):
    """An organiser enters somebody who is registered already, by name and address."""

    people: tuple[int, ...]


class SameName(RegisteredAlready):
    """People of this name are registered, and nobody said that this is somebody else."""


class NoMailbox(Refused):
    """Somebody has no address to which a mail could go."""


class RegistrationCancelled(Refused):
    """The registration has ended; there is nothing to change any more."""


@dataclass(eq=False)
class CongressHasBegun(Refused):
    """From its beginning on, places of a congress no longer change hands here."""

    starts_at: datetime


@dataclass(eq=False)
class LastModuleHasBegun(Refused):
    """From the beginning of its last module on, nobody comes to a course instead of somebody."""

    begins_at: datetime


class OfferOpen(Refused):
    """A place is offered and not answered yet, so the registration is not handed over."""


class SubstitutesOff(Refused):
    """Places are not handed over to colleagues here, unless organisers see to it."""


class NoFreePlace(Refused):
    """There is no place to give; the organiser may give one beyond the capacity on purpose."""


class NotDecided(Refused):
    """Somebody asked to take part: nothing about places is done before that is decided."""


class NotRequested(Refused):
    """There is no request to take part to decide about, or it was decided meanwhile."""


class NotWaiting(Refused):
    """Whoever was to move up does not wait, or does not wait any longer."""


@dataclass(eq=False)
class OfferExpired(Refused):
    """The offered place was held until this moment, and no longer."""

    until: datetime


class NoOffer(Refused):
    """No place is offered, or no longer: the offer was declined or ran out."""


@dataclass(frozen=True)
class RegistrationPeriod:
    """When one may register, change what one has chosen, and give it back.

    Each end is the first moment too late: midnight after the named day. Without ends of their own
    changes end with registration, and giving back ends when the congress begins.
    """

    opens_at: datetime
    closes_at: datetime
    changes_until: datetime | None = None
    withdrawals_until: datetime | None = None

    @property
    def changes_close_at(self) -> datetime:
        """Until before when whoever is registered may change workshops and details."""
        return self.changes_until or self.closes_at

    def withdrawals_close_at(self, starts_at: datetime) -> datetime:
        """Until before when one may give a place back, or everything, in what begins then."""
        return min(self.withdrawals_until or starts_at, starts_at)

    def as_told(self, starts_at: datetime) -> "RegistrationPeriod":
        """Return this without a last day to cancel that is after what begins: it ends nothing."""
        is_early = self.withdrawals_close_at(starts_at) < starts_at
        return self if is_early else replace(self, withdrawals_until=None)

    def phase(self, now: datetime) -> Phase:
        if now < self.opens_at:
            return Phase.NOT_YET
        return Phase.OPEN if now < self.closes_at else Phase.CLOSED

    def changes_close_for(self, chooses_until: datetime | None) -> datetime:
        """Until before when somebody may change something whose workshop was called off."""
        return max(self.changes_close_at, chooses_until or self.changes_close_at)

    def prolonged(self, chooses_until: datetime | None) -> "RegistrationPeriod":
        """Return this as it is for somebody who may change something for longer."""
        closes_at = self.changes_close_for(chooses_until)
        if closes_at == self.changes_close_at:
            return self
        return replace(self, changes_until=closes_at)

    def is_open_for_changes(self, now: datetime) -> bool:
        """Return whether whoever is registered may change something."""
        return self.opens_at <= now < self.changes_close_at

    def closes_otherwise(self, after: "RegistrationPeriod", now: datetime) -> bool:
        """Return whether another deadline matters to whoever is registered: one is yet to come.

        Both are as they are told.
        """
        pairs = (
            (self.changes_close_at, after.changes_close_at),
            (self.withdrawals_until or WHEN_IT_BEGINS, after.withdrawals_until or WHEN_IT_BEGINS),
        )
        return any(is_other_deadline(*pair, now) for pair in pairs)


# By their names, as everything that keeps them calls them.
DEADLINES = ("closes_at", "changes_until", "withdrawals_until")
# In the place of no end of their own: later than any named day.
WHEN_IT_BEGINS = datetime.max.replace(tzinfo=UTC)


def is_other_deadline(before: datetime, after: datetime, now: datetime) -> bool:
    """Return whether another deadline matters to who goes by it: the old or the new is to come."""
    return before != after and now < max(before, after)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment after a named day, local time: the day counts to its end.

    Midnight can be missing or doubled in some zones; the first moment of the next day is taken
    in the sense of `fold=0`.
    """
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
