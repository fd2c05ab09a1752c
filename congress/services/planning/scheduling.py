"""Editing programme items: working values, which the public sees after the next release."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.planning.adding import code_of
from congress.domain.planning.item_plan import ItemPlan, changed_fields
from congress.domain.planning.scheduling import EditedMeanwhile, TitleMissing, require_fits
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import ProgrammeItem, Room
from congress.queries.planning.congress_files import as_item_plan
from congress.services import auditing, placing
from congress.services.placing import Sizes
from congress.services.planning import adopting, publishing
from congress.transaction import transaction


def add_item(congress_id: int, plan: ItemPlan, *, actor: Actor, now: datetime) -> str:
    """Add an item, which the public sees after the next release; returns its code.

    Raises EndsBeforeStart, OutsideCongress and TitleMissing.
    """
    with transaction():
        congress, seen = publishing.hold(congress_id)
        _require_makes_sense(plan, seen.days)
        taken = db.session.scalars(
            select(ProgrammeItem.code).where(ProgrammeItem.congress_id == congress_id)
        )
        plan = replace(plan, code=code_of(plan.kind, plan.number, taken))
        row = adopting.new_item(congress_id, plan, now=now)
        adopting.write_item(row, plan, {room.code: room for room in congress.rooms})
        auditing.record("item_added", actor=actor, now=now, congress_id=congress_id, item_id=row.id)
    return plan.code


def edit_item(item_id: int, plan: ItemPlan, *, version: str, actor: Actor, now: datetime) -> None:
    """Save the working values of an item, and its places.

    Places count at once, because registration cannot wait for a release. Raises EditedMeanwhile
    when `version` is not that of the values saved last, EndsBeforeStart, OutsideCongress and
    TitleMissing.
    """
    with transaction():
        congress_id = db.session.scalars(
            select(ProgrammeItem.congress_id).where(ProgrammeItem.id == item_id)
        ).one()
        congress, seen = publishing.hold(congress_id)
        row = db.session.scalars(
            select(ProgrammeItem).where(ProgrammeItem.id == item_id),
            execution_options={"populate_existing": True},
        ).one()
        before = as_item_plan(row)
        if before.version != version:
            raise EditedMeanwhile
        _require_makes_sense(plan, seen.days)
        fields = changed_fields(before, plan)
        if fields:
            adopting.write_item(row, plan, {room.code: room for room in congress.rooms})
            auditing.record(
                "item_edited",
                actor=actor,
                now=now,
                congress_id=congress_id,
                item_id=row.id,
                fields=fields,
                details={"changes": _changes(before, plan, fields, congress.rooms)},
            )
            db.session.flush()  # places are read from the database
        if row.bookable and row.released is None:  # nobody can have booked it
            row.capacity, row.waiting_list = plan.places, plan.waiting_list
        elif row.bookable:
            sizes: Sizes = {row.id: (plan.places, plan.waiting_list)}
            placing.adopt_places(congress_id, sizes, actor=actor, now=now)


def _require_makes_sense(plan: ItemPlan, days: Sequence[TimeSlot]) -> None:
    if not plan.title.get(REQUIRED_LANGUAGE):
        raise TitleMissing
    require_fits(plan.slot, days)


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
