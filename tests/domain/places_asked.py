"""What the checks of the small world ask about people, wishes and moves."""

from congress.domain.accepting import Accept
from congress.domain.hall import CONGRESS, Key, Person
from congress.domain.handing_over import HandOver
from congress.domain.merging import Merge
from congress.domain.moves import Decision, Grant, Queue, Release
from congress.domain.places import Choose, MoveUp, Register, Resize, Wanted
from congress.domain.switching import TakePart
from congress.domain.times.time_slots import TimeSlot
from tests.domain.halls import CONFIRMED
from tests.domain.places_world import WORKSHOPS


def let_in_by(asked: Wanted) -> set[int]:
    """Return whom organisers let in out of turn."""
    if isinstance(asked, Merge | Accept | TakePart) or (
        isinstance(asked, Choose) and asked.by_hand
    ):
        return {asked.person}
    return set()


def comes_again(decision: Decision) -> bool:
    """Whether somebody leaves a queue and joins it at once: they keep their row and position."""
    left = {(move.person, move.key) for move in decision.moves if isinstance(move, Release)}
    return any((m.person, m.key) in left for m in decision.moves if isinstance(m, Queue))


def is_by_hand(asked: Wanted) -> bool:
    """Whether organisers may mean a place beyond those there are, or beyond a quota."""
    if isinstance(asked, Register | Choose):
        return asked.by_hand is not None
    if isinstance(asked, TakePart):
        return asked.beyond
    return isinstance(asked, Accept | MoveUp | Merge | Resize) or (
        isinstance(asked, HandOver) and asked.by_organiser
    )


def sits_at(person: Person, slot: TimeSlot) -> bool:
    return any(
        each.state is CONFIRMED and WORKSHOPS[each.workshop_id].slot == slot
        for each in person.bookings
    )


def is_all_at_that_time(both: list[Person], key: int) -> bool:
    """Return whether a workshop is offered to one of them, and neither has anything beside it."""
    slot = WORKSHOPS[key].slot
    mine = [each for person in both for each in person.bookings]
    beside = [each for each in mine if WORKSHOPS[each.workshop_id].slot == slot]
    is_alone = {each.workshop_id for each in beside} == {key}
    return is_alone and any(person.is_offered(key) for person in both)


def sits_at_that_time(person: Person, key: int) -> bool:
    waits = person.booked(key)
    return any(
        each.state is CONFIRMED
        and each.workshop_id != waits.instead_of
        and WORKSHOPS[each.workshop_id].slot == WORKSHOPS[key].slot
        for each in person.bookings
    )


def has_place(person: Person, key: Key) -> bool:
    if key is CONGRESS:
        return person.in_congress
    booked = person.booked(key)
    return booked is not None and booked.state is CONFIRMED


def holds(person: Person, key: Key) -> bool:
    return has_place(person, key) or person.is_offered(key)


def swapped(decision: Decision) -> set[int]:
    """Who moved in a ring: into what another one of them gave up for it."""
    won = {move.person: move.key for move in decision.moves if isinstance(move, Grant)}
    gave = {
        move.person: move.key
        for move in decision.moves
        if isinstance(move, Release) and (move.moved_on and not move.waited) and move.person in won
    }
    in_ring = set(gave)
    while in_ring != (kept := {p for p in in_ring if gave[p] in {won[each] for each in in_ring}}):
        in_ring = kept
    return in_ring
