"""Who chose something else in the place of a workshop that was called off."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, or_, select

from congress.domain.registration import BookingState
from congress.extensions import db
from congress.models import Booking, OutboxMessage, ProgrammeItem

# When an item was called off last, beside the released values (`ProgrammeItem.released`).
CALLED_OFF_AT = "called_off_at"


def of(item_ids: Collection[int]) -> Select[int]:
    """Choose the registrations, as part of another statement."""
    return select(Booking.registration_id).where(_given_up(item_ids))


def by_person(item_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the workshops, by who had chosen them."""
    found: dict[int, set[int]] = {}
    rows = db.session.execute(
        select(Booking.registration_id, Booking.item_id).where(_given_up(item_ids))
    )
    for person, item in rows:
        found.setdefault(person, set()).add(item)
    return found


def called_off(item_ids: Collection[int]) -> dict[int, datetime]:
    """Return when some items were called off last, also once they take place again."""
    rows = db.session.execute(
        select(ProgrammeItem.id, ProgrammeItem.released).where(ProgrammeItem.id.in_(item_ids))
    )
    since = {number: (kept or {}).get(CALLED_OFF_AT) for number, kept in rows}
    return {number: datetime.fromisoformat(at) for number, at in since.items() if at}


def waiting_for_word(congress_id: int) -> Select[int | None]:
    """Choose those whose letter about it has not gone out yet: it may have to be taken back."""
    return select(OutboxMessage.registration_id).where(
        OutboxMessage.congress_id == congress_id,
        OutboxMessage.state == "queued",
        OutboxMessage.registration_id.is_not(None),
        OutboxMessage.facts["returned"].as_string().is_not(None),
    )


def _given_up(item_ids: Collection[int]) -> ColumnElement[bool]:
    """Return what holds of bookings that were given up while their item was called off.

    One can do that only by choosing something else: nobody has to give back what is no place.
    """
    meanwhile = [
        (Booking.item_id == number) & (Booking.changed_at >= moment)
        for number, moment in called_off(item_ids).items()
    ]
    return (Booking.state == BookingState.CANCELLED) & or_(false(), *meanwhile)
