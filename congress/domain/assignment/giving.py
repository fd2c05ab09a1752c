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

    By person and choice: the workshops of it that they had until then. `closed` are workshops that
    are full then, and that nobody may wait for.
    """

    wanted: Assign
    changed: Mapping[tuple[int, int], tuple[int, ...]]
    closed: frozenset[int] = frozenset()


def plan(
    given: Collection[Given],
    people: Mapping[int, Person],
    places: Mapping[int, Places],
    choices: Mapping[int, Collection[int]],
    *,
    is_first: bool,
    lost: Collection[tuple[int, int]] = (),
) -> Plan:
    """Return what follows from the result of a run, given who has which place now.

    Whoever has the place that the run gives keeps what they have beside it, but for what is `lost`:
    people and workshops.

    Who is to wait for a full workshop waits in this order: whoever has nothing of that time before
    all others, then by the rank of the wish, then by lot. Later runs let those wait whom they move;
    everybody else stands where they stand.
    """
    seats: list[Seat] = []
    changed: dict[tuple[int, int], tuple[int, ...]] = {}
    for each in given:
        had = gone = _places(people[each.person], choices[each.slot])
        if each.item in had:
            gone = tuple(key for key in had if (each.person, key) in lost)
        is_new = each.item is not None and each.item not in had
        if not gone and not is_new:
            continue
        changed[each.person, each.slot] = gone
        if each.item is not None and is_new:
            seats.append(Seat(each.person, each.item, each.wish))
    given_up = [(person, key) for (person, _slot), had in changed.items() for key in had]
    more = Counter(seat.workshop for seat in seats)
    more.subtract(key for _person, key in given_up)
    full = {key for key, each in places.items() if _is_full(each, more[key])}
    queued = {key for key in full if places[key].waiting_list_open}
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
    return Plan(Assign(tuple(seats), queues, tuple(given_up)), changed, frozenset(full - queued))


def _places(person: Person, choice: Collection[int]) -> tuple[int, ...]:
    """Return the workshops of a choice in which somebody has a place."""
    return tuple(
        each.workshop_id
        for each in person.bookings
        if each.workshop_id in choice and each.state is BookingState.CONFIRMED
    )


def _is_full(places: Places, more: int) -> bool:
    """Return whether a workshop has no place left then."""
    return places.capacity is not None and places.taken + more >= places.capacity
