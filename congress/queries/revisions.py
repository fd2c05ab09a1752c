"""What decides whether a finished page is still true: about one congress, about all of them."""

from collections.abc import Callable

from sqlalchemy import Engine, exists, func, select
from sqlalchemy.exc import SQLAlchemyError

from congress.domain.network.membership import BELONGING
from congress.extensions import db
from congress.models import Congress, Membership

QUESTION = "SELECT revision FROM congresses WHERE slug = {}"
MARKS = {"qmark": "?"}  # SQLite's; PostgreSQL's driver takes %s

# Revisions only rise and congresses only come, so any change alters one of these; the newest
# moment tells a congress that was deleted from the one that got its number.
# Besides, pages about all of them lead to the network once somebody belongs or belonged to it.
HAS_NETWORK = exists().where(
    Membership.superseded_at.is_(None), Membership.state.in_(sorted(BELONGING))
)
STATEMENT = select(
    func.count(),
    func.coalesce(func.sum(Congress.revision), 0),
    func.coalesce(func.max(Congress.id), 0),
    func.max(Congress.created_at),
    HAS_NETWORK,
)

Revision = tuple[int, int, int, str, bool]


def reader(engine: Engine) -> Callable[[str], int | None]:
    """Return what reads the revision of a congress, as cheaply as the driver allows.

    Finished pages are answered with this one question: it goes past sessions and compiled
    statements, which cost more than the answer. None also while the database is away.
    """
    question = QUESTION.format(MARKS.get(engine.dialect.paramstyle, "%s"))
    faults = (SQLAlchemyError, engine.dialect.loaded_dbapi.Error)

    def read(slug: str) -> int | None:
        try:
            connection = engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(question, (slug,))
                row = cursor.fetchone()
                cursor.close()
            finally:
                connection.close()
        except faults:
            return None
        return int(row[0]) if row else None

    return read


def site_revision() -> Revision:
    """Return a value that differs whenever anything public of any congress does."""
    count, revisions, newest_id, created_at, network = db.session.execute(STATEMENT).one()
    return count, int(revisions), newest_id, str(created_at), bool(network)
