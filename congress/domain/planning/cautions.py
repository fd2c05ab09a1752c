"""What an organiser should know of the days of a congress before it is announced.

Nothing of it stops anybody: a network may well meet on a Saturday.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from congress.domain.congress_file.plan import CongressPlan

SATURDAY = 5


@dataclass(frozen=True)
class SchoolHolidays:
    """One span of school holidays, both days included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Calendar:
    """What is known of local days: holidays, and until when school holidays are."""

    public_holiday: Callable[[date], str | None]
    school_holidays: Callable[[date], SchoolHolidays | None]
    school_known_until: date


class Warned(StrEnum):
    """What there is to warn of."""

    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAYS = "school_holidays"
    SCHOOL_UNKNOWN = "school_unknown"
    CLOCKS_CHANGE = "clocks_change"
    OVER = "over"


@dataclass(frozen=True)
class Caution:
    """A warning about a day of the congress, or about the last day to register.

    `name` is that of the holiday, `until` the last day of the holidays, or of what is known.
    """

    kind: Warned
    day: date
    name: str = ""
    until: date | None = None
    is_deadline: bool = False


def cautions(plan: CongressPlan, calendar: Calendar, *, now: datetime) -> tuple[Caution, ...]:
    """Return what there is to say of the days of a congress and of its deadline, in their order.

    That nothing is known of school holidays is said once; on which days the clocks change
    concerns the days of the congress only.
    """
    found: list[Caution] = []
    for each in plan.days:
        found += _about(each.day, calendar)
        if _clocks_change(each.day, plan.zone):
            found.append(Caution(Warned.CLOCKS_CHANGE, each.day))
    last = last_day_to_register(plan)
    if plan.registration.closes_at <= now:
        found.append(Caution(Warned.OVER, last, is_deadline=True))
    else:
        found += _about(last, calendar, is_deadline=True)
    return tuple(_said_once(found))


def last_day_to_register(plan: CongressPlan) -> date:
    """Return the local day that the first moment too late ends, or on which it lies."""
    last_moment = plan.registration.closes_at - timedelta(microseconds=1)
    return last_moment.astimezone(plan.zone).date()


def _about(day: date, calendar: Calendar, *, is_deadline: bool = False) -> Iterator[Caution]:
    if day.weekday() >= SATURDAY:
        yield Caution(Warned.WEEKEND, day, is_deadline=is_deadline)
    if name := calendar.public_holiday(day):
        yield Caution(Warned.PUBLIC_HOLIDAY, day, name, is_deadline=is_deadline)
    if span := calendar.school_holidays(day):
        yield Caution(Warned.SCHOOL_HOLIDAYS, day, span.name, span.last, is_deadline)
    elif day > calendar.school_known_until:
        until = calendar.school_known_until
        yield Caution(Warned.SCHOOL_UNKNOWN, day, until=until, is_deadline=is_deadline)


def _clocks_change(day: date, zone: ZoneInfo) -> bool:
    """Return whether summer time begins or ends on a day: night hours need a look then."""
    first, last = (
        datetime.combine(each, time(), zone).utcoffset() for each in (day, day + timedelta(days=1))
    )
    return first != last


def _said_once(found: list[Caution]) -> Iterator[Caution]:
    is_said = False
    for each in found:
        if each.kind is not Warned.SCHOOL_UNKNOWN or not is_said:
            yield each
        is_said = is_said or each.kind is Warned.SCHOOL_UNKNOWN
