"""Congresses as the people see them who organise them: drafts included, counters up to date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal_column, select

from congress.domain.congresses import CongressState
from congress.domain.registration import RegistrationPeriod
from congress.domain.texts import Texts
from congress.domain.workshops import Places
from congress.extensions import db
from congress.models import Congress, CongressDay, OutboxMessage
from congress.queries.programme import as_places


@dataclass(frozen=True)
class Workspace:
    """What every page about one congress needs of it."""

    id: int
    slug: str
    title: Texts
    state: CongressState
    zone: ZoneInfo
    period: RegistrationPeriod
    places: Places

    @property
    def is_public(self) -> bool:
        return self.state is not CongressState.DRAFT


@dataclass(frozen=True)
class Listed:
    """One line of "My congresses"."""

    workspace: Workspace
    starts_at: datetime | None
    ends_at: datetime | None
    failed_mails: int


# Written out: with a parameter in its place the partial index would not be used.
HAS_FAILED = OutboxMessage.state == literal_column("'failed'")

COLUMNS = (
    Congress.id,
    Congress.slug,
    Congress.title,
    Congress.state,
    Congress.timezone,
    Congress.opens_at,
    Congress.closes_at,
    Congress.capacity,
    Congress.taken,
    Congress.waiting,
    Congress.waiting_list,
    Congress.overbooked,
)


def find_workspace(slug: str) -> Workspace | None:
    """Return a congress by its short name; whether somebody may see it is the caller's question."""
    row = db.session.execute(select(*COLUMNS).where(Congress.slug == slug)).one_or_none()
    return _as_workspace(row) if row else None


def get_workspace(congress_id: int) -> Workspace:
    """Return a congress that exists."""
    return _as_workspace(
        db.session.execute(select(*COLUMNS).where(Congress.id == congress_id)).one()
    )


def listed(congress_ids: Collection[int] | None) -> list[Listed]:
    """Return these congresses, or with None all of them, the latest first."""
    days = (
        select(
            CongressDay.congress_id,
            func.min(CongressDay.starts_at).label("starts_at"),
            func.max(CongressDay.ends_at).label("ends_at"),
        )
        .group_by(CongressDay.congress_id)
        .subquery()
    )
    failed = (
        select(OutboxMessage.congress_id, func.count().label("failed"))
        .where(HAS_FAILED)
        .group_by(OutboxMessage.congress_id)
        .subquery()
    )
    statement = (
        select(*COLUMNS, days.c.starts_at, days.c.ends_at, failed.c.failed)
        .outerjoin(days, days.c.congress_id == Congress.id)
        .outerjoin(failed, failed.c.congress_id == Congress.id)
        .order_by(days.c.starts_at.desc(), Congress.id.desc())
    )
    if congress_ids is not None:
        statement = statement.where(Congress.id.in_(congress_ids))
    return [
        Listed(_as_workspace(row), row.starts_at, row.ends_at, row.failed or 0)
        for row in db.session.execute(statement)
    ]


def failed_mails(congress_id: int) -> int:
    """Return how many mails of a congress could not be delivered."""
    statement = select(func.count()).where(OutboxMessage.congress_id == congress_id, HAS_FAILED)
    return db.session.scalars(statement).one()


def _as_workspace(row: Any) -> Workspace:  # noqa: ANN401 - a row of `COLUMNS`
    return Workspace(
        id=row.id,
        slug=row.slug,
        title=row.title,
        state=CongressState(row.state),
        zone=ZoneInfo(row.timezone),
        period=RegistrationPeriod(row.opens_at, row.closes_at),
        places=as_places(row),
    )
