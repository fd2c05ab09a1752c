"""Two workers learn at one moment that an address takes no mail."""

import pytest
from sqlalchemy import event, insert, select

from congress.base import table_of
from congress.extensions import db
from congress.models import AuditLine, DeadMailbox, OutboxMessage
from congress.queries.invariants import list_broken
from congress.services import registering
from congress.services.mails import dead_mailboxes
from congress.transaction import transaction
from tests.builders import OPEN, a_congress, a_request, send_everything

DEAD = table_of(DeadMailbox)


@pytest.mark.parametrize("first", [False, True], ids=["alone", "another was faster"])
def test_who_notes_it_second_changes_nothing(session, first):
    """The other row comes after all that is read, and right before it is written."""
    registering.register(a_congress().id, a_request(1), now=OPEN)
    send_everything()
    mail = session.scalars(select(OutboxMessage)).first()
    theirs = {"email_key": mail.recipient_key, "since": OPEN, "reason": "550 the first"}

    waiting = [theirs] if first else []

    def meanwhile(connection, _cursor, statement, *_others: object):
        if waiting and statement.startswith("INSERT INTO dead_mailboxes"):
            connection.execute(insert(DEAD).values(waiting.pop()))

    event.listen(db.engine, "before_cursor_execute", meanwhile)
    with transaction():
        dead_mailboxes.mark(mail.id, "550 5.1.1 no such user", now=OPEN)
    event.remove(db.engine, "before_cursor_execute", meanwhile)

    reason, lines = ("550 the first", 0) if first else ("550 5.1.1 no such user", 1)
    assert session.scalars(select(DeadMailbox.reason)).all() == [reason]
    noted = session.scalars(select(AuditLine).where(AuditLine.verb == "mailbox_dead")).all()
    assert len(noted) == lines
    assert list_broken() == []
