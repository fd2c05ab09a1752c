"""Whether anything has happened to a congress since something was counted in it."""

from sqlalchemy import BindParameter, bindparam, func, select

from congress.base import table_of
from congress.extensions import db
from congress.models import AuditLine
from congress.queries.congresses import Heading

LINES = table_of(AuditLine)
CONGRESS: BindParameter[int] = bindparam("congress_id")
LATEST = select(func.max(LINES.c.id)).where(LINES.c.congress_id == CONGRESS)
# Found by the index of what concerns no attendee, which is little: the sum keeps SQLite from
# walking back through all lines of the congress instead.
OF_NOBODY = select(func.max(LINES.c.id)).where(
    LINES.c.registration_id.is_(None), LINES.c.congress_id + 0 == CONGRESS
)

State = tuple[int, int, int | None]


def state_of(congress: Heading) -> State:
    """Return what tells this state of a congress from all others.

    Places and what the public sees change its revision; whatever else is edited, corrected or
    answered leaves a line in the log.
    """
    latest = db.session.scalars(LATEST, {"congress_id": congress.id}).one()
    return congress.id, congress.revision, latest


def programme_state_of(congress: Heading) -> State:
    """Return what tells this state of a programme from all others, whoever registers meanwhile.

    What organisers and people of the programme do to it leaves a line that names no attendee.
    """
    latest = db.session.scalars(OF_NOBODY, {"congress_id": congress.id}).one()
    return congress.id, congress.content_revision, latest
