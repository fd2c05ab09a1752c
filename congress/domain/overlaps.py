"""What somebody has or waits for at one time, since a programme moved, and has to choose from.

A move takes nothing from anybody: both bookings stay until the person gives one of them up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from congress.domain.programme import ProgrammeItem
from congress.domain.standing import Standing, StandingBooking

Pair = tuple[int, int]


@dataclass(frozen=True)
class Overlap:
    """Two bookings of a person of which only one can be kept."""

    first: StandingBooking
    second: StandingBooking


def of(standing: Standing) -> tuple[Overlap, ...]:
    """Return what of somebody's bookings overlaps, in the order of time.

    A place that is kept while its owner waits for another one is meant to be at the same time.
    Whoever waits for an answer has nothing to choose yet.
    """
    if not standing.is_decided:
        return ()
    return tuple(
        Overlap(first, second)
        for first, second in combinations(standing.bookings, 2)
        if _exclude_each_other(first.item, second.item)
        and first.instead_of != second.id
        and second.instead_of != first.id
    )


def pairs(items: Sequence[ProgrammeItem]) -> frozenset[Pair]:
    """Return the workshops that nobody can take part in both of, by their numbers."""
    found = combinations(sorted(items, key=lambda item: item.id), 2)
    return frozenset((one.id, other.id) for one, other in found if _exclude_each_other(one, other))


def _exclude_each_other(one: ProgrammeItem, other: ProgrammeItem) -> bool:
    both = (one, other)
    takes_place = all(each.bookable and not each.face.cancelled for each in both)
    return takes_place and one.meets(other)
