"""What somebody has or waits for at one time, since a programme moved, and has to choose from.

A move takes nothing from anybody: both bookings stay until the person gives one of them up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState
from congress.domain.standing import Standing, StandingBooking

Pair = tuple[int, int]


@dataclass(frozen=True)
class Overlap:
    """Two bookings of a person of which only one can be kept."""

    first: StandingBooking
    second: StandingBooking


def of(standing: Standing) -> tuple[Overlap, ...]:
    """Return what of somebody's bookings overlaps, in the order of time.

    A place that is kept while its owner waits for another one is meant to be at the same time,
    and so is what they wait for by several wishes. Whoever waits for an answer has nothing to
    choose yet.
    """
    if not standing.is_decided:
        return ()
    return tuple(
        Overlap(first, second)
        for first, second in combinations(standing.bookings, 2)
        if _exclude_each_other(first.item, second.item)
        and first.instead_of != second.id
        and second.instead_of != first.id
        and not (_is_wished_for(first) and _is_wished_for(second))
    )


def _is_wished_for(booking: StandingBooking) -> bool:
    """Return whether somebody waits for one of several wishes, of which one comes true."""
    return booking.wish is not None and booking.state is not BookingState.CONFIRMED


def pairs(items: Iterable[ProgrammeItem]) -> frozenset[Pair]:
    """Return the workshops that nobody can take part in both of, by their numbers."""
    found = (sorted((one.id, other.id)) for one, other in _at_one_time(items) if one.meets(other))
    return frozenset((first, second) for first, second in found)


def _at_one_time(items: Iterable[ProgrammeItem]) -> Iterator[tuple[ProgrammeItem, ProgrammeItem]]:
    """Look at each beside those only that begin before it ends: of 400 not at 80,000 pairs."""
    there = (item for item in items if item.can_be_had)
    workshops = sorted(there, key=lambda item: item.slot.starts_at)
    for at, one in enumerate(workshops, 1):
        for other in islice(workshops, at, None):
            if other.slot.starts_at >= one.slot.ends_at:
                break
            yield one, other


def _exclude_each_other(one: ProgrammeItem, other: ProgrammeItem) -> bool:
    return one.can_be_had and other.can_be_had and one.meets(other)
