"""Letting go of what has been kept long enough."""

from datetime import datetime

from sqlalchemy import String, cast, func, or_, update

from congress.domain.mails.delivery import KEPT_AFTER_SENDING
from congress.extensions import db
from congress.models import OutboxMessage
from congress.transaction import transaction


def delete_mail_bodies(*, now: datetime) -> int:
    """Delete what old mails said and keep what became of them (REL-16); returns how many.

    One that failed counts from its last attempt.
    """
    with transaction():
        ended = update(OutboxMessage).where(
            OutboxMessage.state.in_(("sent", "failed")),
            func.coalesce(OutboxMessage.sent_at, OutboxMessage.due_at) < now - KEPT_AFTER_SENDING,
            or_(OutboxMessage.content.is_not(None), cast(OutboxMessage.facts, String) != "{}"),
        )
        result = db.session.execute(ended.values(content=None, facts={}))
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows
