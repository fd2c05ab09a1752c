"""Whether the program can do its work, for whoever watches over it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from congress.extensions import db
from congress.models import OutboxMessage


@dataclass(frozen=True)
class Backlog:
    """Mails that are still to be delivered, and those that were given up."""

    unsent: int
    failed: int
    oldest_created_at: datetime | None


def find_schema_version() -> str | None:
    """Return the migration the database stands at; None when it has no tables or is away."""
    try:
        return db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError:
        db.session.rollback()
        return None


def mail_backlog() -> Backlog:
    """Return how many mails wait and since when the oldest does."""
    unsent = OutboxMessage.state.in_(("queued", "sending"))
    row = db.session.execute(
        select(
            func.count().filter(unsent),
            func.count().filter(OutboxMessage.state == "failed"),
            func.min(OutboxMessage.created_at).filter(unsent),
        ).select_from(OutboxMessage)
    ).one()
    return Backlog(*row)
