"""What is moved to another choice of workshops: its places are given as those beside it are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain import allocation
from congress.domain.allocation import is_any_assigned
from congress.domain.congresses import Congress
from congress.domain.programme import Face, ProgrammeItem
from congress.extensions import db
from congress.models import ProgrammeItem as Row
from congress.models import WishDecision, WorkshopWish
from congress.queries import programme, wishes

WISHES, DECISIONS = table_of(WorkshopWish), table_of(WishDecision)


def follow(before: Congress, known: Mapping[int, Face | None]) -> dict[int, Sequence[int]]:
    """Settle it of what is shown anew, inside a running transaction; returns whose wishes go.

    `known` are the faces before, where calendars say something else now. Wishes for what stands
    beside others than before mean nothing any more, nor does what was decided about that time; a
    workshop that somebody is to have in no case stays that, whenever it is.
    """
    after = programme.released_items(before.id) if known else []
    if not allocation.uses_wishes(before.rules.allocation, after) and not is_any_assigned(after):
        return {}
    was = [
        replace(item, face=known.get(item.id) or item.face)
        for item in after
        if item.id not in known or known[item.id] is not None
    ]
    kept = allocation.after_moves(after, _moved(was, after))
    for row in db.session.scalars(select(Row).where(Row.id.in_(kept))):
        row.allocation = kept[row.id].allocation or ""
        row.assigned_at = kept[row.id].assigned_at
    unranked = who_ranked(before, was, after)
    if unranked:
        db.session.execute(delete(WISHES).where(WISHES.c.item_id.in_(unranked)))
        to_give = DECISIONS.c.is_given & DECISIONS.c.released_at.is_(None)
        of_then = DECISIONS.c.of_time | to_give
        db.session.execute(delete(DECISIONS).where(DECISIONS.c.item_id.in_(unranked), of_then))
    db.session.flush()
    return unranked


def who_ranked(
    congress: Congress, was: Sequence[ProgrammeItem], after: Sequence[ProgrammeItem]
) -> dict[int, Sequence[int]]:
    """Return what is moved away from all it stood beside, with those who ranked it there."""
    parted = allocation.parted(was, after, _moved(was, after))
    return {
        key: [
            number
            for who in wishes.ranked(congress, {key}, was)
            for number in db.session.scalars(who.order_by(who.selected_columns[0]))
        ]
        for key in sorted(parted)
    }


def _moved(was: Sequence[ProgrammeItem], after: Sequence[ProgrammeItem]) -> set[int]:
    slots = {item.id: item.slot for item in was}
    return {item.id for item in after if slots.get(item.id) != item.slot}
