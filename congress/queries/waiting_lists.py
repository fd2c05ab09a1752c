"""The heads of all waiting lists of a congress, and who is offered a place, in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select

from congress.base import columns_of, table_of
from congress.domain.hall import CONGRESS, ONLINE, Key, Person
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Booking, Registration
from congress.queries import groups, neighbours, places
from congress.queries.neighbours import Neighbour
from congress.queries.positions import IN_CONGRESS, position_in

PEOPLE, BOOKINGS = table_of(Registration), table_of(Booking)
IN_LISTS = (
    select(
        BOOKINGS.c.registration_id, BOOKINGS.c.item_id, position_in(BOOKINGS, BOOKINGS.c.item_id)
    )
    .join(PEOPLE, PEOPLE.c.id == BOOKINGS.c.registration_id)
    .where(
        BOOKINGS.c.item_id.in_(bindparam("item_ids", expanding=True)),
        BOOKINGS.c.state == BookingState.WAITING,
        IN_CONGRESS,
    )
    .subquery()
)
HEADS = (
    select(*columns_of(IN_LISTS, "registration_id item_id"))
    .where(IN_LISTS.c.position <= bindparam("most"))
    .order_by(*columns_of(IN_LISTS, "item_id position"))
)
OFFERED = (
    select(PEOPLE.c.id, PEOPLE.c.offered_until)
    .where(
        PEOPLE.c.congress_id == bindparam("congress_id"),
        PEOPLE.c.state == RegistrationState.OFFERED,
    )
    .order_by(PEOPLE.c.offered_until, PEOPLE.c.id)
)
OFFERED_IN_WORKSHOPS = (
    select(*columns_of(BOOKINGS, "registration_id item_id offered_until"))
    .where(
        BOOKINGS.c.item_id.in_(bindparam("item_ids", expanding=True)),
        BOOKINGS.c.state == BookingState.OFFERED,
    )
    .order_by(BOOKINGS.c.offered_until, BOOKINGS.c.id)
)


@dataclass(frozen=True)
class WaitingLists:
    """Who stands first for each place, who is offered one until when, and who they are."""

    heads: Mapping[Key, Sequence[int]] = field(default_factory=dict)
    offered: Mapping[Key, Sequence[tuple[int, datetime]]] = field(default_factory=dict)
    people: Mapping[int, Person] = field(default_factory=dict)
    named: Mapping[int, Neighbour] = field(default_factory=dict)
    groups: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # that come only together


def of_congress(
    congress_id: int, workshops: Sequence[ProgrammeItem], most: int, *, is_hybrid: bool = False
) -> WaitingLists:
    """Return the first ones of every waiting list, so many of each, and all offers.

    In a hybrid congress those who wait for places online stand apart, under their key; offers do
    not.
    """
    ways: dict[Key, Mode | None] = {CONGRESS: None}
    if is_hybrid:
        ways = {CONGRESS: Mode.ONSITE, ONLINE: Mode.ONLINE}
    heads: dict[Key, list[int]] = {
        key: list(places.line(key, most, congress_id, {}, mode=mode).people)
        for key, mode in ways.items()
    }
    named = {"item_ids": [item.id for item in workshops], "most": most}
    for row in db.session.execute(HEADS, named):
        heads.setdefault(row.item_id, []).append(row.registration_id)
    offered: dict[Key, list[tuple[int, datetime]]] = {
        CONGRESS: [tuple(row) for row in db.session.execute(OFFERED, {"congress_id": congress_id})]
    }
    for row in db.session.execute(OFFERED_IN_WORKSHOPS, {"item_ids": named["item_ids"]}):
        offered.setdefault(row.item_id, []).append((row.registration_id, row.offered_until))
    who = {each for line in heads.values() for each in line}
    who |= {each for line in offered.values() for each, _until in line}
    people, _bookings = places.persons(who) if who else ({}, {})
    found = neighbours.people(congress_id, who) if who else ()
    named_by_id = {each.id: each for each in found}
    together, mates = _groups(people)
    return WaitingLists(heads, offered, {**mates, **people}, named_by_id, together)


def _groups(
    people: Mapping[int, Person],
) -> tuple[dict[int, tuple[int, ...]], dict[int, Person]]:
    """Return who comes only together with some people, and those of them."""
    numbers = {each.group for each in people.values() if each.group and each.waits_for(CONGRESS)}
    if not numbers:
        return {}, {}
    found = groups.together(numbers)
    mates, _bookings = places.persons({each for one in found.values() for each in one})
    return found, mates
