"""How often an hour somebody may do what sends a mail each time (SEC-30)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select

from congress.base import table_of
from congress.domain.access import ActorKind
from congress.domain.correction import MOST_PER_HOUR, TooManyCorrections
from congress.extensions import db
from congress.models import AuditLine

LINES = table_of(AuditLine)


def require(registration_id: int, verbs: Collection[str], *, now: datetime) -> None:
    """Refuse one more of these acts to whoever holds the link of a registration.

    Its mailbox may be that of somebody else. Raises `TooManyCorrections`.
    """
    count = db.session.scalars(
        select(func.count()).where(
            LINES.c.registration_id == registration_id,
            LINES.c.verb.in_(verbs),
            LINES.c.actor == ActorKind.ATTENDEE,
            LINES.c.at > now - timedelta(hours=1),
        )
    ).one()
    if count >= MOST_PER_HOUR:
        raise TooManyCorrections
