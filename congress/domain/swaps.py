"""Swapping workshops: each holds what another one waits for, so all of them move, even if full.

A swap needs no free place and leaves as many people everywhere as before, so nobody who waits
loses anything by it. Only whoever keeps a place while waiting for another takes part.
"""

from congress.domain import conditions
from congress.domain.conditions import first_reason
from congress.domain.hall import NOBODY, Exchange, Key, Person
from congress.domain.registration import BookingState
from congress.domain.seating import Seating

FIRST_READ = 5  # of those who want the same exchange; nearly always the first may have it
Ring = list[tuple[int, int]]  # who moves into which workshop


def exchange(seating: Seating) -> None:
    """Let everybody move who can by swapping, as far as what has just happened makes it possible.

    Who has moved may wait on for a dearer wish, and so be part of the next ring.
    """
    while ring := _next_ring(seating):
        freed: set[Key] = set()
        for who, key in ring:
            freed |= seating.let_in(who, key)
        seating.serve(freed - {key for _who, key in ring})


def _next_ring(seating: Seating) -> Ring | None:
    """Return who can move next, the dearest wishes first.

    A ring cannot become possible without a move of one of those in it, so it is looked for from
    what they want who were moved.
    """
    wishes: dict[Exchange, list[int]] = {}
    dearest: dict[Exchange, int] = {}
    known = seating.hall.people
    for number in sorted(seating.moved & known.keys()):
        for wish, rank in _wishes(known[number]).items():
            wishes.setdefault(wish, []).append(number)
            dearest[wish] = min(rank, dearest.get(wish, rank))
    in_order = sorted(wishes, key=lambda each: (dearest[each], each.wanted, each.held))
    return next(filter(None, (_ring(seating, wish, wishes) for wish in in_order)), None)


def _wishes(person: Person) -> dict[Exchange, int]:
    """Return what somebody holds and would give up for what they wait for, and how dear it is."""
    found = {}
    for booked in person.bookings:
        kept = booked.instead_of
        if booked.state is BookingState.WAITING and kept is not None and person.has_place(kept):
            found[Exchange(kept, booked.workshop_id)] = booked.wish or 1
    return found


def _ring(seating: Seating, wish: Exchange, new: dict[Exchange, list[int]]) -> Ring | None:
    """Return who moves where so that a wish comes true, with the fewest moves."""
    if not seating.hall.places[wish.held].waiting:
        return None
    if seating.hall.exchanges is None:
        seating.unread_exchanges = FIRST_READ
        return None
    first = _first(seating, wish, new)
    if first is None:
        return None
    # By workshop: who comes there from which other, on the shortest way from what is wanted.
    came_by: dict[int, tuple[int, int]] = {}
    ways = [wish.wanted]
    for held in ways:
        for wanted in sorted(seating.hall.workshops):
            if wanted in came_by or wanted == wish.wanted:
                continue
            who = _first(seating, Exchange(held, wanted), new)
            if who is not None:
                came_by[wanted] = (who, held)
                ways.append(wanted)
        if wish.held in came_by:
            return _way_back(came_by, wish, first)
    return None


def _way_back(came_by: dict[int, tuple[int, int]], wish: Exchange, first: int) -> Ring | None:
    """Return the ring from its end to its beginning; nobody moves twice in one."""
    ring, key = [(first, wish.wanted)], wish.held
    while key != wish.wanted:
        who, held = came_by[key]
        ring.append((who, key))
        key = held
    return ring if len({who for who, _ in ring}) == len(ring) else None


def _first(seating: Seating, wish: Exchange, new: dict[Exchange, list[int]]) -> int | None:
    """Return the first in line for an exchange who may have it.

    Newcomers stand at the end of their priority group.
    """
    hall = seating.hall
    line, joined = (hall.exchanges or {}).get(wish), new.get(wish, [])
    if line is None and not joined:
        return None
    if first_reason(conditions.MOVING_UP, hall, NOBODY, wish.wanted):
        return None
    known = line.people if line else ()
    for number in sorted((*known, *joined), key=lambda each: hall.people[each].priority):
        person = hall.people[number]
        is_still_so = wish in _wishes(person)
        if is_still_so and not first_reason(conditions.NEXT_IN_LINE, hall, person, wish.wanted):
            if number not in known and line is not None and not line.is_whole:
                break  # others stand ahead who were not read
            return number
    if line is not None and not line.is_whole:
        seating.unread_exchanges = 4 * len(line.people)
    return None
