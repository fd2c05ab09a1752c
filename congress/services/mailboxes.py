"""Mailboxes that ask for something to be sent: entered, found by their link, and forgotten.

What is asked for, and when it is sent, say `newsletters` and `openings`. All of it happens inside
a running transaction.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, exists, select

from congress.base import table_of
from congress.domain import tokens as secret
from congress.domain.mails.kinds import MessageKind
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import NewsletterReader, OpeningReader, OutboxMessage
from congress.queries import congresses
from congress.services.mails import hearing
from congress.services.tokens import fresh

MAILS = table_of(OutboxMessage)
Row = TypeVar("Row", NewsletterReader, OpeningReader)


def may_be_asked(
    email: str, kinds: Collection[MessageKind], congress_id: int | None, *, now: datetime
) -> bool:
    """Return whether a mail of these kinds may go to a mailbox: strangers can ask in its name."""
    just = hearing.has_just_heard(email, kinds, congress_id, now=now)
    return not just and not hearing.has_heard_enough(email, kinds, now=now)


def enter(
    table: type[Row],
    congress_id: int | None,
    email: str,
    language: str,
    *,
    link: StrEnum,
    consent: str,
    now: datetime,
) -> Row:
    """Note that a mailbox asked, and return its row; one that has confirmed stays as it is."""
    which = (table.congress_id == congress_id, table.email_key == fold_email(email))
    row = db.session.scalars(select(table).where(*which)).one_or_none()
    if row is None:
        row = table(congress_id=congress_id, email=email, channel="web")
        row.email_key = fold_email(email)
        for name, value in fresh(link)[1].items():
            setattr(row, name, value)
    if row.confirmed_at is None:
        row.asked_at, row.consent, row.language = now, consent, language
    db.session.add(row)
    db.session.flush()
    return row


def find(table: type[Row], token: str) -> Row | None:
    """Return the row that a link opens, its congress held first: locks have one order."""
    which = table.digest == secret.digest(token)
    found = db.session.execute(select(table.congress_id).where(which)).one_or_none()
    if found is None:
        return None
    if found.congress_id is not None:  # there is none where it is the network that is asked
        congresses.hold(found.congress_id)
    return db.session.scalars(
        select(table).where(which), execution_options={"populate_existing": True}
    ).one_or_none()


def forget(table: type[Row], which: ColumnElement[bool], kinds: Collection[MessageKind]) -> int:
    """Delete mailboxes and the mails of these kinds to them; returns how many mailboxes."""
    rows = table_of(table)
    theirs = exists().where(
        rows.c.congress_id.is_not_distinct_from(MAILS.c.congress_id),
        rows.c.email_key == MAILS.c.recipient_key,
        which,
    )
    # A mail that is being sent this very moment cannot be called back.
    db.session.execute(
        delete(MAILS).where(
            MAILS.c.recipient_key.in_(select(rows.c.email_key).where(which)),
            MAILS.c.kind.in_(kinds),
            MAILS.c.state != "sending",
            theirs,
        )
    )
    result = db.session.execute(delete(rows).where(which))
    return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows
