"""How many were in each workshop: of those with a place in it, and of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from congress.domain.attendance import Presence
from congress.domain.registration import BookingState
from congress.extensions import db
from congress.queries.attendances import AT_THE_DOOR, CAME, HAS_PLACE, PEOPLE, was_in
from congress.queries.registrations import BOOKED


@dataclass(frozen=True)
class InWorkshop:
    """Who was in a workshop; nobody knows who stayed away where nobody was recorded."""

    booked: Presence
    without_booking: int = 0

    @property
    def came(self) -> int:
        return self.booked.came + self.without_booking

    @property
    def is_recorded(self) -> bool:
        return self.came > 0


NOBODY = InWorkshop(Presence(0, 0))


def of_item(congress_id: int, item_id: int) -> InWorkshop:
    """Return who was in one workshop."""
    return by_item(congress_id, item_id).get(item_id, NOBODY)


def by_item(congress_id: int, item_id: int | None = None) -> Mapping[int, InWorkshop]:
    """Return who was in each workshop that somebody has a place in or was in, or in one alone.

    Two statements, however many there are.
    """
    of_booked = [BOOKED.c.item_id == item_id] if item_id is not None else []
    of_came = [CAME.c.item_id == item_id if item_id is not None else CAME.c.item_id.is_not(None)]
    with_place = db.session.execute(
        select(
            BOOKED.c.item_id, func.count(), func.sum(case((was_in(BOOKED.c.item_id), 1), else_=0))
        )
        .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(
            PEOPLE.c.congress_id == congress_id,
            HAS_PLACE,
            BOOKED.c.state == BookingState.CONFIRMED,
            *of_booked,
        )
        .group_by(BOOKED.c.item_id)
    )
    presence = {number: Presence(people, came) for number, people, came in with_place}
    all_who_came = db.session.execute(
        select(CAME.c.item_id, func.count(CAME.c.registration_id.distinct()))
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, HAS_PLACE, *of_came)
        .group_by(CAME.c.item_id)
    )
    came = {number: people for number, people in all_who_came if number is not None}
    found = {number: presence.get(number, NOBODY.booked) for number in {*presence, *came}}
    return {
        number: InWorkshop(booked, came.get(number, 0) - booked.came)
        for number, booked in found.items()
    }


def by_day(congress_id: int) -> dict[date, int]:
    """Return how many of those with a place came to the congress on each day."""
    found = db.session.execute(
        select(CAME.c.day, func.count().label("many"))
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, HAS_PLACE, AT_THE_DOOR)
        .group_by(CAME.c.day)
    )
    return {row.day: row.many for row in found}
