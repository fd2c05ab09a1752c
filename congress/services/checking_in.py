"""Checking in: somebody came to the congress on a day, and what was ticked by mistake goes."""

from datetime import date, datetime

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.attendance import (
    NotInTheProgramme,
    require_on_site,
    require_open_door,
    require_place,
)
from congress.extensions import db
from congress.models import Attendance, ContributorAttendance
from congress.queries import confirmations, congresses, contributor_door
from congress.queries.registrations import congress_of
from congress.queries.retention import long_over
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
        congress = congresses.get_congress(held.congress_id)
        require_open_door(congress, day, now=now)
        require_place(held.state)
        require_on_site(congress, held.mode)
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


def check_in_contributor(
    congress_id: int, person_id: int, *, day: date, actor: Actor, now: datetime
) -> datetime | None:
    """Note that somebody of the programme came; return since when that was known, if it was.

    Raises the refusals of `domain.attendance`.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        found = _find_contributor(congress_id, person_id, day)
        if found is not None:
            return found.came_at
        require_open_door(congress, day, now=now)
        if contributor_door.find_name(congress_id, person_id) is None:
            raise NotInTheProgramme
        values = {"congress_id": congress_id, "person_id": person_id, "day": day}
        db.session.add(ContributorAttendance(**values, came_at=now, user_id=actor.user_id))
        _record_contributor("contributor_came", person_id, congress_id, day, actor=actor, now=now)
        return None


def take_back_contributor(
    congress_id: int, person_id: int, *, day: date, actor: Actor, now: datetime
) -> None:
    """Let somebody of the programme not have come on a day; again changes nothing."""
    with transaction():
        congresses.hold(congress_id)
        found = _find_contributor(congress_id, person_id, day)
        if found is None:
            return
        db.session.delete(found)
        verb = "contributor_came_taken_back"
        _record_contributor(verb, person_id, congress_id, day, actor=actor, now=now)


def forget_old(*, now: datetime) -> int:
    """Delete who of the programme came, a year after a congress; returns of how many days."""
    came = table_of(ContributorAttendance)
    with transaction():
        result = db.session.execute(delete(came).where(came.c.congress_id.in_(long_over(now))))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _find_contributor(congress_id: int, person_id: int, day: date) -> ContributorAttendance | None:
    return db.session.scalars(
        select(ContributorAttendance).where(
            ContributorAttendance.congress_id == congress_id,
            ContributorAttendance.person_id == person_id,
            ContributorAttendance.day == day,
        )
    ).one_or_none()


def _record_contributor(
    verb: str, person_id: int, congress_id: int, day: date, *, actor: Actor, now: datetime
) -> None:
    details = {"day": day.isoformat(), "person": person_id}
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)


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
