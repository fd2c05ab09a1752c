"""Giving the places of an assignment by wishes, all of them at once or none.

Who gets which place was worked out before, by the rules of `domain.wishes`. Here it becomes places:
whoever had another one of that time gives it up, everybody sits, and wishes that did not come true
are waited for in the order that was worked out, whoever registered first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from congress.domain import conditions
from congress.domain.conditions import require
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NOBODY, Booked, Key
from congress.domain.registration import BookingState
from congress.domain.seating import Seating
from congress.domain.workshops import Places

# When it is too late for everybody to hear of it.
IN_TIME = (conditions.published, conditions.not_begun)


class RunOutOfDate(Refused):
    """Wishes, places or people are not as they were when the assignment was worked out."""


class NotReleasable(Refused):
    """It is no finished assignment, was released already, or a newer one has taken its place."""


@dataclass(frozen=True)
class Seat:
    """A place that an assignment gives; `wish` is which of their wishes it was."""

    person: int
    workshop: int
    wish: int | None = None


@dataclass(frozen=True)
class Wait:
    """A wish that did not come true, and is waited for with the place that came of the list."""

    person: int
    workshop: int
    wish: int
    instead_of: int | None = None


@dataclass(frozen=True)
class Assign:
    """People get places, and wait for what they wished for more, in these orders.

    `given_up` is who has which other place of that time until then.
    """

    seats: tuple[Seat, ...]
    queues: tuple[Wait, ...] = ()
    given_up: tuple[tuple[int, int], ...] = ()


def assign(seating: Seating, wanted: Assign) -> None:
    """Give all places; raises `RunOutOfDate` where a single one cannot be given.

    What is left then goes to who waits, as always.
    """
    require(IN_TIME, seating.hall, NOBODY, CONGRESS)
    changed: set[Key] = set()
    before = dict(seating.hall.places)
    for number, key in wanted.given_up:
        _require(seating.person(number).has_place(key))
        seating.give_up(number, key)
        changed.add(key)
    for seat in wanted.seats:
        changed |= _seat(seating, seat, before)
    for wait in wanted.queues:
        _require(seating.person(wait.person).booked(wait.workshop) is None)
        seating.join(wait.person, wait.workshop, instead_of=wait.instead_of, wish=wait.wish)
        changed.add(wait.workshop)
    seating.serve(changed)


def _seat(seating: Seating, seat: Seat, before: Mapping[Key, Places]) -> set[Key]:
    """Give a place, end what is waited for less, and let the rest be waited for with it.

    So it is with a place that is held for somebody: a dearer one they may take as before. Returns
    where one that was held is free again.
    """
    hall, person, key = seating.hall, seating.person(seat.person), seat.workshop
    _require(person.in_congress and key in hall.workshops and not person.has_place(key))
    _require(not hall.workshops[key].cancelled)
    _require(_has_room(hall.places[key], before[key]))
    beside = [
        each
        for each in person.bookings
        if each.workshop_id == key or hall.workshops[each.workshop_id].excludes(hall.workshops[key])
    ]
    _require(all(each.state is not BookingState.CONFIRMED for each in beside))
    over = [each.workshop_id for each in beside if _is_over(each, seat)]
    held: set[Key] = {each.workshop_id for each in beside if each.state is BookingState.OFFERED}
    for workshop in over:
        seating.give_up(seat.person, workshop)
    seating.take(seat.person, key, wish=seat.wish)
    for each in beside:
        if each.workshop_id not in over:
            seating.follow(seat.person, each.workshop_id, seat.person, key, each.wish)
    return held & set(over)


def _has_room(now: Places, before: Places) -> bool:
    """Return whether a place is free, or one beyond the places has just been given up."""
    return now.empty != 0 or now.taken < before.taken


def _is_over(booked: Booked, seat: Seat) -> bool:
    """Return whether nobody waits for that any more: they have it, or something as dear.

    What somebody began to wait for since, and has no number, they want in any case.
    """
    if booked.workshop_id == seat.workshop:
        return True
    return booked.wish is not None and seat.wish is not None and booked.wish >= seat.wish


def _require(is_so: bool) -> None:  # noqa: FBT001 - what must be so reads as a sentence
    if not is_so:
        raise RunOutOfDate
