"""Congresses as the people see them who organise them: drafts included, counters up to date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, literal_column, select

from congress.base import columns_of
from congress.domain.congresses import CongressKind
from congress.domain.mails.mailings import MailingState
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import (
    Congress,
    CongressDay,
    Mailing,
    OutboxMessage,
    ReceivedMail,
    Registration,
)
from congress.queries import dead_mailboxes, received
from congress.queries.congresses import HEADING, Heading, as_heading


@dataclass(frozen=True)
class Workspace(Heading):
    """What every page about one congress needs of it."""

    slug: str
    title: Texts
    zone: ZoneInfo
    kind: CongressKind


@dataclass(frozen=True)
class Listed:
    """One line of "My congresses"."""

    workspace: Workspace
    starts_at: datetime | None
    ends_at: datetime | None
    failed_mails: int


@dataclass(frozen=True)
class CameBack:
    """What somebody has to see to, by how many."""

    failed: int  # mails
    declined: int  # people
    unreachable: int  # people
    to_read: int  # replies
    not_sent: int  # info mails, at their time or to everybody
    paused: int  # info mails that somebody has paused


# Written out: with a parameter in its place the partial index would not be used.
HAS_FAILED = (OutboxMessage.state == literal_column("'failed'")) & (
    OutboxMessage.settled_at.is_(None)
)

COLUMNS = (*HEADING, *columns_of(Congress, "slug title timezone kind"))


def find_workspace(slug: str) -> Workspace | None:
    """Return a congress by its short name; whether somebody may see it is the caller's question."""
    row = db.session.execute(select(*COLUMNS).where(Congress.slug == slug)).one_or_none()
    return _as_workspace(row) if row else None


def get_workspace(congress_id: int) -> Workspace:
    """Return a congress that exists."""
    statement = select(*COLUMNS).where(Congress.id == congress_id)
    return _as_workspace(db.session.execute(statement).one())


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


def came_back(congress_id: int) -> CameBack:
    """Return what the mails of a congress led to, in one statement."""
    failed = select(func.count()).where(OutboxMessage.congress_id == congress_id, HAS_FAILED)
    to_read = select(func.count()).where(
        ReceivedMail.congress_id == congress_id, ReceivedMail.done_at.is_(None)
    )
    people = select(func.count()).select_from(Registration)
    declined = people.where(Registration.congress_id == congress_id, received.who_declined())
    unreachable = people.where(Registration.congress_id == congress_id, dead_mailboxes.who())
    not_sent = select(func.count()).where(Mailing.congress_id == congress_id, Mailing.fault != "")
    paused = select(func.count()).where(
        Mailing.congress_id == congress_id,
        Mailing.state == MailingState.PAUSED,
        Mailing.fault == "",
    )
    counts = (failed, declined, unreachable, to_read, not_sent, paused)
    return CameBack(*db.session.execute(select(*(each.scalar_subquery() for each in counts))).one())


def _as_workspace(row: Row[*tuple[Any, ...]]) -> Workspace:
    heading, zone = vars(as_heading(row)), ZoneInfo(row.timezone)
    kind = CongressKind(row.kind)
    return Workspace(**heading, slug=row.slug, title=row.title, zone=zone, kind=kind)
