"""Days, times and deadlines in words, in the time zone of a congress.

The patterns of a language are data, not sentences to translate. Another language is another row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache, wraps
from typing import ParamSpec

from babel.dates import format_date, get_timezone_name

from congress.domain.times.time_slots import TimeSlot

Asked = ParamSpec("Asked")
END_OF_DAY = 24  # o'clock
When = date  # a moment (`datetime`) is shown as its day in the zone, a date as it is


@dataclass(frozen=True)
class _Words:
    day: str  # CLDR patterns
    day_and_month: str
    weekday: str
    time: str
    o_clock: str
    until: str
    until_with: str
    till: str


_WORDS = {
    "de": _Words(
        day="d. MMMM y",
        day_and_month="d. MMMM",
        weekday="EEEE, d. MMMM y",
        time="{hour}.{minute:02}",
        o_clock="{} Uhr",
        until="bis {}",
        until_with="bis einschließlich {}",
        till="{} bis {}",
    ),
    "en": _Words(
        day="d MMMM y",
        day_and_month="d MMMM",
        weekday="EEEE, d MMMM y",
        time="{hour}:{minute:02}",
        o_clock="{}",
        until="until {}",
        until_with="up to and including {}",
        till="{} to {}",
    ),
}


def _kept(words: Callable[Asked, str]) -> Callable[Asked, str]:
    """Keep what was said of a moment, by its UTC: two moments of a doubled hour are not one."""
    kept = lru_cache(maxsize=1024)(words)

    @wraps(words)
    def say(*arguments: Asked.args, **_named: Asked.kwargs) -> str:
        return kept(*map(_in_utc, arguments))

    return say


def _in_utc(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, TimeSlot):
        return TimeSlot(value.starts_at.astimezone(UTC), value.ends_at.astimezone(UTC))
    return value


@dataclass(frozen=True)
class Dates:
    """Days and times in one language, as the clocks of one time zone show them."""

    language: str
    zone: tzinfo

    @_kept
    def date(self, when: When) -> str:
        """Return "21. Oktober 2015"."""
        return self._formatted(when, self._words.day)

    @_kept
    def day(self, when: When) -> str:
        """Return "Mittwoch, 21. Oktober 2015"."""
        return self._formatted(when, self._words.weekday)

    @_kept
    def period(self, starts: When, ends: When) -> str:
        """Return the days from first to last: "20. bis 21. Oktober 2015", one day as itself.

        A moment at midnight ends the day before it.
        """
        words, first, last = self._words, self._local_day(starts), self._last_day(starts, ends)
        whole = self.date(last)
        if first == last:
            return whole
        if first.year != last.year:
            begin = self.date(first)
        else:
            pattern = words.day_and_month
            begin = self._formatted(
                first, pattern.split()[0] if first.month == last.month else pattern
            )
        return words.till.format(begin, whole)

    def months(self, starts: When, ends: When) -> str:
        """Return "Oktober 2015 bis September 2016", one month as itself."""
        first, last = (self._formatted(each, "MMMM y") for each in (starts, ends))
        return first if first == last else self._words.till.format(first, last)

    def bare_time(self, moment: datetime) -> str:
        """Return "9.30"; `time` says it with "Uhr"."""
        local = moment.astimezone(self.zone)
        return self._words.time.format(hour=local.hour, minute=local.minute)

    def time(self, moment: datetime) -> str:
        """Return "9.30 Uhr"; in the hour that clocks run through twice with the zone, "(MEZ)"."""
        said = self._words.o_clock.format(self.bare_time(moment))
        return f"{said} ({self._zone_name(moment)})" if self._is_doubled(moment) else said

    @_kept
    def range(self, slot: TimeSlot) -> str:
        """Return "9.30 bis 16.30 Uhr"; what ends on another day names that day."""
        starts, ends, till = slot.starts_at, slot.ends_at, self._words.till
        is_one_day = self._local_day(starts) == self._local_day(ends)
        if is_one_day and not self._is_doubled(starts) and not self._is_doubled(ends):
            return till.format(self.bare_time(starts), self.time(ends))
        return till.format(self.time(starts), self.time(ends) if is_one_day else self.moment(ends))

    @_kept
    def moment(self, moment: datetime) -> str:
        """Return "Mittwoch, 21. Oktober 2015, 9.30 Uhr"."""
        return f"{self.day(moment)}, {self.time(moment)}"

    @_kept
    def deadline(self, closes_at: datetime) -> str:
        """Return until when something can be done, given the first moment too late.

        Midnight is said as the day it ends: "bis einschließlich 7. Oktober 2015, 24.00 Uhr (MESZ)".
        """
        is_midnight = self._is_midnight(closes_at)
        until = self._words.until_with if is_midnight else self._words.until
        last_moment = closes_at.astimezone(UTC) - timedelta(seconds=1) if is_midnight else closes_at
        return until.format(f"{self.last_moment(closes_at)} ({self._zone_name(last_moment)})")

    def last_moment(self, closes_at: datetime) -> str:
        """Return a deadline as a date, "7. Oktober 2015, 24.00 Uhr": sentences say "bis" before."""
        if self._is_midnight(closes_at):
            day, hour = self.last_day(closes_at), self._words.time.format(hour=END_OF_DAY, minute=0)
        else:
            day, hour = self.date(closes_at), self.bare_time(closes_at)
        return f"{day}, {self._words.o_clock.format(hour)}"

    def _is_midnight(self, moment: datetime) -> bool:
        return moment.astimezone(self.zone).time() == time(0)

    def last_day(self, closes_at: datetime) -> str:
        """Return the last day that counts, "7. Oktober 2015", given the first moment too late."""
        return self.date(closes_at.astimezone(UTC) - timedelta(microseconds=1))

    def iso(self, moment: datetime) -> str:
        """Return the local time for machines (ISO 8601), with its offset."""
        return moment.astimezone(self.zone).isoformat(timespec="minutes")

    @property
    def _words(self) -> _Words:
        return _WORDS.get(self.language, _WORDS["en"])

    def _formatted(self, when: When, pattern: str) -> str:
        return format_date(self._local_day(when), pattern, locale=self.language)

    def _local_day(self, when: When) -> When:
        return when.astimezone(self.zone).date() if isinstance(when, datetime) else when

    def _last_day(self, starts: When, ends: When) -> When:
        if isinstance(starts, datetime) and isinstance(ends, datetime) and ends > starts:
            ends = ends.astimezone(UTC) - timedelta(microseconds=1)
        return self._local_day(ends)

    def _is_doubled(self, moment: datetime) -> bool:
        """Return whether the local clock shows this time twice on the day it is set back."""
        local = moment.astimezone(self.zone)
        other = local.replace(fold=1 - local.fold)
        return other.utcoffset() != local.utcoffset()

    def _zone_name(self, moment: datetime) -> str:
        """Return the zone as people abbreviate it: MESZ; where they do not, as hours from UTC."""
        local = moment.astimezone(self.zone)
        name = local.tzname() or ""
        if self.language == "en" and name.isalpha():
            return name
        abbreviation = get_timezone_name(local, width="short", locale=self.language)
        return abbreviation if abbreviation[0].isalpha() else f"UTC{abbreviation}"
