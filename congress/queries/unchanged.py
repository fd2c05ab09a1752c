"""Whether anything has happened to a congress since something was counted in it."""

from sqlalchemy import bindparam, func, select

from congress.base import table_of
from congress.extensions import db
from congress.models import AuditLine
from congress.queries.congresses import Heading

LINES = table_of(AuditLine)
LATEST = select(func.max(LINES.c.id)).where(LINES.c.congress_id == bindparam("congress_id"))

State = tuple[int, int, int | None]


def state_of(congress: Heading) -> State:
    """Return what tells this state of a congress from all others.

    Places and what the public sees change its revision; whatever else is edited, corrected or
    answered leaves a line in the log.
    """
    latest = db.session.scalars(LATEST, {"congress_id": congress.id}).one()
    return congress.id, congress.revision, latest
