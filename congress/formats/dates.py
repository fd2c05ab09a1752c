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


@dataclass(frozen=True)
class _Words:
    day: str  # CLDR patterns
    day_and_month: str
    weekday: str
    time: str
    end_of_day: str
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
        end_of_day="24:00",
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
        end_of_day="24:00",
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


@_kept
def date_in_words(when: date, language: str, zone: tzinfo) -> str:
    """Return "21. Oktober 2015"; moments are shown as their day in the zone, dates as they are."""
    return _date(when, _words(language).day, language, zone)


@_kept
def day_in_words(when: date, language: str, zone: tzinfo) -> str:
    """Return "Mittwoch, 21. Oktober 2015"."""
    return _date(when, _words(language).weekday, language, zone)


@_kept
def period_in_words(starts: date, ends: date, language: str, zone: tzinfo) -> str:
    """Return the days from first to last: "20. bis 21. Oktober 2015", one day as itself.

    A moment at midnight ends the day before it.
    """
    words = _words(language)
    first, last = _local_day(starts, zone), _last_day(starts, ends, zone)
    whole = date_in_words(last, language, zone)
    if first == last:
        return whole
    if first.year != last.year:
        begin = date_in_words(first, language, zone)
    elif first.month != last.month:
        begin = _date(first, words.day_and_month, language, zone)
    else:
        begin = _date(first, words.day_and_month.split()[0], language, zone)
    return words.till.format(begin, whole)


def time_of_day(moment: datetime, language: str, zone: tzinfo) -> str:
    """Return the bare time, "9.30"; `time_in_words` says it with "Uhr"."""
    local = moment.astimezone(zone)
    return _words(language).time.format(hour=local.hour, minute=local.minute)


def time_in_words(moment: datetime, language: str, zone: tzinfo) -> str:
    """Return "9.30 Uhr"; in the hour that clocks run through twice with the zone, "(MEZ)"."""
    bare = _words(language).o_clock.format(time_of_day(moment, language, zone))
    return f"{bare} ({_zone(moment, language, zone)})" if _is_doubled(moment, zone) else bare


@_kept
def time_range(slot: TimeSlot, language: str, zone: tzinfo) -> str:
    """Return "9.30 bis 16.30 Uhr"; what ends on another day names that day."""
    till = _words(language).till
    is_one_day = _local_day(slot.starts_at, zone) == _local_day(slot.ends_at, zone)
    is_plain = not _is_doubled(slot.starts_at, zone) and not _is_doubled(slot.ends_at, zone)
    if is_one_day and is_plain:
        begin = time_of_day(slot.starts_at, language, zone)
        return till.format(begin, time_in_words(slot.ends_at, language, zone))
    begin = time_in_words(slot.starts_at, language, zone)
    end = time_in_words if is_one_day else moment_in_words
    return till.format(begin, end(slot.ends_at, language, zone))


@_kept
def moment_in_words(moment: datetime, language: str, zone: tzinfo) -> str:
    """Return "Mittwoch, 21. Oktober 2015, 9.30 Uhr"."""
    day = day_in_words(moment, language, zone)
    return f"{day}, {time_in_words(moment, language, zone)}"


@_kept
def deadline_in_words(closes_at: datetime, language: str, zone: tzinfo) -> str:
    """Return until when something can be done, given the first moment too late.

    Midnight is said as the day it ends: "bis einschließlich 7. Oktober 2015, 24:00 Uhr (MESZ)".
    """
    words = _words(language)
    local = closes_at.astimezone(zone)
    if local.time() == time(0):
        end = f"{last_day(closes_at, language, zone)}, {words.o_clock.format(words.end_of_day)}"
        last_moment = closes_at.astimezone(UTC) - timedelta(seconds=1)
        return words.until_with.format(f"{end} ({_zone(last_moment, language, zone)})")
    end = f"{date_in_words(closes_at, language, zone)}, "
    end += words.o_clock.format(time_of_day(closes_at, language, zone))
    return words.until.format(f"{end} ({_zone(closes_at, language, zone)})")


def last_day(closes_at: datetime, language: str, zone: tzinfo) -> str:
    """Return the last day that counts, "7. Oktober 2015", given the first moment too late."""
    before = closes_at.astimezone(UTC) - timedelta(microseconds=1)
    return date_in_words(before, language, zone)


def _words(language: str) -> _Words:
    return _WORDS.get(language, _WORDS["en"])


def _date(when: date, pattern: str, language: str, zone: tzinfo) -> str:
    return _formatted(_local_day(when, zone), pattern, language)


@lru_cache(maxsize=1024)  # the same few days stand on every page
def _formatted(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


def _local_day(when: date, zone: tzinfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def _last_day(starts: date, ends: date, zone: tzinfo) -> date:
    if isinstance(starts, datetime) and isinstance(ends, datetime) and ends > starts:
        return _local_day(ends.astimezone(UTC) - timedelta(microseconds=1), zone)
    return _local_day(ends, zone)


def _is_doubled(moment: datetime, zone: tzinfo) -> bool:
    """Return whether the local clock shows this time twice on the day it is set back."""
    local = moment.astimezone(zone)
    other = local.replace(fold=1 - local.fold)
    return other.utcoffset() != local.utcoffset()


def _zone(moment: datetime, language: str, zone: tzinfo) -> str:
    """Return the zone as people abbreviate it: MESZ; where they do not, as hours from UTC."""
    local = moment.astimezone(zone)
    name = local.tzname() or ""
    if language == "en" and name.isalpha():
        return name
    abbreviation = get_timezone_name(local, width="short", locale=language)
    return abbreviation if abbreviation[0].isalpha() else f"UTC{abbreviation}"
