"""An item while organisers rework it: held against others, written with a line in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congresses import Congress as Seen
from congress.domain.planning.item_plan import ItemPlan, changed_fields
from congress.domain.planning.scheduling import EditedMeanwhile, ItemGone
from congress.extensions import db
from congress.models import Congress, ProgrammeItem, Room
from congress.queries.planning.congress_files import as_item_plan
from congress.services import auditing
from congress.services.planning import adopting, publishing


@dataclass(frozen=True)
class Held:
    """An item while it is changed: its row and plan, and its congress, also as it is seen."""

    row: ProgrammeItem
    before: ItemPlan
    congress: Congress
    seen: Seen


def hold(item_id: int, version: str) -> Held:
    """Hold an item as the form showed it. Raises EditedMeanwhile and ItemGone."""
    statement = select(ProgrammeItem).where(ProgrammeItem.id == item_id)
    congress_id = db.session.scalars(
        select(ProgrammeItem.congress_id).where(ProgrammeItem.id == item_id)
    ).one_or_none()
    if congress_id is None:
        raise ItemGone
    congress, seen = publishing.hold(congress_id)
    row = db.session.scalars(statement, execution_options={"populate_existing": True}).one_or_none()
    if row is None:
        raise ItemGone
    before = as_item_plan(row)
    if before.version != version:
        raise EditedMeanwhile
    return Held(row, before, congress, seen)


def write(held: Held, plan: ItemPlan, verb: str, *, actor: Actor, now: datetime) -> bool:
    """Write the working values if they are others, with a line in the log."""
    fields = changed_fields(held.before, plan)
    if not fields:
        return False
    rooms = held.congress.rooms
    adopting.write_item(held.row, plan, {room.code: room for room in rooms})
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=held.congress.id,
        item_id=held.row.id,
        fields=fields,
        details={"changes": _changes(held.before, plan, fields, rooms)},
    )
    return True


def _changes(
    before: ItemPlan, after: ItemPlan, fields: Sequence[str], rooms: Sequence[Room]
) -> dict[str, list[Any]]:
    """Return what was and what is, where that is short and about nobody, for the log."""
    names = {room.code: room.name for room in rooms}
    stated = [_stated(each, names) for each in (before, after)]
    return {field: [each[field] for each in stated] for field in fields if field in stated[0]}


def _stated(plan: ItemPlan, rooms: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    slot = plan.slot
    return {
        "title": dict(plan.title),
        "short_title": dict(plan.short_title),
        "time": [slot.starts_at.isoformat(), slot.ends_at.isoformat()],
        "room": dict(rooms[plan.room]) if plan.room else {},
        "cancelled": plan.cancelled,
    }
