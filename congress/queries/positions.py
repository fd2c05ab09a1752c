"""Positions in queues, which are never stored: one look at a queue numbers everybody in it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Table, bindparam, func, or_, select

from congress.base import table_of
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Booking, Registration

PEOPLE, BOOKED = table_of(Registration), table_of(Booking)


def position_in(queue: Table, *queues: Any) -> Any:  # noqa: ANN401 - columns and a window
    """Return the column that numbers everybody in the queues that a statement looks at."""
    order = (queue.c.priority, queue.c.joined_at, queue.c.id)
    return func.row_number().over(partition_by=queues, order_by=order).label("position")


IN_CONGRESSES = (
    select(PEOPLE.c.id, position_in(PEOPLE, PEOPLE.c.congress_id))
    .where(
        PEOPLE.c.congress_id.in_(
            select(PEOPLE.c.congress_id).where(
                PEOPLE.c.id.in_(bindparam("registration_ids", expanding=True))
            )
        ),
        PEOPLE.c.state == RegistrationState.WAITING,
    )
    .subquery()
)
IN_WORKSHOPS = (
    select(BOOKED.c.id, BOOKED.c.registration_id, position_in(BOOKED, BOOKED.c.item_id))
    .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
    .where(
        BOOKED.c.item_id.in_(bindparam("item_ids", expanding=True)),
        BOOKED.c.state == BookingState.WAITING,
        or_(PEOPLE.c.state == RegistrationState.CONFIRMED, PEOPLE.c.holds_places),
    )
    .subquery()
)
CONGRESS_POSITIONS = select(IN_CONGRESSES.c.id, IN_CONGRESSES.c.position).where(
    IN_CONGRESSES.c.id.in_(bindparam("registration_ids", expanding=True))
)
WORKSHOP_POSITIONS = select(IN_WORKSHOPS.c.id, IN_WORKSHOPS.c.position).where(
    IN_WORKSHOPS.c.registration_id.in_(bindparam("registration_ids", expanding=True))
)


def congress_positions(registration_ids: Collection[int]) -> dict[int, int]:
    """Return the positions (from 1) of waiting registrations in the queues of their congresses."""
    if not registration_ids:
        return {}
    rows = db.session.execute(CONGRESS_POSITIONS, {"registration_ids": list(registration_ids)})
    return {row.id: row.position for row in rows}


def workshop_positions(
    item_ids: Collection[int], registration_ids: Collection[int]
) -> dict[int, int]:
    """Return the positions (from 1) of waiting bookings among those who may move up, by booking."""
    if not item_ids or not registration_ids:
        return {}
    named = {"item_ids": list(item_ids), "registration_ids": list(registration_ids)}
    return {row.id: row.position for row in db.session.execute(WORKSHOP_POSITIONS, named)}
