"""Mails of the demo's past: written as ever, and never delivered."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select, update

from congress.base import table_of
from congress.extensions import db
from congress.models import OutboxMessage
from congress.queries.outbox import MessageState
from congress.services.mails import controlling
from congress.transaction import transaction

MAILS = table_of(OutboxMessage)
NOWHERE = "%@example.org"  # RFC 2606: nobody has a mailbox there


@contextmanager
def nothing_delivered() -> Iterator[None]:
    """Let mails to nobody that are written meanwhile count as sent when they were written.

    Delivery rests until then, so that no worker is faster.
    """
    with transaction():
        control = controlling.control()
        was_held, control.held = control.held, True
        last = db.session.scalars(select(func.coalesce(func.max(MAILS.c.id), 0))).one()
    try:
        yield
    finally:
        with transaction():
            db.session.execute(
                update(MAILS)
                .where(
                    MAILS.c.id > last,
                    MAILS.c.state == MessageState.QUEUED,
                    MAILS.c.recipient.like(NOWHERE),
                )
                .values(state=MessageState.SENT, sent_at=MAILS.c.created_at, attempts=1)
            )
            controlling.control().held = was_held
