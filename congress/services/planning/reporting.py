"""What the room of a workshop needs and what came of it: told by link, published by organisers.

Organisers write results as well; those without an item are of the congress itself.
"""

from datetime import datetime

from sqlalchemy import select, update

from congress.base import table_of
from congress.domain.access import CONTRIBUTOR, Actor
from congress.domain.planning.partners import own_workshops
from congress.domain.planning.workshop_reports import NotCarriedAnyMore, ReportUnseen, Results
from congress.extensions import db
from congress.models import Contributor, WorkshopReport
from congress.queries.planning import contributors, workshop_reports
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.planning import publishing
from congress.transaction import transaction

REPORTS = table_of(WorkshopReport)


def tell(
    contributor_id: int, item_id: int, needs: str, results: Results, *, seen: str, now: datetime
) -> None:
    """Keep what somebody tells of a workshop they carry: the room's needs, and results as a draft.

    Raises NotCarriedAnyMore, and ReportUnseen where another one wrote since the form was opened.
    """
    with transaction():
        person = db.session.get(Contributor, contributor_id)
        if person is None:
            raise NotCarriedAnyMore
        congress_id, person_id = person.congress_id, person.person_id
        _, congress = publishing.hold(congress_id)
        known = contributors.find_known(congress_id, person_id)
        parts = known.parts if known else ()
        own = own_workshops(parts, congress.state, ends_at=congress.ends_at, now=now)
        if item_id not in {part.item_id for part in own}:
            raise NotCarriedAnyMore
        before = workshop_reports.get(item_id)
        if before.mark != seen:
            raise ReportUnseen
        row = _row_of(congress_id, item_id)
        if needs != before.needs:
            row.needs, row.needs_at, row.needs_seen_at = needs, now, None
            _record("room_needs_told", congress_id, item_id, CONTRIBUTOR, now)
        if results != before.wanted:
            row.draft = results.as_json() if results != before.current else None
            _record("results_told", congress_id, item_id, CONTRIBUTOR, now)


def carry_needs(congress_id: int, item_id: int, needs: str, *, now: datetime) -> None:
    """Keep what organisers know a room needs, inside a running transaction."""
    if not needs:
        return
    row = _row_of(congress_id, item_id)
    if not row.needs:
        row.needs, row.needs_at, row.needs_seen_at = needs, now, now
        db.session.flush()


def see_needs(congress_id: int, item_id: int, *, seen: str, actor: Actor, now: datetime) -> None:
    """Note that organisers know what the room needs. Raises ReportUnseen."""
    with transaction():
        row = _held(congress_id, item_id, seen)
        if row.needs_seen_at is None:
            row.needs_seen_at = now
            _record("room_needs_seen", congress_id, item_id, actor, now)


def write(
    congress_id: int,
    item_id: int | None,
    results: Results,
    *,
    seen: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep results that organisers wrote as a draft, in the place of one that was sent.

    Raises ReportUnseen where another one wrote since the form was opened.
    """
    with transaction():
        row = _held(congress_id, item_id, seen)
        before = workshop_reports.of(congress_id, item_id)
        if results != before.wanted:
            row.draft = results.as_json() if results != before.current else None
            _record("results_written", congress_id, item_id, actor, now)


def publish(
    congress_id: int, item_id: int | None, *, seen: str, actor: Actor, now: datetime
) -> None:
    """Show the results that were told, as they were `seen`; empty ones are shown no longer.

    Raises ReportUnseen.
    """
    with transaction():
        row = _held(congress_id, item_id, seen)
        draft = workshop_reports.of(congress_id, item_id).draft
        if draft is None:
            raise ReportUnseen
        row.results, row.draft = None if draft.is_empty else draft.as_json(), None
        _record("results_published", congress_id, item_id, actor, now)


def withdraw(
    congress_id: int, item_id: int | None, *, seen: str, actor: Actor, now: datetime
) -> None:
    """Show results no longer; they are a draft again, unless another one waits.

    Raises ReportUnseen.
    """
    with transaction():
        row = _held(congress_id, item_id, seen)
        if row.results is None:
            raise ReportUnseen
        row.draft, row.results = row.draft or row.results, None
        _record("results_withdrawn", congress_id, item_id, actor, now)


def discard(
    congress_id: int, item_id: int | None, *, seen: str, actor: Actor, now: datetime
) -> None:
    """Let results that were told be, as they were `seen`. Raises ReportUnseen."""
    with transaction():
        row = _held(congress_id, item_id, seen)
        if row.draft is None:
            raise ReportUnseen
        row.draft = None
        _record("results_discarded", congress_id, item_id, actor, now)


def forget_old(*, now: datetime) -> int:
    """Forget needs and drafts a year after a congress; returns of how many workshops."""
    over = long_over(now)
    kept = (REPORTS.c.needs != "") | REPORTS.c.draft.is_not(None)
    with transaction():
        result = db.session.execute(
            update(REPORTS)
            .where(REPORTS.c.congress_id.in_(over), kept)
            .values(needs="", draft=None)
        )
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows


def _held(congress_id: int, item_id: int | None, seen: str) -> WorkshopReport:
    publishing.hold(congress_id)
    if workshop_reports.of(congress_id, item_id).mark != seen:
        raise ReportUnseen
    return _row_of(congress_id, item_id)


def _row_of(congress_id: int, item_id: int | None) -> WorkshopReport:
    row = db.session.scalars(
        select(WorkshopReport).where(*workshop_reports.at(congress_id, item_id)),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if row is None:
        row = WorkshopReport(congress_id=congress_id, item_id=item_id, needs="")
        db.session.add(row)
    return row


def _record(verb: str, congress_id: int, item_id: int | None, actor: Actor, now: datetime) -> None:
    db.session.flush()
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, item_id=item_id)
