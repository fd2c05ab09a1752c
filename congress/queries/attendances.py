"""Who was there: each person's days, and how many came."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from congress.base import columns_of, table_of
from congress.domain.attendance import CameBy, Presence
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Attendance, Booking, Registration, User

CAME, PEOPLE, BOOKED = map(table_of, (Attendance, Registration, Booking))
AT_THE_DOOR = CAME.c.item_id.is_(None)
HAS_PLACE = PEOPLE.c.state == RegistrationState.CONFIRMED


@dataclass(frozen=True)
class Attended:
    """That somebody came on a day, or was in a workshop on it, and how that is known."""

    day: date
    item_id: int | None  # none for the congress itself
    came_by: CameBy
    came_at: datetime  # when it was recorded
    account: str  # who did so; empty once it is deleted


def of_whom(*, came: bool) -> list[ColumnElement[bool]]:
    """Return what holds of those with a place who were there on any day, or of all others."""
    was_there = select(CAME.c.id).where(CAME.c.registration_id == PEOPLE.c.id).exists()
    return [HAS_PLACE, was_there if came else ~was_there]


def of_workshop(item_id: int, *, came: bool) -> list[ColumnElement[bool]]:
    """Return what holds of those who were in a workshop, or who had a place and were not there.

    Nobody missed a workshop of which nobody is recorded: then it is not known who did.
    """
    was_there = was_in(item_id)
    if came:
        return [HAS_PLACE, was_there]
    booked = (BOOKED.c.item_id == item_id, BOOKED.c.state == BookingState.CONFIRMED)
    has_place = select(BOOKED.c.id).where(*booked, BOOKED.c.registration_id == PEOPLE.c.id).exists()
    is_known = select(CAME.c.id).where(CAME.c.item_id == item_id).correlate(None).exists()
    return [HAS_PLACE, has_place, ~was_there, is_known]


def was_in(item_id: int | ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether somebody was in an item, found among the few rows that they have.

    The sum keeps SQLite from going through all who were in it instead, once for each person.
    """
    of_one = (CAME.c.registration_id == PEOPLE.c.id, CAME.c.item_id + 0 == item_id)
    return select(CAME.c.id).where(*of_one).exists()


def days_of(whose: ColumnElement[bool]) -> dict[int, tuple[date, ...]]:
    """Return the days on which people came, by person; whoever did not is left out."""
    rows = db.session.execute(
        select(*columns_of(CAME, "registration_id day"))
        .distinct()
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(whose)
        .order_by(*columns_of(CAME, "registration_id day"))
    )
    found: dict[int, tuple[date, ...]] = {}
    for person, day in rows:
        found[person] = (*found.get(person, ()), day)
    return found


def days(congress_id: int) -> list[date]:
    """Return the days on which anybody was ticked off, whatever became of their registration."""
    statement = (
        select(CAME.c.day)
        .distinct()
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id)
    )
    return sorted(db.session.scalars(statement))


def workshops_of(whose: ColumnElement[bool]) -> dict[int, tuple[int, ...]]:
    """Return the workshops in which people were, by person; whoever was in none is left out."""
    rows = db.session.execute(
        select(*columns_of(CAME, "registration_id item_id"))
        .distinct()
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(whose, CAME.c.item_id.is_not(None))
        .order_by(*columns_of(CAME, "registration_id item_id"))
    )
    found: dict[int, tuple[int, ...]] = {}
    for person, item_id in rows:
        found[person] = (*found.get(person, ()), item_id)
    return found


def count_at_door(congress_id: int, day: date) -> int:
    """Return how many of those with a place came to the congress on a day."""
    statement = _of_congress(congress_id, func.count()).where(CAME.c.day == day, AT_THE_DOOR)
    return int(db.session.scalars(statement).one())


def is_recorded(congress_id: int) -> bool:
    """Return whether anybody was ticked off at all: otherwise nobody knows who stayed away."""
    # One after the other until the first: joined, all who are registered would be gone through.
    of_which = (
        select(PEOPLE.c.congress_id)
        .where(PEOPLE.c.id == CAME.c.registration_id, HAS_PLACE)
        .scalar_subquery()
    )
    found = select(CAME.c.id).where(of_which == congress_id).exists()
    return bool(db.session.scalars(select(found)).one())


def at_all(congress_id: int, *, people: int) -> Presence:
    """Return how many of the people with a place came on any day."""
    statement = _of_congress(congress_id, func.count(PEOPLE.c.id.distinct()))
    return Presence(people, db.session.scalars(statement).one())


def by_day(congress_id: int, *, people: int) -> dict[date, Presence]:
    """Return how many of the people with a place came on each day of which that is known."""
    statement = _of_congress(congress_id, CAME.c.day, func.count(PEOPLE.c.id.distinct()))
    rows = db.session.execute(statement.group_by(CAME.c.day).order_by(CAME.c.day))
    return {day: Presence(people, came) for day, came in rows}


def of_registration(registration_id: int) -> list[Attended]:
    """Return when somebody came to the congress and in which workshops they were, by day."""
    called = func.coalesce(func.nullif(User.name, ""), User.email).label("called")
    rows = db.session.execute(
        select(called, *columns_of(CAME, "day item_id came_by came_at"))
        .outerjoin(User, User.id == CAME.c.user_id)
        .where(CAME.c.registration_id == registration_id)
        .order_by(CAME.c.day, CAME.c.item_id.is_not(None), CAME.c.item_id)
    )
    return [
        Attended(row.day, row.item_id, CameBy(row.came_by), row.came_at, row.called or "")
        for row in rows
    ]


def _of_congress(congress_id: int, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(CAME)
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, HAS_PLACE)
    )
