"""Mails that wait in the outbox."""

from typing import Any

from sqlalchemy import select

from congress.domain.mails.kinds import MessageKind
from congress.extensions import db
from congress.models import OutboxMessage
from tests.builders import OPEN, add
from tests.mail_facts import facts_of


def a_message(kind: str = MessageKind.CONFIRMED, **values: Any) -> OutboxMessage:  # noqa: ANN401 - columns
    """Store a mail that is due."""
    number = len(db.session.scalars(select(OutboxMessage.id)).all())
    facts = {
        "kind": kind,
        "message_id": f"<{number}@congress.test>",
        "recipient": "erika@example.org",
        "recipient_name": "Erika Muster",
        "recipient_key": "erika@example.org",
        "facts": facts_of(kind),
        "created_at": OPEN,
        "due_at": OPEN,
    }
    return add(OutboxMessage(**facts | values))
