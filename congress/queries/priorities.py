"""Who stands in the queues of a congress, by what decides about their order, and in which group."""

from collections.abc import Collection

from sqlalchemy import func, select

from congress.base import columns_of, table_of
from congress.domain.hall import CONGRESS, ONLINE, Key
from congress.domain.modes import Mode
from congress.domain.priority import Standing
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Booking, ProgrammeItem, Registration
from congress.queries.positions import IN_CONGRESS

PEOPLE, BOOKED, ITEMS = table_of(Registration), table_of(Booking), table_of(ProgrammeItem)


def queues(congress_id: int) -> dict[Key, list[Standing]]:
    """Return everybody who waits for a place, in two statements; in no order."""
    columns = (*columns_of(PEOPLE, "mode id priority joined_at"), PEOPLE.c.id)
    waiting = select(*columns).where(
        PEOPLE.c.congress_id == congress_id, PEOPLE.c.state == RegistrationState.WAITING
    )
    found: dict[Key, list[Standing]] = {}
    for mode, *stands in db.session.execute(waiting):
        key = ONLINE if mode == Mode.ONLINE else CONGRESS  # a line of their own
        found.setdefault(key, []).append(Standing(*stands))
    booked = (
        select(*columns_of(BOOKED, "item_id registration_id priority joined_at id"))
        .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(
            # By way of the workshops: their queues are indexed, those of a congress are not.
            BOOKED.c.item_id.in_(select(ITEMS.c.id).where(ITEMS.c.congress_id == congress_id)),
            BOOKED.c.state == BookingState.WAITING,
            IN_CONGRESS,
        )
    )
    for item_id, *standing in db.session.execute(booked):
        found.setdefault(item_id, []).append(Standing(*standing))
    return found


def of_people(congress_id: int, people: Collection[int]) -> dict[int, int]:
    """Return the priorities of people of a congress; of another one there are none (SEC-02)."""
    statement = select(PEOPLE.c.id, PEOPLE.c.priority).where(
        PEOPLE.c.congress_id == congress_id, PEOPLE.c.id.in_(people)
    )
    return {row.id: row.priority for row in db.session.execute(statement)}


def counts(congress_id: int) -> dict[int, int]:
    """Return how many people who come or want to have each priority."""
    statement = (
        select(PEOPLE.c.priority, func.count().label("many"))
        .where(PEOPLE.c.congress_id == congress_id, PEOPLE.c.state != RegistrationState.CANCELLED)
        .group_by(PEOPLE.c.priority)
    )
    return {row.priority: row.many for row in db.session.execute(statement)}
