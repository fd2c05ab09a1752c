"""What stands in the way of another way of giving places, and whom one would concern."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import false, func, select

from congress.base import table_of
from congress.domain.congresses import Congress, CongressState
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Booking, Registration, WorkshopWish
from congress.queries import programme
from congress.queries.planning import scheduling
from congress.queries.wishes import IS_WISH

BOOKINGS, PEOPLE, WISHES = table_of(Booking), table_of(Registration), table_of(WorkshopWish)
WAITS = (BookingState.WAITING, BookingState.OFFERED)
IS_HERE = PEOPLE.c.state != RegistrationState.CANCELLED


@dataclass(frozen=True)
class Concerned:
    """How many people have a place where places begin to be given by wishes, and how many wish.

    `wishing` are those whose wishes would go, `asked` those who have wishes at all, and `untold`
    those without a place who could rank from then on.
    """

    sitting: int = 0
    wishing: int = 0
    asked: int = 0
    untold: int = 0


def items_of(congress: Congress) -> list[ProgrammeItem]:
    """Return the programme as it is public; of a draft, as it would be."""
    if congress.state is CongressState.DRAFT:
        return [each.as_published() for each in scheduling.edited_items(congress.id)]
    return programme.released_items(congress.id)


def waiting(item_ids: Collection[int]) -> dict[int, int]:
    """Return how many wait for workshops or are offered a place, also those not in the congress."""
    if not item_ids:
        return {}
    rows = db.session.execute(
        select(BOOKINGS.c.item_id, func.count())
        .where(BOOKINGS.c.item_id.in_(item_ids), BOOKINGS.c.state.in_(WAITS))
        .group_by(BOOKINGS.c.item_id)
    )
    return {row[0]: row[1] for row in rows}


def concerned(congress_id: int, begun: Collection[int], ended: Collection[int]) -> Concerned:
    """Return whom it concerns that places in some workshops are given by wishes, in others not."""
    has_place = (BOOKINGS.c.item_id.in_(begun), BOOKINGS.c.state == BookingState.CONFIRMED)
    sitting = select(func.count(BOOKINGS.c.registration_id.distinct())).where(*has_place)
    untold = select(func.count(PEOPLE.c.id)).where(
        PEOPLE.c.congress_id == congress_id,
        IS_HERE if begun else false(),
        PEOPLE.c.id.not_in(select(BOOKINGS.c.registration_id).where(*has_place)),
    )
    wishing = (
        select(func.count(WISHES.c.registration_id.distinct()))
        .join(PEOPLE, PEOPLE.c.id == WISHES.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, IS_HERE, IS_WISH)
    )
    of_ended = wishing.where(WISHES.c.item_id.in_(ended))
    counted = [each.scalar_subquery() for each in (sitting, of_ended, wishing, untold)]
    return Concerned(*db.session.execute(select(*counted)).one())
