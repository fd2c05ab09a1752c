"""From the result of a run to places: who sits where, gives up what, and waits for what instead."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from operator import itemgetter

from congress.domain.assigning import Assign, Seat, Wait
from congress.domain.assignment.explaining import Why
from congress.domain.hall import Person
from congress.domain.registration import BookingState
from congress.domain.workshops import Places

# What keeps somebody out however many places there are; nobody waits for that.
OUT_OF_REACH = frozenset({Why.BY_HAND, Why.MODE, Why.CLASH, Why.ALONE, Why.GROUP})


@dataclass(frozen=True)
class Given:
    """What somebody gets of one choice, nothing without an item, and which wish it was.

    `dearer` are the wishes above it that can be waited for: workshops with their ranks.
    """

    person: int
    slot: int
    item: int | None
    wish: int | None
    lot: int
    dearer: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a release does: the places, and what changes for whom of which choice.

    By person and choice: the workshops of it that they had until then.
    """

    wanted: Assign
    changed: Mapping[tuple[int, int], tuple[int, ...]]


def plan(
    given: Collection[Given],
    people: Mapping[int, Person],
    places: Mapping[int, Places],
    choices: Mapping[int, Collection[int]],
    *,
    is_first: bool,
) -> Plan:
    """Return what follows from the result of a run, given who has which place now.

    Who is to wait for a full workshop waits in this order: whoever has nothing of that time before
    all others, then by the rank of the wish, then by lot. Later runs let those wait whom they move;
    everybody else stands where they stand.
    """
    seats: list[Seat] = []
    changed: dict[tuple[int, int], tuple[int, ...]] = {}
    for each in given:
        had = _places(people[each.person], choices[each.slot])
        if each.item in had or (each.item is None and not had):
            continue
        changed[each.person, each.slot] = had
        if each.item is not None:
            seats.append(Seat(each.person, each.item, each.wish))
    given_up = [(person, key) for (person, _slot), had in changed.items() for key in had]
    more = Counter(seat.workshop for seat in seats)
    more.subtract(key for _person, key in given_up)
    queued = {key for key, each in places.items() if _makes_wait(each, more[key])}
    left = set(given_up)
    waits = [
        ((each.item is not None, rank, each.lot, each.person, key), each.item)
        for each in given
        if is_first or (each.person, each.slot) in changed
        for key, rank in each.dearer
        if key in queued and (people[each.person].booked(key) is None or (each.person, key) in left)
    ]
    queues = tuple(
        Wait(person, key, rank, instead_of)
        for (_has, rank, _lot, person, key), instead_of in sorted(waits, key=itemgetter(0))
    )
    return Plan(Assign(tuple(seats), queues, tuple(given_up)), changed)


def _places(person: Person, choice: Collection[int]) -> tuple[int, ...]:
    """Return the workshops of a choice in which somebody has a place."""
    return tuple(
        each.workshop_id
        for each in person.bookings
        if each.workshop_id in choice and each.state is BookingState.CONFIRMED
    )


def _makes_wait(places: Places, more: int) -> bool:
    """Return whether a workshop has no place left then, and one may wait for one."""
    is_full = places.capacity is not None and places.taken + more >= places.capacity
    return is_full and places.waiting_list_open
