"""From when to when, as people write it into the cell of a table.

Times are minutes since midnight; the end of a day is `MIDNIGHT`, which no clock shows.
"""

import re
from dataclasses import dataclass

from congress.domain.folding import fold_for_order
from congress.domain.planning.scheduling import NOON, read_clock

MIDNIGHT = 24 * 60
HALF_DAY = 12 * 60

_DASHES = re.compile("[‐‑‒–—―−]")
_SPACES = re.compile("[\\s\u00a0\u2007\u202f]+")
_UNTIL = re.compile(r"\s*(?:-|\bbis\b|\bto\b|\buntil\b|\btill\b)\s*")
_BEFORE = re.compile(r"^(?:von|ab|um|from|at)\s+")
_ABOUT = re.compile(r"^(?:ca\.?|circa|etwa|gegen|approx\.?|about)\s+")
_SECONDS = re.compile(r"\b(\d{1,2}:\d{2}):\d{2}\b")
_CLOCK = (
    r"(?:[01]?\d|2[0-4])(?:\s?(?:[.:]|uhr|h)\s?[0-5]\d)?(?::[0-5]\d)?"
    r"(?:\s?(?:uhr\b|h\b|[ap]\.?\s?m\b\.?))?"
)
_LEADING = re.compile(
    rf"(?:(?:von|ab|um|from|at|ca\.?|gegen)\s+)?{_CLOCK}"
    rf"(?:\s*(?:[‐‑‒–—―−-]|\bbis\b|\bto\b)\s*{_CLOCK})?(?![\d.]*\d)(?=[\s,:|]|$)",
    re.IGNORECASE,
)
# What makes a number a time and no number: minutes, or a word.
_TIMELY = re.compile(r"\d\s?[.:h]\s?[0-5]\d|\d\s?(?:uhr|h|[ap]\.?\s?m)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:[.,]\d+)?)\s*(?:h|std\.?|stunden?|hours?))?\s*"
    r"(?:(?P<minutes>\d{1,3})\s*(?:min\.?|minuten|minutes|'|′)?)?",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.\d{1,2}\.?")
_HALF = re.compile(r"[ap]\.?\s?m\.?$")
ALL_DAY = frozenset(
    fold_for_order(words)
    for words in (
        "ganztägig", "ganztags", "ganzer Tag", "den ganzen Tag", "ganzen Tag", "durchgehend",
        "all day", "all-day", "whole day", "full day",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Times:
    """What a cell says; `ends` of None is not said, `bare` is as the day and month look."""

    starts: int = 0
    ends: int | None = None
    all_day: bool = False
    about: bool = False
    bare: bool = False


def read_times(text: str) -> Times | None:
    """Return the time or times that a cell holds, and nothing else; None if it holds other words.

    10.30, 10:30–12:00, 10.30 bis 12 Uhr, 9-10, 1-3 pm, 14 Uhr, ab 15 Uhr, ganztägig, all day.
    """
    plain = _plain(text)
    if fold_for_order(plain) in ALL_DAY:
        return Times(all_day=True)
    about = _ABOUT.match(plain)
    plain = _BEFORE.sub("", _ABOUT.sub("", plain))
    parts = [part.strip() for part in _UNTIL.split(plain)]
    if not 1 <= len(parts) <= 2 or not parts[0]:  # noqa: PLR2004 - from, and to
        return None
    starts, ends = _both(parts)
    if starts is None or (len(parts) > 1 and ends is None):
        return None
    bare = len(parts) == 1 and bool(_DAY_AND_MONTH.fullmatch(plain))
    return Times(starts, ends, about=bool(about), bare=bare)


def looks_like_time(text: str) -> bool:
    """Return whether a cell is sure to be about the clock: a number alone is not."""
    times = read_times(text)
    if times is None:
        return False
    return times.all_day or times.ends is not None or bool(_TIMELY.search(text))


def read_duration(text: str) -> int | None:
    """Return the minutes that a cell of a column of durations gives: 20, 20 min, 1,5 Std."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not (found["hours"] or found["minutes"]):
        return None
    hours = float((found["hours"] or "0").replace(",", "."))
    return round(hours * 60) + int(found["minutes"] or 0)


def looks_like_duration(text: str) -> bool:
    """Return whether a cell says how long: a number alone does not, and "14 h" is a time."""
    return read_duration(text) is not None and not text[-1:].isdigit() and not read_times(text)


def leading_time(text: str) -> tuple[str, str]:
    """Return the time that a line begins with, and what follows it; ("", text) without one."""
    for words in sorted(ALL_DAY, key=len, reverse=True):
        head, rest = text[: len(words)], text[len(words) :]
        if fold_for_order(head) == words and (not rest or not rest[0].isalnum()):
            return head, rest.lstrip(" ,:|-–\t")
    found = _LEADING.match(text)
    if found is None or not _TIMELY.search(found[0]) or read_times(found[0]) is None:
        return "", text
    return found[0].strip(), text[found.end() :].lstrip(" ,:|-–—\t")


def clock_text(minutes: int) -> str:
    """Return a time as the page of the programme takes it again: 9:05, 24:00."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _plain(text: str) -> str:
    plain = _SPACES.sub(" ", _DASHES.sub("-", text)).strip().strip(",;").casefold()
    return _SECONDS.sub(r"\1", plain.replace("o'clock", "").replace("noon", "").strip())


def _both(parts: list[str]) -> tuple[int | None, int | None]:
    starts = _minutes(parts[0])
    if len(parts) == 1:
        return starts, None
    ends = _minutes(parts[1])
    half = _HALF.search(parts[1])
    if half and not _HALF.search(parts[0]):
        starts = _in_half(parts[0], half[0], ends)
    return starts, ends


def _in_half(first: str, half: str, ends: int | None) -> int | None:
    """Read "1-3 pm" and "11-1 pm": the half of the end, or else the one before it."""
    same = _minutes(f"{first} {half}")
    if same is None or ends is None or same < ends:
        return same
    return same - HALF_DAY if same >= HALF_DAY else None


def _minutes(text: str) -> int | None:
    text = text.strip()
    if re.fullmatch(r"24(?:[.:]00)?(?:\s?(?:uhr|h))?", text):
        return MIDNIGHT
    clock = read_clock(text)
    return None if clock is None else clock.hour * 60 + clock.minute


def later_by_half_a_day(minutes: int) -> int:
    """Return what a time of the morning is in the afternoon, as English writes it without pm."""
    return minutes + HALF_DAY if minutes < NOON * 60 else minutes
