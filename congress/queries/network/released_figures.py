"""The figures that everybody may read: which years there are, and the tables of some."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.network.districts import DISTRICTS
from congress.domain.network.funder_report import AreaFigures, Period
from congress.domain.network.masking import NOBODY, Count
from congress.domain.network.report_tables import Part
from congress.extensions import db
from congress.models import ReleasedFigures

RELEASED = table_of(ReleasedFigures)


@dataclass(frozen=True)
class Release:
    """That figures of some years were released, and whether everybody sees them now."""

    period: Period
    is_shown: bool
    released_at: datetime


@dataclass(frozen=True)
class Figures:
    """The tables of some years in one language, and how many people each district had."""

    period: Period
    released_at: datetime
    parts: tuple[Part, ...]
    districts: dict[str, AreaFigures]


def releases() -> list[Release]:
    """Return everything that was released, the latest years first."""
    rows = db.session.execute(
        select(*columns_of(RELEASED, "first_year last_year is_shown released_at")).order_by(
            RELEASED.c.first_year.desc()
        )
    )
    return [
        Release(Period(row.first_year, row.last_year), row.is_shown, row.released_at)
        for row in rows
    ]


def figures(period: Period, language: str) -> Figures | None:
    """Return what everybody may read of some years."""
    row = db.session.execute(
        select(*columns_of(RELEASED, "tables districts released_at")).where(
            RELEASED.c.first_year == period.first,
            RELEASED.c.last_year == period.last,
            RELEASED.c.is_shown,
        )
    ).one_or_none()
    if row is None:
        return None
    return Figures(
        period,
        row.released_at,
        tuple(_part(each) for each in row.tables[language]),
        {each.key: _area(each.name, row.districts.get(each.key)) for each in DISTRICTS},
    )


def _part(stored: dict[str, Any]) -> Part:
    return Part(stored["key"], stored["title"], stored["note"], stored["headings"], stored["rows"])


def _area(name: str, stored: list[int] | None) -> AreaFigures:
    return AreaFigures(name, Count(*stored) if stored else NOBODY, None)
