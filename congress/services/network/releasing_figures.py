"""Letting everybody read the figures of some years, and taking that back."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.letter_texts import LANGUAGES
from congress.domain.network.funder_report import FunderReport, Period
from congress.domain.network.masking import NOBODY
from congress.domain.network.released_figures import require_releasable
from congress.extensions import db
from congress.formats.dates import Dates
from congress.formats.funder_report import parts
from congress.models import ReleasedFigures
from congress.queries.network import released_figures, report
from congress.services import auditing
from congress.transaction import hold_table, read_one_state, transaction

RELEASED = table_of(ReleasedFigures)


def release(period: Period, zone: ZoneInfo, *, actor: Actor, now: datetime) -> None:
    """Let everybody read the figures of some years; again changes nothing.

    What was taken back is shown as it was: its figures are those of the first release.

    Raises YearsNotOver, YearsReleasedAlready.
    """
    today = now.astimezone(zone).date()
    read_one_state()  # counting takes a while, and others write meanwhile
    known = _released()
    counted = None
    if period not in known:
        require_releasable(period, known, today=today)
        counted = report.report(period, zone, now=now)
    with transaction():
        hold_table(RELEASED)  # years of another release may overlap with these
        row = _find(period)
        if row is not None and row.is_shown:
            return
        if row is not None:
            row.is_shown = True
        elif counted is not None:
            require_releasable(period, _released(), today=today)
            db.session.add(_new(counted, zone, actor=actor, now=now))
        _record("funder_report_released", period, actor=actor, now=now)


def take_back(period: Period, *, actor: Actor, now: datetime) -> None:
    """Show the figures of some years to nobody but the office; again changes nothing."""
    with transaction():
        row = _find(period)
        if row is not None and row.is_shown:
            row.is_shown = False
            _record("funder_report_taken_back", period, actor=actor, now=now)


def _released() -> list[Period]:
    return [each.period for each in released_figures.releases()]


def _find(period: Period) -> ReleasedFigures | None:
    return db.session.scalars(
        select(ReleasedFigures)
        .where(ReleasedFigures.first_year == period.first, ReleasedFigures.last_year == period.last)
        .with_for_update()
    ).one_or_none()


def _new(found: FunderReport, zone: ZoneInfo, *, actor: Actor, now: datetime) -> ReleasedFigures:
    tables: dict[str, Any] = {
        language: [asdict(each) for each in parts(found, Dates(language, zone), language)]
        for language in LANGUAGES
    }
    districts: dict[str, Any] = {
        key: [each.people.least, each.people.most]
        for key, each in found.districts.items()
        if each.people != NOBODY
    }
    return ReleasedFigures(
        first_year=found.period.first,
        last_year=found.period.last,
        tables=tables,
        districts=districts,
        is_shown=True,
        released_at=now,
        released_by=actor.user_id,
    )


def _record(verb: str, period: Period, *, actor: Actor, now: datetime) -> None:
    details = {"from": period.first, "until": period.last}
    auditing.record(verb, actor=actor, now=now, details=details)
