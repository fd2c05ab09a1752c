"""Offered places that were left too long, in congresses and workshops that take place."""

from datetime import datetime

from sqlalchemy import Select, bindparam, null, select, union_all

from congress.base import table_of
from congress.domain.congresses import CongressState
from congress.domain.hall import Key
from congress.extensions import db
from congress.models import Booking, Congress, ProgrammeItem, Registration

PEOPLE, BOOKINGS = table_of(Registration), table_of(Booking)
CONGRESSES, ITEMS = table_of(Congress), table_of(ProgrammeItem)
IS_ON = CONGRESSES.c.state == CongressState.PUBLISHED


def _of_congresses() -> Select[*tuple[object, ...]]:
    return (
        select(
            PEOPLE.c.congress_id,
            PEOPLE.c.id.label("person"),
            null().label("item_id"),
            PEOPLE.c.offered_until,
        )
        .join(CONGRESSES, CONGRESSES.c.id == PEOPLE.c.congress_id)
        .where(PEOPLE.c.offered_until <= bindparam("now"), IS_ON)
    )


def _of_workshops() -> Select[*tuple[object, ...]]:
    """Whoever was offered a place in what does not take place is told that, and nothing else."""
    return (
        select(
            ITEMS.c.congress_id,
            BOOKINGS.c.registration_id.label("person"),
            BOOKINGS.c.item_id,
            BOOKINGS.c.offered_until,
        )
        .join(ITEMS, ITEMS.c.id == BOOKINGS.c.item_id)
        .join(CONGRESSES, CONGRESSES.c.id == ITEMS.c.congress_id)
        .where(BOOKINGS.c.offered_until <= bindparam("now"), IS_ON, ~ITEMS.c.cancelled)
    )


# Made once: putting a statement together costs more than carrying it out.
EXPIRED = union_all(_of_congresses(), _of_workshops()).subquery()
FIRST = select(EXPIRED.c.congress_id).order_by(EXPIRED.c.offered_until).limit(1)
OF_CONGRESS = (
    select(EXPIRED.c.person, EXPIRED.c.item_id)
    .where(EXPIRED.c.congress_id == bindparam("congress_id"))
    .order_by(EXPIRED.c.offered_until, EXPIRED.c.person)
    .limit(bindparam("most"))
)


def find_congress(*, now: datetime) -> int | None:
    """Return a congress with offers that have run out, that of the first one."""
    return db.session.scalars(FIRST, {"now": now}).one_or_none()


def expired(congress_id: int, most: int, *, now: datetime) -> list[tuple[int, Key]]:
    """Return offers of a congress that have run out, by person and place, the first ones."""
    named = {"congress_id": congress_id, "most": most, "now": now}
    return [(row.person, row.item_id) for row in db.session.execute(OF_CONGRESS, named)]
