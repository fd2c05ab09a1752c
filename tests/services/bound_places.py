"""A second look at who has, or waits for, what goes only with another item."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from congress.domain.registration import BookingState
from congress.extensions import db
from congress.models import Booking, ProgrammeItem


def without_its_other() -> int:
    """How many have a place in what goes only with another, and none in that, while it is on."""
    return sum(
        has.state == BookingState.CONFIRMED and not sits(has.registration_id, other.id)
        for has, _item, other in _bound()
    )


def is_kept_from(booking_id: int) -> bool:
    """Whether somebody lacks what this goes only with, or would give up what another needs."""
    waits = db.session.get_one(Booking, booking_id)
    kept = db.session.get(Booking, waits.instead_of_id or 0)
    bound = [each for each in _bound() if each[0].registration_id == waits.registration_id]
    lacks = any(has is waits and not sits(waits.registration_id, o.id) for has, _, o in bound)
    return lacks or (kept is not None and any(kept.item_id == other.id for _, _, other in bound))


def _bound() -> list[Any]:
    """Every booking of what goes only with another that takes place."""
    other = aliased(ProgrammeItem)
    found = (
        select(Booking, ProgrammeItem, other)
        .join(ProgrammeItem, ProgrammeItem.id == Booking.item_id)
        .join(other, other.code == ProgrammeItem.only_with)
        .where(Booking.state != BookingState.CANCELLED, ~other.cancelled)
    )
    return list(db.session.execute(found))


def sits(registration_id: int, item_id: int) -> bool:
    booked = select(Booking.id).where(
        Booking.registration_id == registration_id,
        Booking.item_id == item_id,
        Booking.state == BookingState.CONFIRMED,
    )
    return db.session.scalars(booked).first() is not None
