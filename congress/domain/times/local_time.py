"""What a clock on the wall of a congress shows, and the moment it means."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.registration import end_of_day


@dataclass(eq=False)
class NoSuchTime(Refused):
    """The clocks skip this local time, as they do when summer time begins."""

    local: datetime


def moment(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) that a local time without a zone means.

    A time that the clocks show twice means the earlier moment, the one in summer time, unless
    its `fold` is 1 (PEP 495). Raises `NoSuchTime` for a time that the clocks skip.
    """
    found = local.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(local)
    return found


def is_shown_twice(local: datetime, zone: ZoneInfo) -> bool:
    """Return whether the clocks show a local time twice, as when summer time ends."""
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second  # of a time that is skipped, `fold=1` is the earlier one (PEP 495)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a day, local time."""
    return end_of_day(day - timedelta(days=1), zone).astimezone(UTC)


def later_by_weeks(at: datetime, weeks: int, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) at which the clock shows the same time, whole weeks later.

    A time that the clocks skip on the new day is moved on by as much as they skip.
    """
    return later_by_days(at, 7 * weeks, zone)


def later_by_days(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) at which the clock shows the same time, some days later."""
    local = at.astimezone(zone) + timedelta(days=days)  # on the wall: summer time may differ
    return local.astimezone(UTC)


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) of a clock time on a day; raises `NoSuchTime`."""
    return moment(datetime.combine(day, clock), zone)


def at_or_after(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) of a clock time on a day, moved on by as much as clocks skip."""
    return datetime.combine(day, clock, zone).astimezone(UTC)
