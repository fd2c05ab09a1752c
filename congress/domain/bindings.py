"""Which workshops exclude each other for somebody, and which go only together with another.

That one can have one of several only is a clash like any other (`Workshop.excludes`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall, Key, Person
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState
from congress.domain.registration_request import WishedWorkshop
from congress.domain.workshops import NeededFor, OnlyWith, Workshop, why_not_both


def at_no_other_place(hall: Hall, person: Person, key: Key) -> Refused | None:
    """Nobody sits in two workshops at once; what is given up for the place does not count."""
    if key is CONGRESS:
        return None
    wanted, mine = hall.workshops[key], person.booked(key)
    for each in person.bookings:
        if each is mine or each.state is not BookingState.CONFIRMED:
            continue
        if mine is not None and each.workshop_id == mine.instead_of:
            continue
        other = hall.workshops[each.workshop_id]
        if (reason := why_not_both(wanted, other)) is not None:
            return reason
    return None


def others_of(hall: Hall, key: Key) -> list[Workshop]:
    """Return with what something goes only, all that offer it; nothing where it is not bound.

    Nor is it while all of that is called off.
    """
    wanted = hall.workshops[key] if key is not CONGRESS else None
    if wanted is None or not wanted.only_with:
        return []
    return [each for each in hall.workshops.values() if wanted.needs(each) and not each.cancelled]


def bound_to_any(hall: Hall, keys: Iterable[int]) -> set[int]:
    """Return what goes only with one of these, and so stands otherwise once one is called off."""
    named = [hall.workshops[key] for key in keys if key in hall.workshops]
    return {each.id for each in hall.workshops.values() if any(map(each.needs, named))}


def with_its_other(hall: Hall, person: Person, key: Key) -> Refused | None:
    """What is bound to another is had only by who has a place there, whichever of several."""
    others = others_of(hall, key)
    if not others or key is CONGRESS or any(person.has_place(each.id) for each in others):
        return None
    return OnlyWith(hall.workshops[key], others[0])


def keeping_what_is_needed(hall: Hall, person: Person, key: Key) -> Refused | None:
    """Nobody moves out of a workshop that another place of theirs goes only with.

    What they only wait for keeps nobody from a place that they want more: it stays in its queue.
    """
    booked = person.booked(key)
    kept = booked.instead_of if booked else None
    if kept is None:
        return None
    has = tuple(each for each in person.bookings if each.state is not BookingState.WAITING)
    return needed_for(hall, replace(person, bookings=has), kept)


def needed_for(hall: Hall, person: Person, key: int) -> Refused | None:
    """Return for what somebody needs what they have or wait for.

    What is called off is needed no more, and one of several that offer the same as the last only.
    """
    other = hall.workshops[key]
    mine = [hall.workshops[each.workshop_id] for each in person.bookings]
    has_twin = any(
        each.id != key and each.is_twin_of(other) and not each.cancelled for each in mine
    )
    if other.cancelled or has_twin:
        return None
    return next((NeededFor(each, other) for each in mine if each.needs(other)), None)


def in_order(hall: Hall, wishes: Sequence[WishedWorkshop]) -> list[WishedWorkshop]:
    """Return wishes so that what others are bound to comes first."""
    return sorted(wishes, key=lambda wish: bool(hall.workshops[wish.item_id].only_with))


def require_others(
    hall: Hall, person: Person, wishes: Iterable[int], alone: Collection[Key]
) -> None:
    """Refuse what is wanted without the other that it goes with; organisers may mean it."""
    wanted = list(wishes)
    for wish in wanted:
        others = others_of(hall, wish)
        has_one = any(each.id in wanted or person.booked(each.id) for each in others)
        if others and not has_one and wish not in alone:
            raise OnlyWith(hall.workshops[wish], others[0])


def without_other(hall: Hall, person: Person, keys: Iterable[Key]) -> list[Key]:
    """Return which of these somebody has without the other that each goes only with."""
    mine = [key for key in keys if person.booked(key) is not None]
    return [key for key in mine if with_its_other(hall, person, key) is not None]


def had_alone(hall: Hall, person: Person, key: Key) -> list[int]:
    """Return what somebody has without the other that it goes only with, once they move up."""
    reasons = (with_its_other(hall, person, key), keeping_what_is_needed(hall, person, key))
    return [reason.first.id for reason in reasons if isinstance(reason, OnlyWith)]


def require_kept(hall: Hall, before: Person, now: Person, alone: Collection[Key]) -> None:
    """Refuse a change by which somebody would keep what goes only with what they gave up."""
    kept = {each.workshop_id for each in now.bookings}
    lost = {each.workshop_id for each in before.bookings} - kept
    lost |= {each.instead_of for each in now.bookings if each.instead_of is not None}
    for key in lost:
        reason = needed_for(hall, now, key)
        if isinstance(reason, NeededFor) and reason.first.id not in alone:
            raise reason


def waiting_for(hall: Hall, person: Person, key: int) -> set[Key]:
    """Return what somebody waits for that they may have from now on, with this place."""
    other = hall.workshops[key]
    return {
        each.workshop_id
        for each in person.bookings
        if hall.workshops[each.workshop_id].needs(other) and person.waits_for(each.workshop_id)
    }


def goes_with(item: ProgrammeItem, items: Iterable[ProgrammeItem]) -> list[ProgrammeItem]:
    """Return with what an item goes only, all that offer it and take place."""
    mine = item.workshop
    return [each for each in items if each.can_be_had and mine.needs(each.workshop)]


def needing(item: ProgrammeItem, items: Iterable[ProgrammeItem]) -> list[ProgrammeItem]:
    """Return what goes only with an item, as far as it takes place."""
    mine = item.workshop
    return [each for each in items if each.can_be_had and each.workshop.needs(mine)]


def beside(item: ProgrammeItem, items: Iterable[ProgrammeItem]) -> list[ProgrammeItem]:
    """Return the others of which nobody has one who has this one, as far as they take place."""
    mine = item.workshop
    others = (each for each in items if each.can_be_had and each.id != item.id)
    return [each for each in others if mine.is_beside(each.workshop)]


def twins(item: ProgrammeItem, items: Iterable[ProgrammeItem]) -> list[ProgrammeItem]:
    """Return what offers the same as a workshop, and takes place."""
    others = (each for each in items if each.can_be_had and each.id != item.id)
    return [each for each in others if each.topic == item.topic]
