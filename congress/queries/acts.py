"""What was done last with a registration, as the log knows it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from congress.base import columns_of
from congress.domain.access import ActorKind
from congress.domain.mails.kinds import KINDS, MessageKind
from congress.extensions import db
from congress.models import AuditLine, Booking, OutboxMessage

WITH_PLACES = (
    *("registered", "promoted", "withdrawn", "cancelled", "lapsed"),
    *("registration_accepted", "registration_declined"),
    *("workshops_changed", "workshop_left", "workshop_taken_back"),
    *("offer_accepted", "offer_declined", "offer_expired"),
    *("registration_put_back", "workshops_put_back", "merged", "request_accepted"),
)


def _is_told(of: MessageKind) -> ColumnElement[bool]:
    """Return whether that letter was written at the moment of a line, or one that took it in."""
    letters = [kind for kind, each in KINDS.items() if of in each.overtakes]
    written = exists().where(
        OutboxMessage.registration_id == AuditLine.registration_id,
        OutboxMessage.created_at == AuditLine.at,
        OutboxMessage.kind.in_(letters),
    )
    return written.label("is_told")


@dataclass(frozen=True)
class LastAct:
    """The last change of somebody's places: who made it, and what came of it."""

    by_organiser: bool = False
    is_granted: bool = False  # they had asked organisers for it
    is_declined: bool = False  # organisers did not let them take part, for this reason
    reason: str = ""
    took_request_back: bool = False
    given_back: int | None = None  # the booking whose place was given back
    moved_up: int = 0  # how many others won a place by it
    workshops: frozenset[int] = frozenset()  # in which something changed
    is_told: bool = False  # a letter was written about it, and nothing newer took its place
    is_repaired: bool = False  # on registering: what was typed was not taken over as it was


@dataclass(frozen=True)
class LastCorrection:
    """The fields that somebody corrected last, and whether a letter tells of it."""

    fields: frozenset[str] = frozenset()
    is_told: bool = False


def last_act(registration_id: int) -> LastAct:
    """Return the last change of the places of a registration; an old one may be forgotten."""
    statement = (
        select(*columns_of(AuditLine, "actor verb details personal"), _is_told(MessageKind.CHANGED))
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
        is_granted=line.verb == "request_accepted",
        is_declined=line.verb == "registration_declined",
        reason=line.personal.get("reason", ""),
        took_request_back=line.verb == "withdrawn" and line.details.get("requested", False),
        given_back=line.details.get("given_back"),
        moved_up=moved_up if isinstance(moved_up, int) else len(moved_up),
        workshops=_changed(line.details),
        is_told=line.is_told,
        is_repaired=line.details.get("repaired", False),
    )


def last_correction(registration_id: int) -> LastCorrection:
    """Return what somebody corrected last, nothing if an organiser did since."""
    statement = (
        select(AuditLine.actor, AuditLine.fields, _is_told(MessageKind.CORRECTED))
        .where(AuditLine.registration_id == registration_id, AuditLine.verb == "corrected")
        .order_by(AuditLine.id.desc())
        .limit(1)
    )
    line = db.session.execute(statement).one_or_none()
    if line is None or line.actor != ActorKind.ATTENDEE:
        return LastCorrection()
    return LastCorrection(frozenset(line.fields), line.is_told)


def last_said_of_oneself(registration_id: int) -> tuple[str, bool]:
    """Return what came last of correcting details, by its verb, and whether it was repaired."""
    verbs = ("corrected", "address_asked", "address_kept")
    statement = (
        select(AuditLine.verb, AuditLine.details)
        .where(AuditLine.registration_id == registration_id, AuditLine.verb.in_(verbs))
        .order_by(AuditLine.id.desc())
        .limit(1)
    )
    line = db.session.execute(statement).one_or_none()
    return (line.verb, bool(line.details.get("repaired"))) if line else ("", False)


def booked_workshop(registration_id: int, booking_id: int) -> int | None:
    """Return the workshop that a booking of somebody is or was about."""
    statement = select(Booking.item_id).where(
        Booking.id == booking_id, Booking.registration_id == registration_id
    )
    return db.session.scalars(statement).one_or_none()


def _changed(details: dict[str, Any]) -> frozenset[int]:
    """Return the workshops that stand otherwise after a change than before it."""
    before, after = ({*map(tuple, details.get(when, ()))} for when in ("before", "after"))
    return frozenset(workshop for workshop, _state in before ^ after)
