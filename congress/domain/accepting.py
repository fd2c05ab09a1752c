"""Organisers let somebody take part who asked to: into the congress, or into its queue."""

from dataclasses import dataclass

from congress.domain import conditions
from congress.domain.conditions import require
from congress.domain.hall import CONGRESS
from congress.domain.registration import BookingState, NoPlaceIn
from congress.domain.room import ByHand, has_room_for
from congress.domain.seating import Seating

NOTHING_SAID = ByHand()


@dataclass(frozen=True)
class Accept:
    """Organisers say yes to somebody, and what is to be where nothing is free."""

    person: int
    by_hand: ByHand = NOTHING_SAID


def accept(seating: Seating, wanted: Accept) -> None:
    """Give somebody the places that they asked for, as far as there are any.

    Who gets none in the congress waits for it, and their choices are noted until they move up. In
    each queue they stand as of when they asked, as organisers decide in any order.
    """
    hall, number, by_hand = seating.hall, wanted.person, wanted.by_hand
    require(conditions.ACCEPTING, hall, seating.person(number), CONGRESS)
    seating.serve({CONGRESS})
    person = seating.person(number)
    if person.holds:
        seating.take(number, CONGRESS)
    elif has_room_for(seating, person, CONGRESS, by_hand):
        seating.take(number, CONGRESS)
        seating.serve(seating.wait_for_workshops(number))
    else:
        seating.join(number, CONGRESS)
        return
    # What is wanted most before the safe place, which is given up for it.
    bookings = sorted(seating.person(number).bookings, key=lambda each: each.instead_of is None)
    for key in (each.workshop_id for each in bookings):
        _settle(seating, number, key, by_hand)


def _settle(seating: Seating, number: int, key: int, by_hand: ByHand) -> None:
    """Let an organiser say what is to be with a choice for which no place was free."""
    hall, person = seating.hall, seating.person(number)
    booked = person.booked(key)
    is_off = conditions.taking_place(hall, person, key) is not None
    if booked is None or booked.state is not BookingState.WAITING or is_off:
        return
    # Whoever gets no place in what it goes only with waits for both.
    is_bound = conditions.first_reason(conditions.BOUND, hall, person, key) is not None
    if key in by_hand.beyond and not is_bound:
        require(conditions.BY_HAND, hall, person, key)
        seating.serve(seating.let_in(number, key))
    elif not (is_bound or key in by_hand.beyond | by_hand.waits):
        raise NoPlaceIn(hall.workshops[key].title)
    elif conditions.open_queue(hall, person, key) is not None:
        seating.give_up(number, key)  # nobody joins a queue that is not wanted
