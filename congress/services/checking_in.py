"""Checking in: somebody came to the congress on a day, and what was ticked by mistake goes."""

from datetime import date, datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.attendance import require_open_door, require_place
from congress.extensions import db
from congress.models import Attendance
from congress.queries import confirmations, congresses
from congress.queries.registrations import congress_of
from congress.services import auditing, unconfirmed
from congress.services.holding import hold
from congress.transaction import transaction


def check_in(registration_id: int, *, day: date, actor: Actor, now: datetime) -> datetime | None:
    """Note that somebody came on a day; return since when that was known already, if it was.

    Whoever has been ticked off stays so, from whichever device. Whoever stands at the door needs
    to confirm nothing any more. Raises the refusals of `domain.attendance`.
    """
    with transaction():
        is_asked = confirmations.is_asked(registration_id)
        if is_asked:  # for the place must not end meanwhile
            congresses.hold(congress_of(registration_id))
            is_asked = confirmations.is_asked(registration_id)
        held = hold(registration_id)
        found = _find(registration_id, day)
        if found is not None:
            return found.came_at
        require_open_door(congresses.get_congress(held.congress_id), day, now=now)
        require_place(held.state)
        if is_asked:
            unconfirmed.end(registration_id)
            auditing.record(
                "confirmed_by_hand",
                actor=actor,
                now=now,
                congress_id=held.congress_id,
                registration_id=registration_id,
            )
        db.session.add(
            Attendance(registration_id=registration_id, day=day, came_at=now, user_id=actor.user_id)
        )
        _record("came", registration_id, held.congress_id, day, actor=actor, now=now)
        return None


def take_back(registration_id: int, *, day: date, actor: Actor, now: datetime) -> None:
    """Let somebody not have come on a day; again changes nothing."""
    with transaction():
        congress_id = hold(registration_id).congress_id
        found = _find(registration_id, day)
        if found is None:
            return
        db.session.delete(found)
        _record("came_taken_back", registration_id, congress_id, day, actor=actor, now=now)


def _find(registration_id: int, day: date) -> Attendance | None:
    return db.session.scalars(
        select(Attendance).where(
            Attendance.registration_id == registration_id,
            Attendance.day == day,
            Attendance.item_id.is_(None),
        )
    ).one_or_none()


def _record(
    verb: str, registration_id: int, congress_id: int, day: date, *, actor: Actor, now: datetime
) -> None:
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=congress_id,
        registration_id=registration_id,
        details={"day": day.isoformat()},
    )
