"""The rows of who was there, inside a running transaction: whoever is in a workshop came that day.

Several devices and papers may say the same at once; whoever says it second changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from congress.base import INSERTS
from congress.domain.access import Actor
from congress.domain.attendance import CameBy
from congress.domain.sign_in import SheetFor
from congress.extensions import db
from congress.queries.attendances import AT_THE_DOOR, CAME


def add(
    people: Collection[int], where: SheetFor, came_by: CameBy, *, actor: Actor, now: datetime
) -> None:
    """Note that people were there; with a workshop, that they came on its day as well."""
    _insert(people, where, came_by, actor=actor, now=now)
    if where.item_id is not None:
        _insert(people, SheetFor(where.day), CameBy.WORKSHOP, actor=actor, now=now)
    elif people:
        _came_to_the_door(people, where.day, came_by)


def add_each(moments: Mapping[tuple[int, SheetFor], datetime], *, actor: Actor) -> None:
    """Note that people came through doors, each at a moment of their own."""
    by_person = sorted(moments.items(), key=lambda each: each[0][0])
    rows, days = [], []
    for (person, where), came_at in by_person:
        common = {"registration_id": person, "day": where.day, "user_id": actor.user_id}
        rows.append(
            {**common, "item_id": where.item_id, "came_at": came_at, "came_by": CameBy.DOOR}
        )
        if where.item_id is not None:
            day = {"item_id": None, "came_at": came_at, "came_by": CameBy.WORKSHOP}
            days.append({**common, **day})
    _insert_all(rows)  # first, as a row of the main door says more than one of a day
    _insert_all(days)
    at_door = [(person, where.day) for (person, where), _at in by_person if where.item_id is None]
    for when in {day for _person, day in at_door}:
        _came_to_the_door([person for person, of in at_door if of == when], when, CameBy.DOOR)


def remove(people: Collection[int], where: SheetFor) -> None:
    """Let people not have been there.

    With their last workshop of a day goes that they came on it, unless that is known otherwise;
    whoever was in a workshop came on its day, so that stays.
    """
    of_whom = (CAME.c.registration_id.in_(people), CAME.c.day == where.day)
    other = CAME.alias()
    in_a_workshop = (
        select(other.c.id)
        .where(
            other.c.registration_id == CAME.c.registration_id,
            other.c.day == CAME.c.day,
            other.c.item_id.is_not(None),
        )
        .exists()
    )
    if where.item_id is None:
        at_door = (*of_whom, AT_THE_DOOR)
        follows = update(CAME).where(*at_door, in_a_workshop)
        db.session.execute(follows.values(came_by=CameBy.WORKSHOP))
        db.session.execute(delete(CAME).where(*at_door, ~in_a_workshop))
        return
    db.session.execute(delete(CAME).where(*of_whom, CAME.c.item_id == where.item_id))
    followed = CAME.c.came_by == CameBy.WORKSHOP
    db.session.execute(delete(CAME).where(*of_whom, AT_THE_DOOR, followed, ~in_a_workshop))


def _came_to_the_door(people: Collection[int], day: date, came_by: CameBy) -> None:
    """Note how it is known of those who were known only by a workshop so far."""
    followed = CAME.c.came_by == CameBy.WORKSHOP
    these = (CAME.c.registration_id.in_(people), CAME.c.day == day, AT_THE_DOOR)
    db.session.execute(update(CAME).where(*these, followed).values(came_by=came_by))


def _insert(
    people: Collection[int], where: SheetFor, came_by: CameBy, *, actor: Actor, now: datetime
) -> None:
    common = {"item_id": where.item_id, "day": where.day, "came_at": now}
    rows = [
        {"registration_id": person, "came_by": came_by, "user_id": actor.user_id, **common}
        for person in sorted(people)
    ]
    _insert_all(rows)


def _insert_all(rows: Sequence[Mapping[str, Any]]) -> None:
    insert = INSERTS[db.session.get_bind().dialect.name]
    if rows:
        db.session.execute(insert(CAME).on_conflict_do_nothing(), rows)
