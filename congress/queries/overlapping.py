"""Who has or waits for two workshops at one time, and has not given up either of them yet."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, distinct, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from congress.domain.overlaps import Pair
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Booking, Registration

ONE, OTHER = aliased(Booking), aliased(Booking)


def count(pairs: Collection[Pair]) -> int:
    """Return how many people have both workshops of a pair."""
    statement = _of(pairs).add_columns(func.count(distinct(ONE.registration_id)))
    return int(db.session.execute(statement).scalar_one())


def numbers(pairs: Collection[Pair]) -> tuple[int, ...]:
    """Return the registrations of those people."""
    if not pairs:
        return ()
    return tuple(sorted({row[0] for row in db.session.execute(people(pairs))}))


def people(pairs: Collection[Pair]) -> Select[*tuple[Any, ...]]:
    """Choose their registrations, as part of another statement."""
    return _of(pairs).add_columns(ONE.registration_id)


def _of(pairs: Collection[Pair]) -> Select[*tuple[Any, ...]]:
    """Choose pairs of bookings.

    A place kept while waiting for the other workshop is no pair, nor are two wishes waited for.
    """
    return (
        select()
        .select_from(ONE)
        .join(OTHER, OTHER.registration_id == ONE.registration_id)
        .join(Registration, Registration.id == ONE.registration_id)
        .where(
            tuple_(ONE.item_id, OTHER.item_id).in_(sorted(pairs)),
            ONE.state != BookingState.CANCELLED,
            OTHER.state != BookingState.CANCELLED,
            Registration.state.not_in((RegistrationState.CANCELLED, RegistrationState.REQUESTED)),
            func.coalesce(ONE.instead_of_id, 0) != OTHER.id,
            func.coalesce(OTHER.instead_of_id, 0) != ONE.id,
            or_(
                ONE.wish.is_(None),
                OTHER.wish.is_(None),
                ONE.state == BookingState.CONFIRMED,
                OTHER.state == BookingState.CONFIRMED,
            ),
        )
    )
