"""Wishes for workshops, where people rank them: whose they are, and how many there are of what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, false, func, or_, select

from congress.base import columns_of, table_of
from congress.domain import allocation, ranking
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import NOT_WANTED, Ranked
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.slots import Slot
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import Booking, Registration, WorkshopWish
from congress.queries import programme

WISHES, PEOPLE, BOOKINGS = table_of(WorkshopWish), table_of(Registration), table_of(Booking)
IS_HERE = PEOPLE.c.state != RegistrationState.CANCELLED
IS_WISH = WISHES.c.rank != NOT_WANTED  # and not that no place is wanted
OF_PEOPLE = select(*columns_of(WISHES, "registration_id item_id rank any_other")).where(
    WISHES.c.registration_id.in_(bindparam("people", expanding=True))
)
FIRST = (
    select(WISHES.c.item_id, func.count())
    .join(PEOPLE, PEOPLE.c.id == WISHES.c.registration_id)
    .where(
        PEOPLE.c.congress_id == bindparam("congress_id"),
        IS_HERE,
        WISHES.c.rank == 1,
        ~WISHES.c.any_other,
    )
    .group_by(WISHES.c.item_id)
)


@dataclass(frozen=True)
class Answered:
    """How many people wish for a place in a choice, want none, and have said nothing.

    Whoever has a place there already has nothing to say.
    """

    wish: int
    want_none: int
    silent: int


def taking_wishes(congress: Congress, items: Sequence[ProgrammeItem] = ()) -> list[Slot]:
    """Return the choices of a congress whose places are given by wishes and not given yet.

    `items` is the programme where it is not as it is shown now.
    """
    shown = items or programme.kept_items(congress)
    return allocation.taking_wishes(shown, congress.rules.allocation)


def still_count(congress: Congress, standing: Standing) -> bool:
    """Return whether somebody has said what they wish for where places are still to be given."""
    return bool(ranking.by_choice(taking_wishes(congress), standing.wishes))


def ranked(
    congress: Congress, item_ids: Collection[int], items: Sequence[ProgrammeItem]
) -> list[Select[int]]:
    """Choose who ranked some workshops and has no place at their time, as parts of a statement.

    They may be called off among the `items`, or about to be: a place in one is no other one.
    """
    slots = taking_wishes(congress, items) if item_ids else ()
    return [
        _ranked(item.id, {each.id for each in slot.workshops if not each.face.cancelled})
        for slot in slots
        for item in slot.workshops
        if item.id in item_ids
    ]


def _ranked(item_id: int, held: Collection[int]) -> Select[int]:
    placed = select(BOOKINGS.c.registration_id).where(
        BOOKINGS.c.item_id.in_({*held} - {item_id}), BOOKINGS.c.state == BookingState.CONFIRMED
    )
    return select(WISHES.c.registration_id).where(
        WISHES.c.item_id == item_id,
        IS_WISH,
        ~WISHES.c.any_other,
        WISHES.c.registration_id.not_in(placed),
    )


def count_ranked(congress: Congress, item_id: int, items: Sequence[ProgrammeItem]) -> int:
    """Return how many ranked a workshop and neither have a place at its time nor wait for it."""
    who = ranked(congress, {item_id}, items)
    if not who:
        return 0
    booked = select(BOOKINGS.c.registration_id).where(
        BOOKINGS.c.item_id == item_id, BOOKINGS.c.state != BookingState.CANCELLED
    )
    found = select(func.count()).where(PEOPLE.c.id.in_(*who), PEOPLE.c.id.not_in(booked), IS_HERE)
    return db.session.scalars(found).one()


def lines_of(people: Collection[int]) -> dict[int, list[Ranked]]:
    """Return every wish of these people."""
    found: dict[int, list[Ranked]] = {}
    for row in db.session.execute(OF_PEOPLE, {"people": list(people)}) if people else ():
        found.setdefault(row.registration_id, []).append(
            Ranked(row.item_id, row.rank, row.any_other)
        )
    return found


def popularity(congress_id: int) -> dict[int, int]:
    """Return how many people put each workshop first; whoever takes any does not count."""
    rows = db.session.execute(FIRST, {"congress_id": congress_id})
    return {row[0]: row[1] for row in rows}


def counts(congress_id: int, slots: Sequence[Slot]) -> dict[int, Answered]:
    """Return how many have said what of each of these choices, by `Slot.key`."""
    of_choice = {item.id: slot.key for slot in slots for item in slot.workshops}
    if not of_choice:
        return {}
    key = case(of_choice, value=WISHES.c.item_id)
    whose = WISHES.c.registration_id
    answers = (
        select(key, func.count(case((IS_WISH, whose)).distinct()), func.count(whose.distinct()))
        .join(PEOPLE, PEOPLE.c.id == WISHES.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, IS_HERE, WISHES.c.item_id.in_(of_choice))
        .group_by(key)
    )
    of_nobody = [
        select(func.count())
        .where(PEOPLE.c.congress_id == congress_id, silent(slot))
        .scalar_subquery()
        for slot in slots
    ]
    none_said = db.session.execute(select(*of_nobody)).one()
    found = {
        slot.key: Answered(wish=0, want_none=0, silent=people)
        for slot, people in zip(slots, none_said, strict=True)
    }
    for slot_key, wish, answered in db.session.execute(answers):
        found[slot_key] = replace(found[slot_key], wish=wish, want_none=answered - wish)
    return found


def silent_of_any(slots: Sequence[Slot]) -> ColumnElement[bool]:
    """Return what holds of those who have said nothing of one of some choices, or of several."""
    return or_(false(), *map(silent, slots))


def silent(slot: Slot) -> ColumnElement[bool]:
    """Return what holds of those who have said nothing of a choice, and have no place in it."""
    every = {item.id for item in slot.workshops}
    said = select(WISHES.c.registration_id).where(WISHES.c.item_id.in_(every))
    return and_(IS_HERE, PEOPLE.c.id.not_in(said), PEOPLE.c.id.not_in(placed_in(slot)))


def placed_in(slot: Slot) -> Select[int]:
    """Choose who has a place in a choice; in what is called off it is none."""
    held = {item.id for item in slot.workshops if not item.face.cancelled}
    return select(BOOKINGS.c.registration_id).where(
        BOOKINGS.c.item_id.in_(held), BOOKINGS.c.state == BookingState.CONFIRMED
    )
