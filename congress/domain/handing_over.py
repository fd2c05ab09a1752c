"""Handing a place over: a named colleague comes instead, with the places and nothing else.

Who comes instead stands in every queue where the other one stood. So nothing becomes free by it
and nobody moves up, and it goes on when no place can be given back any more: until it begins, of a
course until its last module does, where what was attended stays with whoever attended it. Only
where organisations have a quota and it goes to another one, one of the first may have a free place.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from congress.domain import conditions
from congress.domain.conditions import require
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NEWCOMER, NOBODY, Booked, Key, Person
from congress.domain.people import fold_email
from congress.domain.registration import BookingState
from congress.domain.registration_request import Details
from congress.domain.room import has_room
from congress.domain.seating import Seating
from congress.domain.together import why_not_all
from congress.domain.wish_conditions import not_by_wishes

# What somebody named has to answer, and how long their name and address are kept without one.
TIME_TO_ACCEPT = timedelta(days=14)


@dataclass(frozen=True)
class HandOver:
    """A newcomer comes instead of somebody; an organiser may see to it at any time."""

    person: int
    newcomer: Person = NOBODY
    by_organiser: bool = False


class NamesThemselves(Refused):
    """Somebody names themselves as the one who comes instead."""


class RegisteredThemselves(Refused):
    """Whoever is to come instead is registered already; said only to who reads their mailbox."""


class HandOverLinkOver(Refused):
    """A link to take a place over was taken back, overtaken, or left too long."""


def accept_until(congress: Congress, now: datetime) -> datetime:
    """Return until before when a colleague who is named now can accept."""
    return min(now + TIME_TO_ACCEPT, congress.changes_hands_until)


def require_another(mine: Details, colleague: Details) -> None:
    """Refuse to hand a place over to oneself."""
    if (fold_email(mine.email), mine.name_key) == (colleague.email_key, colleague.name_key):
        raise NamesThemselves


def hand_over(seating: Seating, wanted: HandOver) -> None:
    """Let a newcomer have what somebody had, in the queues at their positions."""
    had = seating.person(wanted.person)
    doors = conditions.HANDING_OVER_BY_HAND if wanted.by_organiser else conditions.HANDING_OVER
    require(doors, seating.hall, had, CONGRESS)
    comes = replace(wanted.newcomer, mode=had.mode, priority=had.priority, group=had.group)
    seating.welcome(comes)
    seating.end(had.id)
    is_of_another = wanted.newcomer.quota_key != had.quota_key
    if is_of_another and had.in_congress and not wanted.by_organiser:
        require((conditions.within_quota,), seating.hall, wanted.newcomer, CONGRESS)
    if had.in_congress:
        seating.take(NEWCOMER, CONGRESS)
    elif is_of_another and _gets(seating, CONGRESS) and _fits_with(seating, had):
        # What is free nobody else may have: the other one waited on a reserve list.
        seating.take(NEWCOMER, CONGRESS)
        _choose_for_the_first_time(seating, had)
        if had.group is not None:
            seating.serve({CONGRESS})  # the others of a group that comes only together
        return
    else:
        seating.join(NEWCOMER, CONGRESS)
        seating.follow(NEWCOMER, CONGRESS, had.id)
    # Places before queues, as a queue may name the place that is held meanwhile.
    for each in sorted(had.bookings, key=lambda each: each.state is not BookingState.CONFIRMED):
        if each.state is BookingState.CONFIRMED:
            seating.take(NEWCOMER, each.workshop_id, wish=each.wish)
        else:
            _stand_there(seating, each, had)
    if is_of_another:
        seating.serve({CONGRESS})  # one more of that organisation may take what is free


def _fits_with(seating: Seating, had: Person) -> bool:
    """Return whether there is room for the newcomer and for who waits together with `had`."""
    others = set(seating.hall.groups.get(had.group or 0, ())) - {NEWCOMER}
    mates = [each for each in map(seating.person, sorted(others)) if each.waits_for(CONGRESS)]
    return not mates or why_not_all(seating.hall, (seating.person(NEWCOMER), *mates)) is None


def _choose_for_the_first_time(seating: Seating, had: Person) -> None:
    """Give a newcomer who is let in what the other one only wished for, as far as it is free."""
    # What is wanted most before the safe place, which is not needed with it.
    wishes = sorted(had.bookings, key=lambda each: each.instead_of is None)
    unneeded: set[int | None] = set()
    for each in wishes:
        if each.workshop_id in unneeded:
            continue
        if _gets(seating, each.workshop_id):
            seating.take(NEWCOMER, each.workshop_id)
            unneeded.add(each.instead_of)
        else:
            _stand_there(seating, each, had)


def _stand_there(seating: Seating, wish: Booked, had: Person) -> None:
    key, kept = wish.workshop_id, wish.instead_of
    seating.join(NEWCOMER, key, instead_of=kept, wish=wish.wish)
    seating.follow(NEWCOMER, key, had.id, kept, wish.wish)


def _gets(seating: Seating, key: Key) -> bool:
    """Return whether there is a place for the newcomer, with all who stand before them served."""
    person = seating.person(NEWCOMER)
    may_have = (
        conditions.first_reason(
            (conditions.taking_place, not_by_wishes, *conditions.NEXT_IN_LINE),
            *(seating.hall, person, key),
        )
        is None
    )
    return may_have and has_room(seating, seating.hall.counted_at(person, key), person)
