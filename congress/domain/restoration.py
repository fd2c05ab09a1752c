"""Taking back what was done to several people: they have again what they had, as far as it is free.

Nothing is passed on to queues here: people of one act go back one after the other, and a place
that one of them gives up may be what the next one had. What is free in the end is passed on then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from congress.domain.conditions import (
    PUTTING_BACK,
    QUEUING_AGAIN,
    published,
    require,
    within_quota,
)
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Booked, Key, Person
from congress.domain.registration import BookingState, PlaceNoLongerFree, RegistrationState
from congress.domain.seating import Seating

TAKEN_BACK_WITHIN = timedelta(minutes=15)
# By their verbs in the log: what was done with several people, and that it was taken back.
DONE, TAKEN_BACK = "several_changed", "several_taken_back"
OVER = {"is_taken_back": True}  # kept in the place of what it was taken back with


class StandsOtherwise(Refused):
    """Something else happened to somebody since, which stays as it is."""


@dataclass(frozen=True)
class Restore:
    """An organiser gives somebody back what they had `before`, if they are as they were `left`.

    `sat` is how many had a place before the act: one beyond those there are is theirs as well,
    unless somebody else has moved up.
    """

    before: Person
    left: Person
    sat: Mapping[Key, int] = field(default_factory=dict)

    @property
    def person(self) -> int:
        return self.before.id


@dataclass(frozen=True)
class Kept:
    """What an act on one of several people can be taken back with; `rows` are their bookings."""

    wanted: Restore
    rows: Mapping[int, int] = field(default_factory=dict)  # by workshop

    @property
    def person(self) -> int:
        return self.wanted.person


def can_be_taken_back(at: datetime, *, now: datetime) -> bool:
    """Return whether an act is recent enough; whom it concerned may stand otherwise since."""
    return now - at <= TAKEN_BACK_WITHIN


def restore(seating: Seating, wanted: Restore) -> None:
    """Give back what somebody had, all of it or nothing.

    Of a registration that had ended only its own place must be free: workshops that are not are
    left out.
    """
    hall, number, before = seating.hall, wanted.person, wanted.before
    person = seating.person(number)
    if person != wanted.left:
        raise StandsOtherwise
    require((published,), hall, person, CONGRESS)
    comes_back = person.state is RegistrationState.CANCELLED
    if comes_back and before.in_congress:
        _require_place(seating, wanted, CONGRESS)
        require((within_quota,), hall, person, CONGRESS)
        seating.take(number, CONGRESS)
    elif comes_back:
        seating.join(number, CONGRESS)
    for each in person.bookings:
        if before.booked(each.workshop_id) is None:
            seating.give_up(number, each.workshop_id)
    missing = [each for each in before.bookings if person.booked(each.workshop_id) is None]
    is_bound = {each: bool(hall.workshops[each].only_with) for each in hall.workshops}
    for each in sorted(
        missing,
        key=lambda each: (
            each.state is not BookingState.CONFIRMED,
            is_bound.get(each.workshop_id, False),
        ),
    ):
        try:
            _give_back(seating, wanted, each)
        except Refused:
            if not comes_back:
                raise


def _give_back(seating: Seating, wanted: Restore, had: Booked) -> None:
    person, key = seating.person(wanted.person), had.workshop_id
    if had.state is BookingState.CONFIRMED:
        require(PUTTING_BACK, seating.hall, person, key)
        _require_place(seating, wanted, key)
        seating.take(person.id, key, wish=had.wish)
    else:
        require(QUEUING_AGAIN, seating.hall, person, key)
        keeps = had.instead_of is not None and person.has_place(had.instead_of)
        kept = had.instead_of if keeps else None
        seating.join(person.id, key, instead_of=kept, wish=had.wish)


def _require_place(seating: Seating, wanted: Restore, key: Key) -> None:
    person = seating.person(wanted.person)
    at, is_held = seating.hall.counted_at(person, key), seating.hall.is_held_for(person, key)
    places = seating.hall.places[at]
    if not (places.is_free or is_held) and places.taken >= wanted.sat.get(at, 0):
        raise PlaceNoLongerFree


def lost(before: Person, now: Person) -> tuple[int, ...]:
    """Return the workshops that somebody had and has not got back."""
    return tuple(sorted(_workshops(before) - _workshops(now)))


def concerned(kept: Iterable[Kept]) -> frozenset[int]:
    """Return the workshops in which anything changes when people go back."""
    both = ((_workshops(each.wanted.before), _workshops(each.wanted.left)) for each in kept)
    return frozenset().union(*(before ^ left for before, left in both))


def as_json(kept: Sequence[Kept]) -> dict[str, Any]:
    """Return what an act on several is taken back with as a column keeps it."""
    people = [
        {
            "person": each.person,
            "before": _person_json(each.wanted.before),
            "left": _person_json(each.wanted.left),
            "rows": [[workshop, row] for workshop, row in each.rows.items()],
        }
        for each in kept
    ]
    sat = [[key, many] for key, many in kept[0].wanted.sat.items()] if kept else []
    return {"kept": people, "sat": sat} if kept else {}


def kept_in(personal: Mapping[str, Any]) -> tuple[Kept, ...]:
    """Return what a line of the log keeps; nothing once it is taken back or forgotten."""
    sat = dict(personal.get("sat", ()))
    return tuple(
        Kept(
            Restore(
                _person(each["person"], each["before"]), _person(each["person"], each["left"]), sat
            ),
            dict(each["rows"]),
        )
        for each in personal.get("kept", ())
    )


def _person_json(person: Person) -> list[Any]:
    booked = [
        [each.workshop_id, each.state, each.instead_of, each.wish] for each in person.bookings
    ]
    return [person.state, booked]


def _person(number: int, said: list[Any]) -> Person:
    state, booked = said
    # What was kept before there were wishes says nothing of them.
    bookings = (
        Booked(key, BookingState(of), instead, wish=next(iter(wish), None))
        for key, of, instead, *wish in booked
    )
    return Person(number, RegistrationState(state), tuple(bookings))


def _workshops(person: Person) -> set[int]:
    return {each.workshop_id for each in person.bookings}
