"""How many were in each workshop: of those with a place in it, and of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from congress.domain.attendance import Presence
from congress.domain.registration import BookingState
from congress.extensions import db
from congress.queries.attendances import AT_THE_DOOR, CAME, HAS_PLACE, PEOPLE
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


def by_item(congress_id: int) -> Mapping[int, InWorkshop]:
    """Return who was in each workshop that somebody has a place in or was in, in two statements."""
    was_there = (
        select(CAME.c.id)
        .where(CAME.c.registration_id == PEOPLE.c.id, CAME.c.item_id == BOOKED.c.item_id)
        .exists()
    )
    booked = db.session.execute(
        select(BOOKED.c.item_id, func.count(), func.sum(case((was_there, 1), else_=0)))
        .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(
            PEOPLE.c.congress_id == congress_id,
            HAS_PLACE,
            BOOKED.c.state == BookingState.CONFIRMED,
        )
        .group_by(BOOKED.c.item_id)
    )
    presence = {item_id: Presence(people, came) for item_id, people, came in booked}
    all_who_came = db.session.execute(
        select(CAME.c.item_id, func.count(CAME.c.registration_id.distinct()))
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, HAS_PLACE, CAME.c.item_id.is_not(None))
        .group_by(CAME.c.item_id)
    )
    came = {item_id: number for item_id, number in all_who_came if item_id is not None}
    nobody = Presence(0, 0)
    return {
        item_id: InWorkshop(
            presence.get(item_id, nobody),
            came.get(item_id, 0) - presence.get(item_id, nobody).came,
        )
        for item_id in {*presence, *came}
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
