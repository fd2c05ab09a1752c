"""Answering the offer of a place, and passing it on when nobody answers in time.

Whoever declines or lets the time pass waits no longer: the place goes to the next in line, and
with a place in the congress the registration ends.
"""

from dataclasses import dataclass

from congress.domain import conditions
from congress.domain.conditions import require
from congress.domain.hall import CONGRESS, Key
from congress.domain.seating import Seating
from congress.domain.together import offered_with


@dataclass(frozen=True)
class TakeOffer:
    """Somebody takes the place that is offered to them; a second time changes nothing."""

    person: int
    key: Key


@dataclass(frozen=True)
class Expire:
    """Offers have run out: whose and for which place. What is not so any more is left alone."""

    offers: tuple[tuple[int, Key], ...]


def take_offer(seating: Seating, wanted: TakeOffer) -> None:
    """Give somebody what is held for them, and pass on what they give up for it.

    To a group that comes only together it is one offer: whoever takes it takes it for all.
    """
    person = seating.person(wanted.person)
    if person.has_place(wanted.key):
        return
    require(conditions.TAKING_OFFERED, seating.hall, person, wanted.key)
    freed: set[Key] = {CONGRESS}
    for each in offered_with(seating.hall, person, wanted.key):
        freed |= seating.let_in(each.id, wanted.key)
    seating.serve(freed)


def expire(seating: Seating, wanted: Expire) -> None:
    """End offers that were left too long, with what they were for, and pass the places on."""
    freed: set[Key] = {CONGRESS}
    for number, key in wanted.offers:
        person = seating.person(number)
        until = person.offer_ends_at(key) if person.is_offered(key) else None
        if until is None or until > seating.hall.now:
            continue
        if key is CONGRESS:
            freed.update(each.workshop_id for each in person.bookings)
            seating.end(number)
        else:
            freed.add(key)
            seating.give_up(number, key)
    seating.serve(freed)
