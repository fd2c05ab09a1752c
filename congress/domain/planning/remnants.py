"""What the texts of a new edition still say of the last one: its dates, prices, venue, people.

Only what the last edition said as well counts, so what an organiser writes anew is not asked
about, and what is corrected is gone from the list.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain

from congress.domain.congress_file.plan import CongressPlan
from congress.domain.folding import fold_for_order
from congress.domain.pasting.day_words import CENTURY, MONTHS
from congress.domain.planning.cautions import last_day_to_register
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.texts import Texts

_MONTH = r"\b(?P<name>[^\W\d_]{3,9})\b\.?"  # any word; whether it is a month is looked up after
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})(?!\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d-])(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-{_DAY}(?![\d-])",
        rf"(?<![\d.]){_DAY}\.\s?(?P<month>\d{{1,2}})\.(?:\s?(?P<year>\d{{4}}|\d{{2}})(?!\d))?",
        rf"(?<!\d){_DAY}(?:\.|st|nd|rd|th)?\s{_MONTH}(?:,?\s{_YEAR})?",
        rf"{_MONTH}\s{_DAY}(?:st|nd|rd|th)?(?![\w.:])(?:,?\s{_YEAR})?",
        rf"{_MONTH}\s{_YEAR}",
        r"(?<![\d.,])(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)
_TAKEN = b"1"
_FIGURE, _WORD = re.compile(r"\d"), re.compile(r"\w+")
PRICE = re.compile(
    r"(?:€|\bEUR|\bEuro)\s?\d+(?:[.,]\d{1,2})?"
    r"|(?<!\d)\d+(?:[.,]\d{1,2})?\s?(?:€|EUR\b|Euro\b)",
    re.IGNORECASE,
)


class Trace(StrEnum):
    """What a text names that is of the last edition."""

    DATE = "date"  # or a year
    PRICE = "price"
    VENUE = "venue"
    PERSON = "person"


@dataclass(frozen=True)
class Remnant:
    """What one text of a congress, a room or an item names, each word as it stands there."""

    trace: Trace
    field: str
    words: tuple[str, ...]
    item: ItemPlan | None = None


@dataclass(frozen=True)
class _Text:
    field: str
    item: ItemPlan | None
    said: str  # in all languages


@dataclass(frozen=True)
class _Mention:
    """A date as a text names it: as much of it as is written."""

    words: str
    day: int | None
    month: int | None
    year: int | None

    def may_mean(self, other: date) -> bool:
        said = (self.day, self.month, self.year)
        is_so = (other.day, other.month, other.year)
        return all(one is None or one == two for one, two in zip(said, is_so, strict=True))


CONGRESS_TEXTS = ("title", "lead", "description", "cost", "directions", "accessibility")
ITEM_TEXTS = ("title", "short_title", "abstract")
Finder = Callable[[str], tuple[str, ...]]


def remnants(plan: CongressPlan, last: CongressPlan) -> tuple[Remnant, ...]:
    """Return what the texts of an edition still name of the last one, in the order of the page."""
    before = [each.said for each in _texts(last)]
    finders = {trace: cache(find) for trace, find in _finders(plan, last).items()}
    known = {
        trace: {words for said in before for words in find(said)} for trace, find in finders.items()
    }
    return tuple(
        Remnant(trace, text.field, words, text.item)
        for text in _texts(plan)
        for trace, find in finders.items()
        if (words := tuple(each for each in find(text.said) if each in known[trace]))
    )


def _finders(plan: CongressPlan, last: CongressPlan) -> Mapping[Trace, Finder]:
    """Return what finds the words for each trace in a text, each once."""
    is_stale = _staleness(plan, last)
    names = {
        person.name
        for item in plan.items
        for person in item.people
        if person.is_withheld and person.name
    }
    venue = {*last.venue.values(), *last.address.splitlines()[:1]}
    still = {*plan.venue.values(), *plan.address.splitlines()[:1]}
    return {
        Trace.DATE: lambda said: _once(each.words for each in _mentions(said) if is_stale(each)),
        Trace.PRICE: lambda said: _once(PRICE.findall(said)),
        Trace.VENUE: _finder_of(venue - still),
        Trace.PERSON: _finder_of(names),
    }


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _texts(plan: CongressPlan) -> Iterator[_Text]:
    for field in CONGRESS_TEXTS:
        yield _Text(field, None, "\n".join(getattr(plan, field).values()))
    rooms = (text for room in plan.rooms for text in room.name.values())
    yield _Text("rooms", None, "\n".join(rooms))
    asked = (each.values() for each in _asked(plan))
    yield _Text("questions", None, "\n".join(chain.from_iterable(asked)))
    for item in plan.items:
        for field in ITEM_TEXTS:
            yield _Text(field, item, "\n".join(getattr(item, field).values()))


def _asked(plan: CongressPlan) -> Iterator[Texts]:
    for each in plan.questions:
        yield from (each.label, each.hint, *(option.label for option in each.options))


def _staleness(plan: CongressPlan, last: CongressPlan) -> Callable[[_Mention], bool]:
    """Return what tells whether a date is of the last edition, and not of the new one as well.

    A year counts from that of the last edition up to the new one; a date without a year always.
    """
    old, new = _days(last), _days(plan)
    years = {each.year for each in old} | set(range(min(old).year, min(new).year))

    def is_stale(mention: _Mention) -> bool:
        if mention.year is not None and mention.year not in years:
            return False
        return not any(mention.may_mean(each) for each in new)

    return is_stale


def _days(plan: CongressPlan) -> list[date]:
    opens = plan.registration.opens_at.astimezone(plan.zone).date()
    return [*(each.day for each in plan.days), opens, last_day_to_register(plan)]


@lru_cache(maxsize=2048)  # texts: a draft is looked at again and again
def _mentions(said: str) -> tuple[_Mention, ...]:
    """Return every date in a text once, however much of it could be read in other ways too."""
    found: list[tuple[int, _Mention]] = []
    taken = bytearray(len(said))
    for pattern in _DATES if _FIGURE.search(said) else ():
        for match in pattern.finditer(said):
            start, end = match.span()
            mention = None if taken.find(_TAKEN, start, end) >= 0 else _as_mention(match)
            if mention is not None:
                found.append((start, mention))
                taken[start:end] = _TAKEN * (end - start)
    return tuple(mention for _place, mention in sorted(found, key=lambda each: each[0]))


def _as_mention(match: re.Match[str]) -> _Mention | None:
    parts = match.groupdict()
    name = parts.get("name")
    month = _month(name) if name else _number(parts.get("month"))
    if name and month is None:
        return None
    day, year = _number(parts.get("day")), _number(parts.get("year"))
    if day is not None and not 1 <= day <= 31:  # noqa: PLR2004 - as calendars have
        return None
    if month is not None and not 1 <= month <= 12:  # noqa: PLR2004
        return None
    if year is not None and year < CENTURY // 20:
        year += CENTURY
    return _Mention(match[0].removesuffix(".") if name else match[0], day, month, year)


@lru_cache(maxsize=1024)
def _month(word: str) -> int | None:
    return MONTHS.get(fold_for_order(word))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _finder_of(names: Iterable[str]) -> Finder:
    """Return what finds names as whole words, at whichever word they begin."""
    by_first: dict[str, list[str]] = {}
    for name in names:
        first = _WORD.search(name)
        if first is not None:
            by_first.setdefault(first[0].lower(), []).append(name[first.start() :].lower())

    def find(said: str) -> tuple[str, ...]:
        small = said.lower()
        ends = (
            (word.start(), word.start() + len(name))
            for word in _WORD.finditer(small)
            for name in by_first.get(word[0], ())
            if small.startswith(name, word.start())
        )
        return _once(said[start:end] for start, end in ends if not _WORD.match(small, end))

    return find
