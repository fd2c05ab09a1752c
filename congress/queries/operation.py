"""Whether the program can do its work, for whoever watches over it."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from congress.extensions import db


def find_schema_version() -> str | None:
    """Return the migration the database stands at; None when it has no tables or is away."""
    try:
        return db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError:
        db.session.rollback()
        return None
