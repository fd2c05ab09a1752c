"""VTIMEZONE components for the zones of the IANA database (RFC 5545, section 3.6.5).

Outlook shows a wrong hour, or refuses the file, when a zone is missing or its rules are cut
short; so a zone with regular rules is written with them from 1970 on. `zoneinfo` tells offsets
and no rules: they are recognised in the changes of the years around. The library writes single
changes, which Thunderbird reads an hour wrong (docs/decisions/0017-our-own-vtimezone.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

FIRST_YEAR = 1970
# In so many years a weekday of a month falls on every date it can, so "the last Sunday" and
# "the fourth Sunday" are told apart.
YEARS_TO_RECOGNISE = 12
DAYS_OF_THE_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Change:
    """A moment at which clocks are moved: local time before it, and the offsets on both sides."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str


def vtimezone(key: str, first_year: int, last_year: int) -> Timezone:
    """Return the zone as true for these years.

    Where the changes follow no yearly weekday (Morocco's Ramadan, a country that gave up summer
    time), each one from the year before to the year after is written out.
    """
    zone = ZoneInfo(key)
    component = Timezone()
    component.add("tzid", key)
    end = max(last_year, first_year + YEARS_TO_RECOGNISE)
    kinds = _by_kind(_changes(zone, first_year, end))
    days = [_yearly_day(kind, end - first_year + 1) for kind in kinds]
    if not kinds:
        component.add_component(_without_change(zone, first_year))
    elif all(days):
        for kind, day in zip(kinds, days, strict=True):
            component.add_component(_yearly(kind[0], day))
    else:
        component.add_component(_without_change(zone, first_year - 1))
        for change in _changes(zone, first_year - 1, last_year + 1):
            component.add_component(_once(change))
    return component


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> list[Change]:
    """Return every change of the offset in these years, to the second."""
    moment = datetime(first_year, 1, 1, tzinfo=UTC)
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC)
    found = []
    while moment < end:
        following = moment + timedelta(days=1)
        if _offset(zone, moment) != _offset(zone, following):
            found.append(_change_between(zone, moment, following))
        moment = following
    return found


def _change_between(zone: ZoneInfo, low: datetime, high: datetime) -> Change:
    before, after = _offset(zone, low), _offset(zone, high)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    name = high.astimezone(zone).tzname() or ""
    return Change((high + before).replace(tzinfo=None), before, after, name)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _by_kind(changes: Sequence[Change]) -> list[list[Change]]:
    """Group changes that may be one rule: the same month, clock time and offsets."""
    kinds: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        kind = (change.local.month, change.local.time(), change.before, change.after)
        kinds.setdefault(kind, []).append(change)
    return list(kinds.values())


def _yearly_day(changes: Sequence[Change], years: int) -> str:
    """Return the weekday of the month on which one of these changes comes each year, or ''."""
    days = set.intersection(*(_days_of_the_month(change.local) for change in changes))
    return max(days, default="") if len(changes) == years else ""


def _days_of_the_month(day: datetime) -> set[str]:
    """Return how a rule can call this day: the fourth Sunday, the last Sunday."""
    name = DAYS_OF_THE_WEEK[day.weekday()]
    is_last = (day + A_WEEK).month != day.month
    return {f"{(day.day - 1) // 7 + 1}{name}"} | ({f"-1{name}"} if is_last else set())


def _yearly(change: Change, weekday: str) -> Component:
    month = change.local.replace(year=FIRST_YEAR, day=1)
    days = (month + timedelta(days=number) for number in range(31))
    first = next(day for day in days if weekday in _days_of_the_month(day))
    component = _observance(first, change.before, change.after, change.name)
    rule = {"FREQ": "YEARLY", "BYDAY": weekday, "BYMONTH": change.local.month}
    component.add("rrule", rule)
    return component


def _once(change: Change) -> Component:
    return _observance(change.local, change.before, change.after, change.name)


def _without_change(zone: ZoneInfo, year: int) -> Component:
    """Return the offset in force when a year begins, as if it had been so from 1970 on."""
    moment = datetime(year, 1, 1, tzinfo=UTC)
    offset = _offset(zone, moment)
    start = datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001 - local by definition
    return _observance(start, offset, offset, moment.astimezone(zone).tzname() or "")


def _observance(start: datetime, before: timedelta, after: timedelta, name: str) -> Component:
    component = TimezoneDaylight() if after > before else TimezoneStandard()
    component.add("dtstart", start)
    component.add("tzoffsetfrom", before)
    component.add("tzoffsetto", after)
    if name:
        component.add("tzname", name)
    return component
