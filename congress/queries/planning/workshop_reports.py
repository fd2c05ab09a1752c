"""What was told of workshops by those who carry them, and of the congress itself by organisers."""

from typing import Any

from sqlalchemy import ColumnElement, select

from congress.domain.planning.workshop_reports import Report, Results, from_json
from congress.extensions import db
from congress.models import WorkshopReport as Row


def get(item_id: int) -> Report:
    """Return what was told of a workshop; an empty report where nothing was."""
    return _report(Row.item_id == item_id)


def of(congress_id: int, item_id: int | None) -> Report:
    """Return what was told of a workshop or, without one, of the congress itself."""
    return _report(*at(congress_id, item_id))


def at(congress_id: int, item_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the row of a workshop or, without one, of the congress itself."""
    item = Row.item_id.is_(None) if item_id is None else Row.item_id == item_id
    return Row.congress_id == congress_id, item


def published(congress_id: int) -> dict[int | None, Results]:
    """Return by workshop what is published; under None that of the congress itself."""
    rows = db.session.execute(
        select(Row.item_id, Row.results).where(
            Row.congress_id == congress_id, Row.results.is_not(None)
        )
    )
    return {row.item_id: from_json(row.results) for row in rows}


def drafted(congress_id: int) -> set[int | None]:
    """Return the workshops of which something is written that is not published; None as above."""
    return set(
        db.session.scalars(
            select(Row.item_id).where(Row.congress_id == congress_id, Row.draft.is_not(None))
        )
    )


def _report(*which: Any) -> Report:  # noqa: ANN401 - conditions
    row = db.session.execute(
        select(Row.needs, Row.needs_at, Row.needs_seen_at, Row.results, Row.draft).where(*which)
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
