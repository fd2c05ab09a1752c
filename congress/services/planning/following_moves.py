"""What is moved to another choice of workshops: its places are given as those beside it are."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain import allocation
from congress.domain.programme import Face
from congress.domain.workshops import Allocation
from congress.extensions import db
from congress.models import ProgrammeItem as Row
from congress.models import WishDecision, WorkshopWish
from congress.queries import programme


def follow(congress_id: int, usual: Allocation, known: Mapping[int, Face | None]) -> None:
    """Settle it of what is shown anew, inside a running transaction.

    `known` are the faces before, where calendars say something else now. Wishes for what stands
    beside others than before mean nothing any more.
    """
    after = programme.released_items(congress_id) if known else []
    if not allocation.uses_wishes(usual, after) and not allocation.is_any_assigned(after):
        return
    before = [
        replace(item, face=known.get(item.id) or item.face)
        for item in after
        if item.id not in known or known[item.id] is not None
    ]
    slots = {item.id: item.slot for item in before}
    moved = {item.id for item in after if slots.get(item.id) != item.slot}
    kept = allocation.after_moves(after, moved)
    for row in db.session.scalars(select(Row).where(Row.id.in_(kept))):
        row.allocation = kept[row.id].allocation or ""
        row.assigned_at = kept[row.id].assigned_at
    if parted := allocation.parted(before, after, moved):
        for table in map(table_of, (WorkshopWish, WishDecision)):
            db.session.execute(delete(table).where(table.c.item_id.in_(parted)))
    db.session.flush()
