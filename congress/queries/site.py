"""What decides whether a finished page about all congresses is still true."""

from sqlalchemy import func, select

from congress.extensions import db
from congress.models import Congress

# Revisions only rise and congresses only come, so any change alters one of these; the newest
# moment tells a congress that was deleted from the one that got its number.
STATEMENT = select(
    func.count(),
    func.coalesce(func.sum(Congress.revision), 0),
    func.coalesce(func.max(Congress.id), 0),
    func.max(Congress.created_at),
)

Revision = tuple[int, int, int, str]


def site_revision() -> Revision:
    """Return a value that differs whenever anything public of any congress does."""
    count, revisions, newest_id, created_at = db.session.execute(STATEMENT).one()
    return count, int(revisions), newest_id, str(created_at)
