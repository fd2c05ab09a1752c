"""What doors know: whose code it is, who has a place behind which, and how many came through."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select

from congress.base import columns_of, table_of
from congress.domain import tokens
from congress.domain.registration import BookingState
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, Booking, ProgrammeItem
from congress.queries.attendances import CAME, HAS_PLACE, PEOPLE
from congress.queries.coming_back import EARLIER, STANDS_FOR

TOKENS, BOOKED, ITEMS = map(table_of, (AccessToken, Booking, ProgrammeItem))


@dataclass(frozen=True)
class Coded:
    """Whose code was read, and whether they have got another one since."""

    registration_id: int
    is_replaced: bool


@dataclass(frozen=True)
class Traffic:
    """How many came through a door, how many have a place behind it, and how many there are."""

    came: int
    people: int
    capacity: int | None


def find_by_code(congress_id: int, typed: str) -> Coded | None:
    """Return whose code a scanner typed, of this congress alone."""
    digests = [tokens.digest(each) for each in tokens.readings(typed)]
    row = db.session.execute(
        select(STANDS_FOR.label("whose"), TOKENS.c.revoked_at)
        .join(EARLIER, EARLIER.c.id == TOKENS.c.registration_id)
        .where(
            TOKENS.c.digest.in_(digests),
            TOKENS.c.purpose == TokenPurpose.CHECK_IN,
            EARLIER.c.congress_id == congress_id,
        )
    ).one_or_none()
    return Coded(row.whose, row.revoked_at is not None) if row else None


def has_place_in(item_id: int) -> ColumnElement[bool]:
    """Return whether somebody has a place in an item."""
    return exists().where(
        BOOKED.c.registration_id == PEOPLE.c.id,
        BOOKED.c.item_id == item_id,
        BOOKED.c.state == BookingState.CONFIRMED,
    )


def booked_at(people: Collection[int], item_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return in which of some items people have a place; whoever has one in none is left out."""
    rows = db.session.execute(
        select(BOOKED.c.registration_id, BOOKED.c.item_id).where(
            BOOKED.c.registration_id.in_(people),
            BOOKED.c.item_id.in_(item_ids),
            BOOKED.c.state == BookingState.CONFIRMED,
        )
    )
    found: dict[int, frozenset[int]] = {}
    for person, item in rows:
        found[person] = found.get(person, frozenset()) | {item}
    return found


def traffic(item_ids: Collection[int], day: date) -> dict[int, Traffic]:
    """Return how many came into items on a day, of how many who have a place in each."""
    if not item_ids:
        return {}
    came = (
        select(func.count())
        .select_from(CAME)
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(CAME.c.item_id == ITEMS.c.id, CAME.c.day == day, HAS_PLACE)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(*columns_of(ITEMS, "id taken capacity"), came.label("came")).where(
            ITEMS.c.id.in_(item_ids)
        )
    )
    return {row.id: Traffic(row.came, row.taken, row.capacity) for row in rows}
