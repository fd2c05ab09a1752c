"""Letting go of what has been kept long enough."""

from datetime import datetime

from sqlalchemy import update

from congress.domain.delivery import KEPT_AFTER_SENDING
from congress.extensions import db
from congress.models import OutboxMessage
from congress.transaction import transaction


def delete_mail_bodies(*, now: datetime) -> int:
    """Delete what old mails said and keep that they were sent (REL-16); returns how many."""
    with transaction():
        ended = update(OutboxMessage).where(
            OutboxMessage.state == "sent",
            OutboxMessage.sent_at < now - KEPT_AFTER_SENDING,
            OutboxMessage.content.is_not(None),
        )
        result = db.session.execute(ended.values(content=None, facts={}))
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows
