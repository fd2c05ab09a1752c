"""Mailboxes that asked for something to be sent: what their link opens, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, select

from congress.base import table_of
from congress.domain import tokens
from congress.extensions import db
from congress.models import Congress

CONGRESSES = table_of(Congress)


@dataclass(frozen=True)
class OwnMailbox:
    """What somebody sees who holds the link."""

    slug: str | None  # of the congress; none where it is the network that is asked
    email: str
    language: str
    asked_at: datetime
    confirmed_at: datetime | None


def find(rows: Table, token: str, *, is_late: ColumnElement[bool]) -> OwnMailbox | None:
    """Return what a link opens; None without a row, and where it is late."""
    named = (CONGRESSES.c.slug, rows.c.email, rows.c.language)
    statement = (
        select(*named, rows.c.asked_at, rows.c.confirmed_at)
        .outerjoin(CONGRESSES, CONGRESSES.c.id == rows.c.congress_id)
        .where(rows.c.digest == tokens.digest(token), ~is_late)
    )
    row = db.session.execute(statement).one_or_none()
    return OwnMailbox(*row) if row else None


def is_unconfirmed(rows: Table, kept: timedelta, now: datetime) -> ColumnElement[bool]:
    """Return the condition of who did not confirm in time, also where the row is still there."""
    return rows.c.confirmed_at.is_(None) & (rows.c.asked_at <= now - kept)
