"""What was told of workshops by those who carry them."""

from sqlalchemy import select

from congress.domain.planning.workshop_reports import Report, Results, from_json
from congress.extensions import db
from congress.models import WorkshopReport as Row


def get(item_id: int) -> Report:
    """Return what was told of a workshop; an empty report where nothing was."""
    row = db.session.execute(
        select(Row.needs, Row.needs_at, Row.needs_seen_at, Row.results, Row.draft).where(
            Row.item_id == item_id
        )
    ).one_or_none()
    if row is None:
        return Report()
    return Report(
        needs=row.needs,
        needs_at=row.needs_at,
        is_seen=not row.needs or row.needs_seen_at is not None,
        current=from_json(row.results) if row.results else Results(),
        draft=from_json(row.draft) if row.draft else None,
    )
