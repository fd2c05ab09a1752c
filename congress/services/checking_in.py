"""Checking in: somebody came through a door on a day, and what was ticked by mistake goes."""

from datetime import date, datetime

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.attendance import (
    CameBy,
    NotInTheProgramme,
    require_on_site,
    require_open_door,
    require_place,
)
from congress.domain.congresses import Congress
from congress.domain.doors import CodeReplaced, NotADoor, NotBookedHere, UnknownCode, doors_of
from congress.domain.sign_in import SheetFor
from congress.extensions import db
from congress.models import Attendance, ContributorAttendance
from congress.queries import confirmations, congresses, contributor_door, doors, programme
from congress.queries.registrations import congress_of
from congress.queries.retention import long_over
from congress.services import auditing, presence_rows, unconfirmed
from congress.services.holding import hold
from congress.transaction import transaction


def check_in(
    registration_id: int,
    *,
    day: date,
    actor: Actor,
    now: datetime,
    item_id: int | None = None,
    is_let_in: bool = False,
) -> datetime | None:
    """Note that somebody came on a day, or into an item; return since when that was known, if so.

    Whoever has been ticked off stays so, from whichever device. Whoever stands at the door needs
    to confirm nothing any more. Whoever `is_let_in` needs no place in the item. Raises the
    refusals of `domain.attendance` and `domain.doors`.
    """
    with transaction():
        where = SheetFor(day, item_id)
        return admit(registration_id, where, is_let_in=is_let_in, actor=actor, now=now)


def check_in_by_code(
    congress_id: int, typed: str, *, day: date, item_id: int | None, actor: Actor, now: datetime
) -> tuple[int, datetime | None]:
    """Tick off whose code was read; return who it is, and since when they were known to be there.

    Raises `UnknownCode`, `CodeReplaced` and what `check_in` raises.
    """
    with transaction():
        found = doors.find_by_code(congress_id, typed)
        if found is None:
            raise UnknownCode
        if found.is_replaced:
            raise CodeReplaced
        where = SheetFor(day, item_id)
        known = admit(found.registration_id, where, is_let_in=False, actor=actor, now=now)
        return found.registration_id, known


def admit(
    registration_id: int,
    where: SheetFor,
    *,
    is_let_in: bool,
    actor: Actor,
    now: datetime,
) -> datetime | None:
    """Do what `check_in` does inside a running transaction."""
    is_asked = confirmations.is_asked(registration_id)
    if is_asked:  # for the place must not end meanwhile
        congresses.hold(congress_of(registration_id))
        is_asked = confirmations.is_asked(registration_id)
    held = hold(registration_id)
    found = _find(registration_id, where)
    if found is not None and found.came_by != CameBy.WORKSHOP:
        return found.came_at
    congress = congresses.get_congress(held.congress_id)
    require_open_door(congress, where.day, now=now)
    require_place(held.state)
    require_on_site(congress, held.mode)
    is_booked = _require_way_in(congress, registration_id, where, is_let_in=is_let_in)
    if is_asked:
        unconfirmed.end(registration_id)
        auditing.record(
            "confirmed_by_hand",
            actor=actor,
            now=now,
            congress_id=held.congress_id,
            registration_id=registration_id,
        )
    presence_rows.add([registration_id], where, CameBy.DOOR, actor=actor, now=now)
    if found is not None:  # known by a workshop, and now by the door as well
        return found.came_at
    details = {} if is_booked else {"let_in": True}
    _record("came", registration_id, held.congress_id, where, details, actor=actor, now=now)
    return None


def take_back(
    registration_id: int, *, day: date, actor: Actor, now: datetime, item_id: int | None = None
) -> bool:
    """Let somebody not have come, where again changes nothing; return whether they stay there.

    Whoever was in a workshop came on its day.
    """
    with transaction():
        congress_id, where = hold(registration_id).congress_id, SheetFor(day, item_id)
        found = _find(registration_id, where)
        if found is None:
            return False
        presence_rows.remove([registration_id], where)
        if _find(registration_id, where) is not None:
            return True
        verb = "came_taken_back"
        _record(verb, registration_id, congress_id, where, {}, actor=actor, now=now)
        return False


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


def _require_way_in(
    congress: Congress, registration_id: int, where: SheetFor, *, is_let_in: bool
) -> bool:
    """Refuse what is no door; return whether somebody has a place behind it, or refuse them."""
    if where.item_id is None:
        return True
    found = doors_of(programme.kept_items(congress), where.day, congress.zone)
    if where.item_id not in {item.id for item in found}:
        raise NotADoor
    is_booked = registration_id in doors.booked_at([registration_id], [where.item_id])
    if not (is_booked or is_let_in):
        raise NotBookedHere
    return is_booked


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


def _find(registration_id: int, where: SheetFor) -> Attendance | None:
    return db.session.scalars(
        select(Attendance)
        .where(
            Attendance.registration_id == registration_id,
            Attendance.day == where.day,
            Attendance.item_id.is_not_distinct_from(where.item_id),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()


def _record(
    verb: str,
    registration_id: int,
    congress_id: int,
    where: SheetFor,
    more: dict[str, bool],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    item = {} if where.item_id is None else {"item": where.item_id}
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=congress_id,
        registration_id=registration_id,
        details={"day": where.day.isoformat(), **item, **more},
    )
