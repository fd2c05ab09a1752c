"""An item while organisers rework it: held against others, written with a line in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congresses import Congress as Seen
from congress.domain.planning import binding, minimum, reversal
from congress.domain.planning.adding import code_of
from congress.domain.planning.item_plan import OF_A_PLAN, ItemPlan, changed_fields
from congress.domain.planning.scheduling import (
    EditedMeanwhile,
    ItemGone,
    TitleMissing,
    require_first,
    require_fits,
)
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.extensions import db
from congress.models import AuditLine, Congress, MeetingTopic, ProgrammeItem, Proposal, Room
from congress.queries.congresses import PUBLIC
from congress.queries.planning import scheduling
from congress.queries.planning.congress_files import as_item_plan
from congress.services import auditing
from congress.services.planning import adopting, publishing, unlinking


@dataclass(frozen=True)
class Held:
    """An item while it is changed: its row and plan, and its congress, also as it is seen."""

    row: ProgrammeItem
    before: ItemPlan
    congress: Congress
    seen: Seen


def hold(item_id: int, version: str | None = None) -> Held:
    """Hold an item, as the form showed it if there is one. Raises EditedMeanwhile and ItemGone."""
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
    if version is not None and before.version != version:
        raise EditedMeanwhile
    return Held(row, before, congress, seen)


def write(held: Held, plan: ItemPlan, verb: str, *, actor: Actor, now: datetime) -> bool:
    """Write the working values if they are others, with a line in the log.

    Places of what is public are not written: they count at once.
    """
    row, rooms = held.row, held.congress.rooms
    if row.bookable and row.released is None:  # nobody can have booked it
        row.capacity, row.waiting_list = plan.places, plan.waiting_list
    fields = changed_fields(held.before, plan, OF_A_PLAN)
    if not fields:
        return False
    partners = unlinking.partners_of(row)
    adopting.write_item(row, plan, {room.code: room for room in rooms})
    unlinking.end_of_new_partners(row, partners, actor=actor, now=now)
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=held.congress.id,
        item_id=row.id,
        fields=fields,
        details={"changes": _changes(held.before, plan, fields, rooms)},
        personal=_kept(held.before, row),
    )
    return True


def require_makes_sense(plan: ItemPlan, congress: Seen) -> None:
    """Refuse what no item can be.

    Raises TitleMissing, EndsBeforeStart, OutsideCongress, MinimumAbovePlaces, MinimumTooLate,
    DayWithoutMinimum, NotTheFirst, and what `binding` refuses.
    """
    if not plan.title.get(REQUIRED_LANGUAGE):
        raise TitleMissing
    require_fits(plan.slot, congress.days)
    minimum.require_possible(plan, congress.zone)
    if plan.same_as or plan.one_of or plan.only_with:
        others = scheduling.other_workshops(congress.id, plan.code)
        require_first(plan, {code: each.same_as for code, each in others.items()})
        binding.require_possible(plan, others)


def add(
    congress: Congress, plan: ItemPlan, uid: str, *, actor: Actor, now: datetime
) -> ProgrammeItem:
    """Add an item, with a line in the log, inside a running transaction."""
    taken = select(ProgrammeItem.code).where(ProgrammeItem.congress_id == congress.id)
    plan = replace(plan, code=code_of(plan.kind, plan.number, db.session.scalars(taken)))
    row = adopting.new_item(congress.id, plan, now=now)
    row.uid = uid
    adopting.write_item(row, plan, {room.code: room for room in congress.rooms})
    record_new(row, "item_added", actor=actor, now=now)
    return row


def record_new(row: ProgrammeItem, verb: str, *, actor: Actor, now: datetime) -> None:
    """Write into the log that an item is there; who is new in it was not there before."""
    unlinking.end_of_new_partners(row, (), actor=actor, now=now)
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=row.congress_id,
        item_id=row.id,
        personal=_kept(None, row),
    )


def remove(held: Held, *, actor: Actor, now: datetime) -> bool:
    """Take an item out of the programme, with a line in the log; returns whether it is gone."""
    row, congress_id = held.row, held.congress.id
    was_public = held.seen.state in PUBLIC and row.released is not None
    named, kept = adopting.named(row), _kept_of_gone(held)
    if not adopting.take_out(row, was_public=was_public):
        write(held, replace(held.before, cancelled=True), "item_edited", actor=actor, now=now)
        return False
    details = {"named": named}
    auditing.record(
        "item_removed",
        actor=actor,
        now=now,
        congress_id=congress_id,
        details=details,
        personal=kept,
    )
    return True


def _kept(before: ItemPlan | None, row: ProgrammeItem) -> dict[str, Any]:
    """Return what undoes an act: what was before, and how to tell that nobody has come since."""
    db.session.flush()
    return {
        "before": reversal.as_json(before) if before else None,
        "after": reversal.mark_of(as_item_plan(row), row.released),
    }


def _kept_of_gone(held: Held) -> dict[str, Any]:
    """Return what brings an item back that is about to go, with its lines in the log."""
    row = held.row
    lines = select(AuditLine.id).where(AuditLine.item_id == row.id)
    proposals = select(Proposal.id).where(Proposal.item_id == row.id)
    topics = select(MeetingTopic.id).where(MeetingTopic.item_id == row.id)
    face = [row.released_starts_at, row.released_ends_at]
    return {
        "before": reversal.as_json(held.before),
        "after": None,
        "uid": row.uid,
        "sequence": row.sequence,
        "revised_at": row.revised_at.isoformat(),
        "released": row.released,
        "released_slot": [each.isoformat() if each else None for each in face],
        "lines": list(db.session.scalars(lines)),
        "proposals": list(db.session.scalars(proposals)),
        "topics": list(db.session.scalars(topics)),
    }


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
        "bookable": plan.bookable,
        "minimum": plan.minimum,
        "minimum_by": plan.minimum_by.isoformat() if plan.minimum_by else None,
    }
