"""Everything that an assignment by wishes depends on, read as one problem."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, select

from congress.base import columns_of, table_of
from congress.domain import allocation
from congress.domain.assignment import stating
from congress.domain.assignment.decisions import Decided
from congress.domain.assignment.problem import Problem
from congress.domain.assignment.stating import Entrant, Groups
from congress.domain.congresses import Congress
from congress.domain.modes import Mode
from congress.domain.people import fold_email, fold_name
from congress.domain.programme import PersonState, ProgrammeItem
from congress.domain.ranking import Ranked
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.rules import Rules
from congress.domain.slots import Slot
from congress.extensions import db
from congress.models import (
    Booking,
    Contribution,
    Contributor,
    Person,
    Registration,
    RegistrationGroup,
    WorkshopWish,
)
from congress.models import ProgrammeItem as Item
from congress.queries import assignment_decisions
from congress.queries.assignment_decisions import Decision
from congress.queries.wishes import IS_WISH

PEOPLE, BOOKINGS, WISHES, GROUPS, ITEMS = map(
    table_of, (Registration, Booking, WorkshopWish, RegistrationGroup, Item)
)
DOES, KNOWN, NAMED = map(table_of, (Contribution, Contributor, Person))
GIVEN, BARRED = Decided(is_given=True), Decided(is_given=False)
NONE_THEN = Decided(is_given=False, of_time=True)


Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class Facts:
    """What an assignment rests on, as it was read: of the same facts comes the same problem.

    To read them takes a part of the time that it takes to state the problem.
    """

    rules: Rules
    seed: str
    items: Sequence[ProgrammeItem]
    slots: Sequence[Slot]
    least_change: bool
    people: Rows
    wishes: Rows
    booked: Rows
    decided: Sequence[Decision]
    carried: Rows
    settled: frozenset[int]
    groups: Rows


def facts(congress: Congress, items: Sequence[ProgrammeItem], *, least_change: bool) -> Facts:
    """Return all that the problem of a congress rests on, with its places of now in `items`.

    A fixed number of statements, however many people there are.
    """
    slots = allocation.to_give(items, congress.rules.allocation, least_change=least_change)
    keys = [item.id for slot in slots for item in slot.workshops]
    return Facts(
        rules=congress.rules,
        seed=congress.wish_seed,
        items=items,
        slots=slots,
        least_change=least_change,
        people=_confirmed(congress.id),
        wishes=_wishes(congress.id, keys),
        booked=_booked(congress.id),
        decided=assignment_decisions.of_congress(congress.id, slots),
        carried=_carried(keys),
        settled=_settled(keys),
        groups=_groups(congress.id),
    )


def problem(congress: Congress, items: Sequence[ProgrammeItem], *, least_change: bool) -> Problem:
    """Return the problem of giving the places of a congress, with those of now in its `items`."""
    return stated(facts(congress, items, least_change=least_change))


def stated(known: Facts) -> Problem:
    """Return the problem that comes of facts."""
    return stating.state(
        known.slots,
        known.items,
        _entrants(known),
        rules=known.rules,
        seed=known.seed,
        settled=known.settled,
        groups=_in_groups(known),
        least_change=known.least_change,
    )


def in_order_of_arrival(congress_id: int, asked: Problem) -> list[int]:
    """Return the people of a problem as they registered, the first one first."""
    statement = (
        select(PEOPLE.c.id)
        .where(PEOPLE.c.congress_id == congress_id, PEOPLE.c.state == RegistrationState.CONFIRMED)
        .order_by(PEOPLE.c.created_at, PEOPLE.c.id)
    )
    return [number for number in db.session.scalars(statement) if number in asked.people]


# Rows of the same facts are in the same order, so that they can be compared.


def _confirmed(congress_id: int) -> Rows:
    columns = columns_of(PEOPLE, "id mode quota_key organisation_key email_key name_key group_id")
    statement = select(*columns).where(
        PEOPLE.c.congress_id == congress_id, PEOPLE.c.state == RegistrationState.CONFIRMED
    )
    return db.session.execute(statement.order_by(PEOPLE.c.id)).all()


def _wishes(congress_id: int, keys: Collection[int]) -> Rows:
    statement = (
        select(*columns_of(WISHES, "registration_id item_id rank any_other"))
        .join(PEOPLE, PEOPLE.c.id == WISHES.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, WISHES.c.item_id.in_(keys), IS_WISH)
        .order_by(*columns_of(WISHES, "registration_id item_id"))
    )
    return db.session.execute(statement).all()


def _booked(congress_id: int) -> Rows:
    """Return the places that people have, in whatever workshops."""
    statement = (
        select(*columns_of(BOOKINGS, "registration_id item_id"))
        .join(PEOPLE, PEOPLE.c.id == BOOKINGS.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, BOOKINGS.c.state == BookingState.CONFIRMED)
        .order_by(*columns_of(BOOKINGS, "registration_id item_id"))
    )
    return db.session.execute(statement).all()


def _carried(keys: Collection[int]) -> Rows:
    """Return who has a part in which workshops, with a mailbox."""
    statement = (
        select(DOES.c.item_id, NAMED.c.name, KNOWN.c.email)
        .join(ITEMS, ITEMS.c.id == DOES.c.item_id)
        .join(NAMED, NAMED.c.id == DOES.c.person_id)
        .join(
            KNOWN,
            (KNOWN.c.person_id == NAMED.c.id) & (KNOWN.c.congress_id == ITEMS.c.congress_id),
        )
        .where(DOES.c.item_id.in_(keys), DOES.c.state == PersonState.CONFIRMED, KNOWN.c.email != "")
        .order_by(DOES.c.id, KNOWN.c.id)
    )
    return db.session.execute(statement).all()


def _settled(keys: Collection[int]) -> frozenset[int]:
    """Return which of these workshops take place however few come."""
    statement = select(ITEMS.c.id).where(
        ITEMS.c.id.in_(keys), ITEMS.c.minimum_settled_at.is_not(None)
    )
    return frozenset(db.session.scalars(statement))


def _groups(congress_id: int) -> Rows:
    """Return who was registered together, where they said how they want to be in workshops."""
    statement = (
        select(*columns_of(GROUPS, "id in_workshops"))
        .where(GROUPS.c.congress_id == congress_id, GROUPS.c.in_workshops != "")
        .order_by(GROUPS.c.id)
    )
    return db.session.execute(statement).all()


# --- from rows to values --------------------------------------------------------------------------


def _entrants(known: Facts) -> list[Entrant]:
    wishes: dict[int, list[Ranked]] = {}
    for person, item, rank, any_other in known.wishes:
        wishes.setdefault(person, []).append(Ranked(item, rank, any_other))
    booked: dict[int, list[int]] = {}
    for person, item in known.booked:
        booked.setdefault(person, []).append(item)
    decided: defaultdict[tuple[int, Decided], list[int]] = defaultdict(list)
    for each in known.decided:
        decided[each.registration_id, each.decided].append(each.item_id)
    carries = _who_carries(known)
    # Where a congress has a quota it knows who counts with whom, else the folded name tells it.
    organisation = attrgetter("quota_key" if known.rules.quota else "organisation_key")
    return [
        Entrant(
            id=row.id,
            organisation=organisation(row),
            mode=Mode(row.mode),
            wishes=wishes.get(row.id, ()),
            booked=frozenset(booked.get(row.id, ())),
            given=frozenset(decided[row.id, GIVEN]),
            barred=frozenset(decided[row.id, BARRED]),
            none_beside=frozenset(decided[row.id, NONE_THEN]),
            carries=frozenset(carries.get(row.id, ())),
        )
        for row in known.people
    ]


def _who_carries(known: Facts) -> dict[int, list[int]]:
    """Return who of those registered has a part in which workshops, told by the mailbox.

    Where several people share a mailbox it is whoever has the name as well.
    """
    by_mailbox: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in known.people:
        by_mailbox.setdefault(row.email_key, []).append(row)
    found: dict[int, list[int]] = {}
    for item, name, email in known.carried:
        reached = by_mailbox.get(fold_email(email), [])
        for row in reached:
            if len(reached) == 1 or row.name_key == fold_name(name):
                found.setdefault(row.id, []).append(item)
    return found


def _in_groups(known: Facts) -> Groups:
    said = {row.id: row.in_workshops for row in known.groups}
    members: defaultdict[int, list[int]] = defaultdict(list)
    for row in known.people:
        if row.group_id in said:
            members[row.group_id].append(row.id)
    return Groups(
        together=[people for group, people in members.items() if said[group] == "together"],
        apart=[people for group, people in members.items() if said[group] == "apart"],
    )
