"""What is kept of a run so that it can be worked out again, and where a first run is due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select

from congress.base import table_of
from congress.domain import allocation
from congress.domain.assignment.run_records import RunRecord
from congress.domain.assignment.runs import RunKind
from congress.domain.congresses import Congress, CongressState
from congress.extensions import db
from congress.models import AssignmentRun, AuditLine, WorkshopWish
from congress.models import Congress as CongressRow
from congress.models import ProgrammeItem as Item
from congress.queries import assignment_runs, congresses, programme
from congress.queries.wishes import IS_WISH

RUNS, WISHES, CONGRESSES, ITEMS = map(table_of, (AssignmentRun, WorkshopWish, CongressRow, Item))
LINES = table_of(AuditLine)
# Whose wishes are still to be granted: wherever there are such, it is worth looking at the rules.
WAITING_FOR_PLACES = (
    select(CONGRESSES.c.id)
    .where(
        CONGRESSES.c.state == CongressState.PUBLISHED,
        exists().where(
            WISHES.c.item_id == ITEMS.c.id,
            IS_WISH,
            ITEMS.c.congress_id == CONGRESSES.c.id,
            ITEMS.c.assigned_at.is_(None),
        ),
    )
    .order_by(CONGRESSES.c.id)
)


def find(congress_id: int, run_id: int | None = None) -> RunRecord | None:
    """Return what is kept of a run of this congress, of the newest one by default."""
    statement = select(RUNS.c.record).where(
        RUNS.c.congress_id == congress_id,
        RUNS.c.record.is_not(None),
        *([RUNS.c.id == run_id] if run_id is not None else []),
    )
    stored = db.session.scalars(statement.order_by(RUNS.c.id.desc()).limit(1)).one_or_none()
    return RunRecord.unpacked(stored) if stored is not None else None


def compared_so_far(run_id: int) -> Mapping[str, Any]:
    """Return what is known already of one more place, by workshop."""
    return db.session.scalars(select(RUNS.c.one_more).where(RUNS.c.id == run_id)).one() or {}


def due(*, now: datetime) -> list[int]:
    """Return where wishes have closed, places are still to be given, and nobody asked since."""
    found = map(congresses.get_congress, db.session.scalars(WAITING_FOR_PLACES).all())
    return [each.id for each in found if each.wishes_close_at <= now and _is_to_be_asked(each)]


def _is_to_be_asked(congress: Congress) -> bool:
    slots = allocation.taking_wishes(programme.kept_items(congress), congress.rules.allocation)
    workshops = [item.id for slot in slots for item in slot.workshops]
    if not workshops or not assignment_runs.has_wishes(congress.id, workshops):
        return False
    asked = exists().where(
        RUNS.c.congress_id == congress.id,
        RUNS.c.kind == RunKind.FIRST,
        RUNS.c.asked_at >= _closed_at(congress),
    )
    return not db.session.scalars(select(asked)).one()


def _closed_at(congress: Congress) -> datetime:
    """Return when wishes closed: at their day, or later, when a day was named that was over."""
    named = select(func.max(LINES.c.at)).where(
        LINES.c.congress_id == congress.id, LINES.c.verb == "wishes_until_set"
    )
    return max(
        congress.wishes_close_at, db.session.scalars(named).one() or congress.wishes_close_at
    )
