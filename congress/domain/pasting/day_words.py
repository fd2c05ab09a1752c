"""Days as people write them: in a form, in a cell, or as a heading above the rows of a day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congress.domain.folding import fold_for_order

CENTURY = 2000
LONGEST = 60  # characters; more is no day
_MONTHS = (
    ("januar", "janner", "january", "jan"), ("februar", "february", "feb"),
    ("marz", "maerz", "march", "mar", "mrz"), ("april", "apr"), ("mai", "may"),
    ("juni", "june", "jun"), ("juli", "july", "jul"), ("august", "aug"),
    ("september", "sept", "sep"), ("oktober", "october", "okt", "oct"),
    ("november", "nov"), ("dezember", "december", "dez", "dec"),
)  # fmt: skip
_WEEKDAYS = (
    ("montag", "monday", "mo", "mon"), ("dienstag", "tuesday", "di", "tue"),
    ("mittwoch", "wednesday", "mi", "wed"), ("donnerstag", "thursday", "do", "thu"),
    ("freitag", "friday", "fr", "fri"), ("samstag", "sonnabend", "saturday", "sa", "sat"),
    ("sonntag", "sunday", "so", "sun"),
)  # fmt: skip
MONTHS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}
_WRITTEN_OUT = {word for words in _WEEKDAYS for word in words if len(word) > 3}  # noqa: PLR2004

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?: 00:00(?::00)?)?")
_IN_FIGURES = re.compile(
    r"(?P<day>\d{1,2})\s?[./]\s?(?P<month>\d{1,2})(?:\.|\s?[./]\s?(?P<year>\d{4}|\d{2}))"
)
_IN_WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)? ?(?P<name>[a-z]{3,})\.?(?:,? (?P<year>\d{4}))?"
)
_MONTH_FIRST = re.compile(
    r"(?P<name>[a-z]{3,})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?"
)
_NUMBERED = re.compile(r"(?:tag|day) (?P<number>\d{1,2})|(?P<first>\d{1,2})\. (?:\w+)?tag")
_WEEKDAY_BEFORE = re.compile(r"(?P<weekday>[a-z]+)\.?,?(?: (?:den |the )?(?P<rest>.+))?")


@dataclass(frozen=True)
class Day:
    """What words say of a day: as much of it as is written."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    number: int | None = None  # the how manieth of the congress

    def fits(self, day: date, days: Sequence[date]) -> bool:
        """Return whether these words can mean one of the days of a congress."""
        said = (self.day, self.month, self.year, self.weekday)
        is_so = (day.day, day.month, day.year, day.weekday())
        same = all(one is None or one == other for one, other in zip(said, is_so, strict=True))
        return same and (self.number is None or list(days[self.number - 1 : self.number]) == [day])


def read_date(text: str) -> date | None:
    """Return the date that somebody wrote with its year: 21.10.2015, 21. Oktober 2015, ISO."""
    words = read_day(text)
    if words is None or words.day is None or words.month is None or words.year is None:
        return None
    try:
        found = date(words.year, words.month, words.day)
    except ValueError:
        return None
    return found if words.weekday in {None, found.weekday()} else None


def read_day(text: str) -> Day | None:
    """Return what a text says of a day, and of nothing else."""
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    numbered = _NUMBERED.fullmatch(plain)
    if numbered:
        return Day(number=int(numbered["number"] or numbered["first"]))
    weekday, rest = _weekday_before(plain)
    if weekday is not None and not rest:
        return Day(weekday=weekday)
    for pattern in (_ISO, _IN_FIGURES, _IN_WORDS, _MONTH_FIRST):
        found = pattern.fullmatch(rest)
        if found:
            return _day(found.groupdict(), weekday)
    return None


def day_heading(text: str) -> tuple[Day, str] | None:
    """Return the day that a line over other rows names, and what else it says.

    "Tag 1: Mittwoch, 21. Oktober 2015" names it twice; "Tag 1: Ankommen" has a heading besides.
    """
    whole = read_day(text)
    if whole is not None:
        return whole, ""
    head, mark, rest = re.sub(r"\s[–—-]\s", ": ", text, count=1).partition(":")
    day = read_day(head) if mark else None
    if day is None:
        return None
    other = read_day(rest)
    return (other, "") if other is not None else (day, rest.strip())


def _weekday_before(plain: str) -> tuple[int | None, str]:
    found = _WEEKDAY_BEFORE.fullmatch(plain)
    if found is None or found["weekday"] not in WEEKDAYS:
        return None, plain
    rest = found["rest"] or ""
    if not rest and found["weekday"] not in _WRITTEN_OUT:
        return None, plain  # "so" and "do" alone are words
    return WEEKDAYS[found["weekday"]], rest


def _day(parts: dict[str, str | None], weekday: int | None) -> Day | None:
    month = MONTHS.get(parts.get("name") or "") or int(parts.get("month") or 0)
    day, year = int(parts["day"] or 0), parts.get("year")
    if not 1 <= month <= 12 or not 1 <= day <= 31:  # noqa: PLR2004 - as calendars have
        return None
    in_full = int(year) + (CENTURY if len(year) == len("15") else 0) if year else None
    return Day(day, month, in_full, weekday)


def _plain(text: str) -> str:
    """Fold letters, but keep dots, commas and hyphens, which dates are made of."""
    return " ".join(
        "".join(
            char if char.isascii() or not char.isalpha() else fold_for_order(char)
            for char in text.casefold()
        ).split()
    )
