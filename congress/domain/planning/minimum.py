"""How many people a workshop needs, and when organisers are asked whether it takes place without.

They are asked once: whoever said that it takes place all the same is not asked again, unless they
name another number or another day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.concerns import is_unreachable
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.registration import RegistrationPeriod
from congress.domain.texts import Texts
from congress.domain.times import local_time
from congress.domain.times.time_slots import TimeSlot

HOUR = 9  # of the day, local time, at which organisers read it
AT_THE_LATEST = timedelta(days=1)  # before it begins: somebody has to hear of it in time


class MinimumAbovePlaces(Refused):
    """A workshop is to need more people than it has places for."""


class MinimumTooLate(Refused):
    """The day to look at it is not before that of the workshop."""


class DayWithoutMinimum(Refused):
    """There is a day to look at how many there are, and no number."""


class NothingToSettle(Refused):
    """Nobody is asked any more whether a workshop takes place: it was settled, or enough came."""


class DayNotToCome(Refused):
    """The other day to look at it is over, or is not before that of the workshop."""


@dataclass(frozen=True)
class Counted:
    """A workshop with a minimum, as it stands; `minimum_by` of None follows registration."""

    id: int
    code: str
    number: int | None
    title: Texts
    short_title: Texts
    slot: TimeSlot
    taken: int
    minimum: int
    minimum_by: date | None = None
    cancelled: bool = False
    asked_at: datetime | None = None
    settled_at: datetime | None = None


def require_possible(plan: ItemPlan, zone: ZoneInfo) -> None:
    """Refuse a minimum that nobody can reach, and a day that is too late or has no number."""
    if plan.minimum is None:
        if plan.minimum_by is not None:
            raise DayWithoutMinimum
        return
    if is_unreachable(plan):
        raise MinimumAbovePlaces
    if plan.minimum_by is not None and not is_in_time(plan.minimum_by, plan.slot, zone):
        raise MinimumTooLate


def is_in_time(day: date, slot: TimeSlot, zone: ZoneInfo) -> bool:
    """Return whether a day is before that of a workshop."""
    return day < slot.starts_at.astimezone(zone).date()


def looked_at(
    day: date | None, slot: TimeSlot, period: RegistrationPeriod, zone: ZoneInfo
) -> datetime:
    """Return when it is looked at: in the morning of its day, or after registration has closed.

    At the latest a day before it begins, also where it was moved since.
    """
    on = day or period.closes_at.astimezone(zone).date()
    latest = slot.starts_at - AT_THE_LATEST
    return min(local_time.at_or_after(on, time(HOUR), zone), latest)


def is_open(
    item: Counted,
    state: CongressState,
    period: RegistrationPeriod,
    zone: ZoneInfo,
    *,
    now: datetime,
) -> bool:
    """Return whether organisers are to say if a workshop takes place: its day has come, too few.

    Of what is called off, has begun or was settled nobody asks.
    """
    if state is not CongressState.PUBLISHED or item.cancelled or item.settled_at is not None:
        return False
    if item.taken >= item.minimum or now >= item.slot.starts_at:
        return False
    return now >= looked_at(item.minimum_by, item.slot, period, zone)


def require_to_come(day: date, slot: TimeSlot, zone: ZoneInfo, *, now: datetime) -> None:
    """Refuse another day to look at it that has begun, or on which it is too late."""
    if day <= now.astimezone(zone).date() or not is_in_time(day, slot, zone):
        raise DayNotToCome
