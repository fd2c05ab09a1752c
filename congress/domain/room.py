"""Whether there is a place for somebody, and what an organiser wants where there is none."""

from dataclasses import dataclass

from congress.domain import conditions
from congress.domain.conditions import require
from congress.domain.hall import CONGRESS, NOBODY, Key, Person, as_named
from congress.domain.quotas import QuotaReached
from congress.domain.seating import Seating
from congress.domain.together import never_all, why_not_all
from congress.domain.wish_conditions import not_by_wishes
from congress.domain.workshops import OnlyWith


@dataclass(frozen=True)
class ByHand:
    """An organiser acts for somebody, at any time, and says what is to be where nothing is free.

    What is named neither here nor there is refused then, so that nothing happens by a slip.
    """

    beyond: frozenset[Key] = frozenset()  # a place beyond those there are
    waits: frozenset[Key] = frozenset()  # a position in the queue
    alone: frozenset[Key] = frozenset()  # also without the other that it goes only with


def has_room(seating: Seating, key: Key, newcomer: Person = NOBODY) -> bool:
    """Whether a newcomer gets a place, once those ahead were served: the queue comes first.

    While others are yet to move up, what is limited is theirs.
    """
    hall = seating.hall
    places, contingent = hall.places[key], hall.contingent(newcomer, key)
    is_theirs = contingent is not None and seating.goes_on and contingent.waiting > 0
    if hall.is_held_for(newcomer, key) and not is_theirs:
        return True
    if seating.goes_on:
        has_limit = as_named(key) is CONGRESS and hall.rules.quota > 0
        return places.capacity is None and not has_limit
    if not places.is_free or places.waiting == 0 or places.lets_pass:
        return places.is_free
    return conditions.first_reason(conditions.MOVING_UP, hall, NOBODY, as_named(key)) is None


def has_room_for(seating: Seating, person: Person, key: Key, by_hand: ByHand | None = None) -> bool:
    """Return whether there is a place for somebody; refuse where one cannot even queue for it.

    Whoever waits for the congress gets none in a workshop, and may wish for what has places.
    Where places are given by wishes only an organiser gives one, and nobody queues.
    An organiser says before whether a place beyond is meant, beyond a quota too, or the queue, and
    whether somebody gets what goes only with another without having that.
    """
    by_themselves = () if by_hand else (not_by_wishes,)
    require((conditions.taking_place, *by_themselves), seating.hall, person, key)
    gets_place = _gets_place(seating, person, key, by_hand)
    if not gets_place:
        require((not_by_wishes,), seating.hall, person, key)
    return gets_place


def _gets_place(seating: Seating, person: Person, key: Key, by_hand: ByHand | None) -> bool:
    hall = seating.hall
    is_beyond = by_hand is not None and key in by_hand.beyond
    gets_one = has_room(seating, hall.counted_at(person, key), person) or is_beyond
    if not gets_one:
        if by_hand is not None and key not in by_hand.waits:
            require((conditions.said_what_then,), hall, person, key)
        require((conditions.open_queue,), hall, person, key)
    reason = conditions.first_reason(conditions.NEXT_IN_LINE, hall, person, key)
    if by_hand is not None and isinstance(reason, OnlyWith):
        if key in by_hand.alone:
            return gets_one
        if is_beyond:
            raise reason
    if by_hand is not None and isinstance(reason, QuotaReached):
        if is_beyond:
            return True
        if key not in by_hand.waits:
            raise reason
    may_queue = hall.places[key].waiting_list_open or not (person.in_congress or key is CONGRESS)
    if gets_one and reason is not None and not may_queue:
        raise reason
    return gets_one and reason is None


def has_room_for_all(
    seating: Seating,
    newcomer: Person,
    others: tuple[Person, ...],
    waiting: tuple[Person, ...],
    by_hand: ByHand | None,
) -> bool:
    """Return whether there is a place in the congress for somebody and all who come only together.

    Where some of them wait there is none. Refuse where they can never have one at the same time,
    or cannot even queue.
    """
    hall, people = seating.hall, (newcomer, *others)
    reason = why_not_all(hall, people) if others else None
    if reason is None and not waiting:
        return has_room_for(seating, newcomer, CONGRESS, by_hand)
    if never := never_all(hall, (*waiting, *people)):
        raise never
    if reason is not None and not hall.places[CONGRESS].waiting_list_open:
        raise reason
    require((conditions.open_queue,), hall, newcomer, CONGRESS)
    return False
