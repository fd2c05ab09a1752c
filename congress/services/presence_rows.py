"""The rows of who was there, inside a running transaction: whoever is in a workshop came that day.

Several devices and papers may say the same at once; whoever says it second changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, delete, select, update

from congress.base import INSERTS, table_of
from congress.domain.access import Actor
from congress.domain.attendance import CameBy
from congress.domain.sign_in import SheetFor
from congress.extensions import db
from congress.models import DoorScan
from congress.queries.attendances import AT_THE_DOOR, CAME

SCANS = table_of(DoorScan)
SURENESS = {CameBy.WORKSHOP: 0, CameBy.PAPER: 1, CameBy.DOOR: 2}


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


def unite(kept: int, other: int) -> None:
    """Let a registration have come where another one of the same person did, which goes into it.

    Where both did it is known as it is known best: what was ticked off is not corrected by a paper.
    What devices have sent of the other one is of the one that goes on.
    """
    both = CAME.alias("both")
    of_both = (
        both.c.day == CAME.c.day,
        both.c.item_id.is_not_distinct_from(CAME.c.item_id),
    )
    is_better = case(SURENESS, value=both.c.came_by) > case(SURENESS, value=CAME.c.came_by)
    better = select(both.c.id).where(both.c.registration_id == other, *of_both, is_better).exists()
    known = select(both.c.id).where(both.c.registration_id == kept, *of_both).exists()
    db.session.execute(delete(CAME).where(CAME.c.registration_id == kept, better))
    came = update(CAME).where(CAME.c.registration_id == other, ~known)
    db.session.execute(came.values(registration_id=kept))
    db.session.execute(delete(CAME).where(CAME.c.registration_id == other))
    sent = update(SCANS).where(SCANS.c.registration_id == other)
    db.session.execute(sent.values(registration_id=kept))


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
