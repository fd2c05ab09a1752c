"""Waiting for several workshops of one time: for each wish that is dearer than what somebody has.

Who has their third wish waits for the first and the second at once. With the second they wait on
for the first; with the first they want none of the others any more. What is waited for without a
wish is not touched by this.
"""

from collections.abc import Collection
from dataclasses import replace

from congress.domain.hall import Booked, Hall, Person
from congress.domain.registration import BookingState


def of_one_choice(hall: Hall, key: int) -> Collection[int]:
    """Return among which workshops everybody has one, of which this is one.

    Those are together that are at one time, also by way of others that take place.
    """
    found = {key}
    reached = [hall.workshops[key]]
    for each in reached:
        beside = [other for other in hall.workshops.values() if other.meets(each)]
        new = [other for other in beside if other.id not in found]
        found |= {other.id for other in new}
        reached += [other for other in new if not other.cancelled]
    return found


def dearer(hall: Hall, person: Person, key: int) -> list[Booked]:
    """Return for what somebody who has this place waits on."""
    return [each for each in _others(hall, person, key) if _wish(each) < _wish(person.booked(key))]


def no_longer_wanted(hall: Hall, person: Person, key: int) -> list[Booked]:
    """Return for what somebody who has this place waits no more: what is no dearer to them."""
    return [each for each in _others(hall, person, key) if _wish(each) >= _wish(person.booked(key))]


def then(hall: Hall, person: Person, key: int) -> tuple[list[Booked], list[Booked]]:
    """Return for what somebody who waits for a wish waits on once they have it, and no more."""
    gets = [
        replace(each, state=BookingState.CONFIRMED) if each.workshop_id == key else each
        for each in person.bookings
    ]
    after = replace(person, bookings=tuple(gets))
    return dearer(hall, after, key), no_longer_wanted(hall, after, key)


def _others(hall: Hall, person: Person, key: int) -> list[Booked]:
    """Return the other wishes of that choice that somebody waits for, or is offered."""
    waits = [
        each
        for each in person.bookings
        if each.workshop_id != key
        and each.wish is not None
        and each.state is not BookingState.CONFIRMED
    ]
    mine = person.booked(key)
    if not waits or mine is None or mine.wish is None:
        return []
    choice = of_one_choice(hall, key)
    return [each for each in waits if each.workshop_id in choice]


def _wish(booked: Booked | None) -> int:
    return booked.wish or 0 if booked else 0
