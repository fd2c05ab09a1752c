"""Making two registrations of one person one: what of both places and queues is kept.

What does not clash is kept of both. A place wins over a queue and over what does not take place;
where both have as much at the same time, whoever merges them says whose it shall be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from congress.domain import conditions
from congress.domain.conditions import require
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NOBODY, Booked, Hall, Key, Person
from congress.domain.kinds import PersonKind, of_both
from congress.domain.quotas import NOT_COUNTED
from congress.domain.registration import BookingState
from congress.domain.seating import Seating
from congress.domain.waits import dearer

Side = tuple[Booked, ...]  # what one of the two has at some time


@dataclass(frozen=True)
class Merge:
    """Somebody stands twice: one registration goes on, with what the other one had.

    `other_wins` says by the key of each clash whether the other one's workshops are kept,
    `quota_key` with which organisation they count then, where that may be another one.
    """

    person: int
    other: int
    other_wins: Mapping[int, bool] = field(default_factory=dict)
    quota_key: str | None = None


@dataclass(frozen=True)
class Clash:
    """Workshops at one time, of which one side can be kept; its key is the lowest number."""

    mine: tuple[int, ...]
    others: tuple[int, ...]

    @property
    def key(self) -> int:
        return min(*self.mine, *self.others)


@dataclass(eq=False)
class WhoseWorkshop(Refused):
    """Both registrations have something else at one time, and nobody has said which is kept."""

    clashes: tuple[Clash, ...]


class OnePersonTwice(Refused):
    """A registration cannot be merged with itself."""


def clashes(hall: Hall, person: Person, other: Person) -> tuple[Clash, ...]:
    """Return what has to be asked before two registrations become one."""
    found = (_clash(hall, *sides) for sides in _at_one_time(hall, person, other))
    return tuple(each for each in found if each is not None)


def merge(seating: Seating, wanted: Merge) -> None:
    """Let one registration go on with what both had; what is free by it is passed on."""
    if wanted.person == wanted.other:
        raise OnePersonTwice
    person, other = (seating.person(each) for each in (wanted.person, wanted.other))
    require(conditions.CHOOSING_BY_HAND, seating.hall, person, CONGRESS)
    require(conditions.CHOOSING_BY_HAND, seating.hall, other, CONGRESS)
    open_clashes = [
        each for each in clashes(seating.hall, person, other) if each.key not in wanted.other_wins
    ]
    if open_clashes:
        raise WhoseWorkshop(tuple(open_clashes))
    kept = _kept(seating.hall, person, other, wanted.other_wins)
    kind = of_both(person.kind, other.kind)
    quota_key = person.quota_key if wanted.quota_key is None else wanted.quota_key
    is_counted = kind is PersonKind.ATTENDEE  # a quota is one of attendees alone
    seating.come_as(person.id, kind, quota_key if is_counted else NOT_COUNTED)
    seating.end(other.id)
    if not person.in_congress:
        if other.in_congress:
            if other.mode is not None and other.mode is not person.mode:
                seating.switch(person.id, other.mode)  # the place goes on as what it is
            seating.inherit(person.id, CONGRESS)
        elif _is_same_line(seating.hall, person, other):
            seating.follow(person.id, CONGRESS, other.id)
            _hold_what_is_offered(seating, person.id, other, CONGRESS)
    for each in person.bookings:
        if each.workshop_id not in kept:
            seating.give_up(person.id, each.workshop_id)
    # Places before queues, as a queue may name the place that is held meanwhile.
    for each in sorted(kept.values(), key=lambda each: each.state is not BookingState.CONFIRMED):
        _go_on(seating, person, other, each)
    freed: set[Key] = {each.workshop_id for each in (*person.bookings, *other.bookings)}
    seating.serve({CONGRESS, *freed})


def _is_same_line(hall: Hall, person: Person, other: Person) -> bool:
    return hall.counted_at(person, CONGRESS) == hall.counted_at(other, CONGRESS)


def _go_on(seating: Seating, person: Person, other: Person, kept: Booked) -> None:
    key = kept.workshop_id
    if kept.state is BookingState.CONFIRMED:
        if not person.has_place(key):
            seating.inherit(person.id, key, wish=kept.wish)
        return
    mine, instead_of, wish = seating.person(person.id).booked(key), kept.instead_of, kept.wish
    if mine is None:
        seating.join(person.id, key, instead_of=instead_of, wish=wish)
    if other.booked(key) is not None and not person.is_offered(key):
        seating.follow(person.id, key, other.id, instead_of, wish)
        _hold_what_is_offered(seating, person.id, other, key)
    elif mine is not None and mine.instead_of != instead_of:
        seating.follow(person.id, key, person.id, instead_of, wish)


def _hold_what_is_offered(seating: Seating, person: int, other: Person, key: Key) -> None:
    """Hold for whoever goes on, as long as before, what was held for the other one."""
    until = other.offer_ends_at(key)
    may_have = (*conditions.MOVING_UP, *conditions.NEXT_IN_LINE)  # the place was held already
    if until is None or not other.is_offered(key) or not seating.person(person).waits_for(key):
        return
    if conditions.first_reason(may_have, seating.hall, seating.person(person), key) is None:
        seating.offer(person, key, until)


def _kept(
    hall: Hall, person: Person, other: Person, other_wins: Mapping[int, bool]
) -> dict[int, Booked]:
    """Return what the one who goes on has then, by workshop."""
    found: dict[int, Booked] = {}
    for mine, others in _at_one_time(hall, person, other):
        clash = _clash(hall, mine, others)
        is_other = other_wins[clash.key] if clash else _outdoes(hall, others, mine)
        winner, loser = (others, mine) if is_other else (mine, others)
        found |= _with_places_of(hall, winner, loser)
    return found


def _with_places_of(hall: Hall, winner: Side, loser: Side) -> dict[int, Booked]:
    """Return what wins; where the other side has the place already, nothing is waited for."""
    found = {each.workshop_id: each for each in winner}
    for place in (each for each in loser if each.state is BookingState.CONFIRMED):
        key = place.workshop_id
        if key not in found or found[key].state is BookingState.CONFIRMED:
            continue
        workshop = hall.workshops[key]
        rest = {
            each: booked
            for each, booked in found.items()
            if each != key and not hall.workshops[each].excludes(workshop)
        }
        if workshop.cancelled and len(rest) < len(found) - 1:
            del found[key]  # what takes place at that time is worth more
        else:
            has = replace(found[key], state=BookingState.CONFIRMED, instead_of=None)
            found = rest | {key: has} | _waits_on(hall, found.values(), has)
    return {
        key: booked if booked.instead_of in found else replace(booked, instead_of=None)
        for key, booked in found.items()
    }


def _waits_on(hall: Hall, side: Iterable[Booked], has: Booked) -> dict[int, Booked]:
    """Return the dearer wishes that are waited for beside a place, which is kept meanwhile."""
    key = has.workshop_id
    others = tuple(each for each in side if each.workshop_id != key)
    found = dearer(hall, replace(NOBODY, bookings=(*others, has)), key)
    return {each.workshop_id: replace(each, instead_of=key) for each in found}


def _clash(hall: Hall, mine: Side, others: Side) -> Clash | None:
    """Return what cannot be decided by what one has: both have as much, and not the same."""
    if not mine or not others or _outdoes(hall, mine, others) or _outdoes(hall, others, mine):
        return None
    if {each.workshop_id for each in mine} == {each.workshop_id for each in others}:
        return None
    return Clash(
        tuple(each.workshop_id for each in mine), tuple(each.workshop_id for each in others)
    )


def _outdoes(hall: Hall, one: Side, other: Side) -> bool:
    """Return whether one side has all that the other has and more, or something better."""
    ours, theirs = ({each.workshop_id for each in side} for side in (one, other))
    if ours <= theirs or theirs <= ours:
        return len(ours) > len(theirs)
    return _rank(hall, one) > _rank(hall, other)


def _rank(hall: Hall, side: Iterable[Booked]) -> int:
    going_on = [each for each in side if not hall.workshops[each.workshop_id].cancelled]
    return max((1 + (each.state is BookingState.CONFIRMED) for each in going_on), default=0)


def _at_one_time(hall: Hall, person: Person, other: Person) -> list[tuple[Side, Side]]:
    """Return what both have, parted into what overlaps, directly or by way of others."""
    groups: list[set[int]] = []
    for key in sorted({each.workshop_id for each in (*person.bookings, *other.bookings)}):
        workshop = hall.workshops[key]
        touched = [
            group
            for group in groups
            if any(hall.workshops[each].excludes(workshop) for each in group)
        ]
        groups = [group for group in groups if group not in touched]
        groups.append({key}.union(*touched))
    return [
        (
            tuple(each for each in person.bookings if each.workshop_id in group),
            tuple(each for each in other.bookings if each.workshop_id in group),
        )
        for group in groups
    ]
