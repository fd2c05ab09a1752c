"""Places in another workshop for the people of one that is called off, until they choose.

They are held at once, so that nobody is left without one because they read their mail late. Who
stands in the queue of the other workshop comes first, and nobody gets a place beyond those there
are.
"""

from dataclasses import dataclass, replace

from congress.domain import conditions
from congress.domain.conditions import first_reason, require
from congress.domain.hall import CONGRESS, NOBODY, Booked, Hall, Person
from congress.domain.registration import BookingState
from congress.domain.room import has_room
from congress.domain.seating import Seating


@dataclass(frozen=True)
class Rehouse:
    """People who had a place in a workshop are given one in another, in this order."""

    people: tuple[int, ...]
    workshop: int
    into: int


def rehouse(seating: Seating, wanted: Rehouse) -> None:
    """Move those over who can be: the rest keep what they have, and choose for themselves."""
    into = wanted.into
    require(conditions.GIVEN_INSTEAD, seating.hall, NOBODY, into)
    seating.serve({CONGRESS, into})
    for number in wanted.people:
        person = seating.person(number)
        kept = _held_meanwhile(seating.hall, person, wanted)
        if kept is None or not has_room(seating, into):
            continue
        seating.give_up(number, wanted.workshop)
        seating.take(number, into)
        for each in kept:
            seating.follow(number, each.workshop_id, number, into, each.wish)


def _held_meanwhile(hall: Hall, person: Person, wanted: Rehouse) -> list[Booked] | None:
    """Return what somebody waits for at the time of the other workshop, which is given up for it.

    None for whoever cannot be there: they have not lost a place, have one at that time or are
    offered one, wait for one there, or give up another place for what they wait for.
    """
    if not person.has_place(wanted.workshop) or person.booked(wanted.into) is not None:
        return None
    rest = tuple(each for each in person.bookings if each.workshop_id != wanted.workshop)
    if first_reason(conditions.NEXT_IN_LINE, hall, replace(person, bookings=rest), wanted.into):
        return None
    into = hall.workshops[wanted.into]
    beside = [each for each in rest if hall.workshops[each.workshop_id].excludes(into)]
    is_free = all(
        each.state is BookingState.WAITING and each.instead_of in {None, wanted.workshop}
        for each in beside
    )
    return beside if is_free else None
