"""Time of one's own to choose again, for people whose workshop is called off."""

from datetime import datetime

from sqlalchemy import Update, select, update

from congress.base import table_of
from congress.domain.registration import BookingState
from congress.extensions import db
from congress.models import Booking, Registration

BOOKINGS, PEOPLE = table_of(Booking), table_of(Registration)


def let_choose(item_id: int, until: datetime) -> None:
    """Let whoever has or waits for a place in it choose so long; nobody's time gets shorter.

    Inside a running transaction that holds the congress.
    """
    booked = select(BOOKINGS.c.registration_id).where(
        BOOKINGS.c.item_id == item_id, BOOKINGS.c.state != BookingState.CANCELLED
    )
    _prolong(until, update(PEOPLE).where(PEOPLE.c.id.in_(booked)))


def unite(kept: int, other: int) -> None:
    """Give a registration the time that another one of the same person had, if it was longer."""
    theirs = select(PEOPLE.c.chooses_until).where(PEOPLE.c.id == other)
    until = db.session.scalars(theirs).one()
    if until is not None:
        _prolong(until, update(PEOPLE).where(PEOPLE.c.id == kept))


def _prolong(until: datetime, whose: Update) -> None:
    is_shorter = PEOPLE.c.chooses_until.is_(None) | (PEOPLE.c.chooses_until < until)
    db.session.execute(whose.where(is_shorter).values(chooses_until=until))
