"""VTIMEZONE components for the zones of the IANA database (RFC 5545, section 3.6.5).

Outlook shows a wrong hour, or refuses the file, when a zone is missing or its rules are cut
short; so a zone with regular rules is written with them from 1970 on. The zone's database has
no rules to read, only offsets: the rules are recognised in the changes of the years around.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

FIRST_YEAR = 1970
# In so many years a weekday of a month falls on every date it can, so "the last Sunday" and
# "the fourth Sunday" are told apart.
YEARS_TO_RECOGNISE = 12
DAYS_OF_THE_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
A_WEEK = 7


@dataclass(frozen=True)
class Change:
    """A moment at which clocks are moved: local time before it, and the offsets on both sides."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str


@dataclass(frozen=True)
class Rule:
    """A change that comes every year on the same weekday of a month; -1 is the last one."""

    month: int
    weekday: int
    ordinal: int

    def day_in(self, year: int) -> int:
        if self.ordinal > 0:
            first = datetime(year, self.month, 1, tzinfo=UTC).weekday()
            return 1 + (self.weekday - first) % A_WEEK + A_WEEK * (self.ordinal - 1)
        last_day = monthrange(year, self.month)[1]
        last = datetime(year, self.month, last_day, tzinfo=UTC).weekday()
        return last_day - (last - self.weekday) % A_WEEK

    @property
    def recurrence(self) -> dict[str, str | int]:
        day = f"{self.ordinal}{DAYS_OF_THE_WEEK[self.weekday]}"
        return {"FREQ": "YEARLY", "BYDAY": day, "BYMONTH": self.month}


@lru_cache(maxsize=64)
def vtimezone(key: str, first_year: int, last_year: int) -> Timezone:
    """Return the zone as true for these years; the caller must not alter it.

    Where the changes follow no yearly weekday (Morocco's Ramadan, a country that gave up summer
    time), each one from the year before to the year after is written out.
    """
    zone = ZoneInfo(key)
    component = Timezone()
    component.add("tzid", key)
    end = max(last_year, first_year + YEARS_TO_RECOGNISE)
    kinds = _by_kind(_changes(zone, first_year, end))
    rules = [_rule_of(kind, end - first_year + 1) for kind in kinds]
    if not kinds:
        component.add_component(_without_change(zone, first_year))
    elif all(rules):
        for kind, rule in zip(kinds, rules, strict=True):
            if rule is not None:
                component.add_component(_yearly(kind[0], rule))
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


def _rule_of(changes: Sequence[Change], years: int) -> Rule | None:
    """Return the rule all these changes follow, one in each year, if there is one."""
    if len(changes) != years:
        return None
    month, weekday = changes[0].local.month, changes[0].local.weekday()
    for ordinal in (1, 2, 3, 4, -1):
        rule = Rule(month, weekday, ordinal)
        if all(change.local.day == rule.day_in(change.local.year) for change in changes):
            return rule
    return None


def _yearly(change: Change, rule: Rule) -> Component:
    start = change.local.replace(year=FIRST_YEAR, day=rule.day_in(FIRST_YEAR))
    component = _observance(start, change.before, change.after, change.name)
    component.add("rrule", rule.recurrence)
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
