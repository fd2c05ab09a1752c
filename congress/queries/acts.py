"""What somebody did last with the places of a registration, as the log knows it."""

from dataclasses import dataclass

from sqlalchemy import select

from congress.domain.access import ActorKind
from congress.extensions import db
from congress.models import AuditLine, Booking

WITH_PLACES = (
    *("registered", "promoted", "withdrawn", "cancelled"),
    *("workshops_changed", "workshop_left", "workshop_taken_back"),
)


@dataclass(frozen=True)
class LastAct:
    """The last change of somebody's places: who made it, and what came of it."""

    by_organiser: bool = False
    given_back: int | None = None  # the booking whose place was given back
    moved_up: int = 0  # how many others won a place by it


def last_act(registration_id: int) -> LastAct:
    """Return the last change of the places of a registration; an old one may be forgotten."""
    statement = (
        select(AuditLine.actor, AuditLine.details)
        .where(AuditLine.registration_id == registration_id, AuditLine.verb.in_(WITH_PLACES))
        .order_by(AuditLine.id.desc())
        .limit(1)
    )
    line = db.session.execute(statement).one_or_none()
    if line is None:
        return LastAct()
    moved_up = line.details.get("moved_up", [])
    return LastAct(
        by_organiser=line.actor != ActorKind.ATTENDEE,
        given_back=line.details.get("given_back"),
        moved_up=moved_up if isinstance(moved_up, int) else len(moved_up),
    )


def booked_workshop(registration_id: int, booking_id: int) -> int | None:
    """Return the workshop that a booking of somebody is or was about."""
    statement = select(Booking.item_id).where(
        Booking.id == booking_id, Booking.registration_id == registration_id
    )
    return db.session.scalars(statement).one_or_none()
