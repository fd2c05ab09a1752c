"""Which day became which: a day that is moved stays the same entry (RFC 5546, 3.2.2.1)."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=64)  # everybody in a congress has the same days
def followed(days: tuple[date, ...], known: tuple[date, ...]) -> dict[date, date]:
    """Return for each of these days the known one that became it; who is missing is new.

    Both are in order, and as many as possible are paired in order. Where there are more of one
    than of the other, days that stay where they are belong to themselves, and the rest is paired
    as early as it can be.
    """
    if len(days) <= len(known):
        return dict(_embedded(days, known))
    return {day: old for old, day in _embedded(known, days)}


def _embedded(few: Sequence[date], many: Sequence[date]) -> list[tuple[date, date]]:
    """Pair each of the few with one of the many, in order, so that most stay where they are."""
    spare = len(many) - len(few)
    # How many of the few from the first on stay, when so many of the many were passed over.
    stay = [[0] * (spare + 1) for _ in range(len(few) + 1)]
    for first in reversed(range(len(few))):
        for passed in reversed(range(spare + 1)):
            here = (few[first] == many[first + passed]) + stay[first + 1][passed]
            further = stay[first][passed + 1] if passed < spare else 0
            stay[first][passed] = max(here, further)
    pairs, passed = [], 0
    for first, day in enumerate(few):
        while (day == many[first + passed]) + stay[first + 1][passed] < stay[first][passed]:
            passed += 1
        pairs.append((day, many[first + passed]))
    return pairs
