"""Who wants to know when registration opens, what a link of theirs opens, and who is to be told."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from congress.base import table_of
from congress.domain.congresses import CongressState
from congress.domain.openings import KEPT_UNCONFIRMED
from congress.extensions import db
from congress.models import Congress, OpeningReader, OutboxMessage
from congress.queries import mailboxes
from congress.queries.mailboxes import OwnMailbox

READERS, CONGRESSES, MAILS = map(table_of, (OpeningReader, Congress, OutboxMessage))
IS_CONFIRMED = READERS.c.confirmed_at.is_not(None)
BOTH = READERS.outerjoin(MAILS, MAILS.c.message_id == READERS.c.told_by)
SETTLED = READERS.c.told_by.is_not(None) & (MAILS.c.id.is_(None) | (MAILS.c.state == "sent"))
TO_BE_TOLD = IS_CONFIRMED & READERS.c.told_by.is_(None)


def count(congress_id: int) -> int:
    """Return how many have confirmed that they want to be told."""
    found = select(func.count()).where(READERS.c.congress_id == congress_id, IS_CONFIRMED)
    return db.session.scalars(found).one()


def find(token: str, *, now: datetime) -> OwnMailbox | None:
    """Return what a link opens; None once it was told or left, or not confirmed in time."""
    return mailboxes.find(READERS, token, is_late=is_late(now))


def is_late(now: datetime) -> ColumnElement[bool]:
    """Return the condition of who did not confirm in time, also where the row is still there."""
    return mailboxes.is_unconfirmed(READERS, KEPT_UNCONFIRMED, now)


def opened(*, now: datetime) -> list[int]:
    """Return the congresses that are open by their times, and where somebody is to be told."""
    statement = (
        select(CONGRESSES.c.id)
        .where(
            CONGRESSES.c.id.in_(select(READERS.c.congress_id).where(TO_BE_TOLD)),
            CONGRESSES.c.state == CongressState.PUBLISHED,
            CONGRESSES.c.opens_at <= now,
            CONGRESSES.c.closes_at > now,
        )
        .order_by(CONGRESSES.c.id)
    )
    return list(db.session.scalars(statement))


def find_settled() -> int | None:
    """Return a congress where what was to tell somebody has gone out, or was dropped."""
    return db.session.scalars(
        select(READERS.c.congress_id).select_from(BOTH).where(SETTLED)
    ).first()


def settled(congress_id: int) -> tuple[list[int], list[int]]:
    """Return the numbers of those who were told, and of those whose mail was dropped."""
    statement = select(READERS.c.id, MAILS.c.id.label("mail_id")).select_from(BOTH)
    rows = db.session.execute(statement.where(SETTLED, READERS.c.congress_id == congress_id)).all()
    return [row.id for row in rows if row.mail_id], [row.id for row in rows if not row.mail_id]
