"""Undoing what somebody has just done to the draft of a programme, and letting go of the means."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, or_, select, update

from congress.domain.access import Actor
from congress.domain.calls import ProposalState
from congress.domain.congresses import CongressState
from congress.domain.network.topics import TopicState
from congress.domain.planning import reversal
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.reversal import ACTS, KEPT
from congress.domain.planning.scheduling import ChangedSince
from congress.domain.restoration import DONE
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import AuditLine, Congress, MeetingTopic, ProgrammeItem, Proposal
from congress.services.planning import adopting, publishing, reworking
from congress.transaction import transaction

OVER: dict[str, Any] = {"is_undone": True}


@dataclass(frozen=True)
class Undone:
    """An item that is as before; `keeps_places` if their number was changed and stays."""

    title: Texts
    keeps_places: bool = False


def undo(congress_id: int, at: datetime, *, actor: Actor, now: datetime) -> tuple[Undone, ...]:
    """Undo what this actor did to the programme at a moment, all of it or nothing.

    A second click finds it undone. This is an act like others, and can be undone. Raises
    ChangedSince.
    """
    with transaction():
        congress, _seen = publishing.hold(congress_id)
        lines = db.session.scalars(
            select(AuditLine)
            .where(
                AuditLine.congress_id == congress_id,
                AuditLine.at == at,
                AuditLine.user_id == actor.user_id,
                AuditLine.verb.in_(ACTS),
            )
            .order_by(AuditLine.id)
        ).all()
        if not lines or at < now - KEPT:
            raise ChangedSince
        return tuple(_undo(line, congress, actor=actor, now=now) for line in lines)


def forget_old(*, now: datetime) -> int:
    """Let go of what older acts could be undone with; returns of how many."""
    with transaction():
        statement = (
            update(AuditLine)
            .where(AuditLine.verb.in_((*ACTS, DONE)), AuditLine.at < now - KEPT)
            .where(cast(AuditLine.personal, String) != "{}")
            .values(personal={})
        )
        result = db.session.execute(statement)
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows


def _undo(line: AuditLine, congress: Congress, *, actor: Actor, now: datetime) -> Undone:
    kept = line.personal
    if kept == OVER:
        return Undone(_title_of(line))
    if not kept:
        raise ChangedSince
    line.personal = OVER
    before = reversal.plan_of(kept["before"]) if kept["before"] else None
    if before and before.room and before.room not in {room.code for room in congress.rooms}:
        raise ChangedSince
    if before and kept["after"] is None:
        return _bring_back(before, kept, congress, actor=actor, now=now)
    if line.item_id is None:  # it is gone by now
        raise ChangedSince
    held = reworking.hold(line.item_id)
    if reversal.mark_of(held.before, held.row.released) != kept["after"]:
        raise ChangedSince
    if before is None:
        reworking.remove(held, actor=actor, now=now)
        return Undone(held.before.title)
    places = [(plan.places, plan.waiting_list) for plan in (before, held.before)]
    keeps_places = held.row.released is not None and places[0] != places[1]
    reworking.write(held, before, "item_undone", actor=actor, now=now)
    return Undone(before.title, keeps_places)


def _bring_back(
    plan: ItemPlan, kept: dict[str, Any], congress: Congress, *, actor: Actor, now: datetime
) -> Undone:
    """Make an item again that was removed, the same for calendars and in the log."""
    taken = select(ProgrammeItem.id).where(
        or_(
            ProgrammeItem.uid == kept["uid"],
            (ProgrammeItem.congress_id == congress.id) & (ProgrammeItem.code == plan.code),
        )
    )
    if db.session.scalars(taken).first() is not None:
        raise ChangedSince
    row = adopting.new_item(congress.id, plan, now=now)
    row.uid, row.sequence = kept["uid"], kept["sequence"]
    row.revised_at = datetime.fromisoformat(kept["revised_at"])
    if congress.state == CongressState.DRAFT and kept["released"] is not None:
        starts_at, ends_at = map(datetime.fromisoformat, kept["released_slot"])
        row.released = kept["released"]
        row.released_starts_at, row.released_ends_at = starts_at, ends_at
    adopting.write_item(row, plan, {room.code: room for room in congress.rooms})
    adopting.write_host(row, plan.host)
    lines = update(AuditLine).where(AuditLine.id.in_(kept["lines"]))
    db.session.execute(lines.values(item_id=row.id))
    came_of = update(Proposal).where(
        Proposal.id.in_(kept.get("proposals", ())), Proposal.state == ProposalState.ACCEPTED
    )
    db.session.execute(came_of.values(item_id=row.id))
    treats = update(MeetingTopic).where(
        MeetingTopic.id.in_(kept.get("topics", ())),
        MeetingTopic.state == TopicState.OPEN,
        MeetingTopic.item_id.is_(None),
    )
    db.session.execute(treats.values(item_id=row.id))
    reworking.record_new(row, "item_restored", actor=actor, now=now)
    return Undone(plan.title)


def _title_of(line: AuditLine) -> Texts:
    row = db.session.get(ProgrammeItem, line.item_id) if line.item_id else None
    return row.title if row else line.details.get("named", {}).get("title", {})
