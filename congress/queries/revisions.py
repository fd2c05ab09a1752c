"""The revision of a congress, asked for as cheaply as the driver allows.

Finished pages are answered with this one question. It goes past sessions and compiled statements,
which cost more than the answer; for everything else there is `queries.congresses`.
"""

from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

QUESTION = "SELECT revision FROM congresses WHERE slug = {}"
MARKS = {"qmark": "?"}  # SQLite's; PostgreSQL's driver takes %s


def reader(engine: Engine) -> Callable[[str], int | None]:
    """Return what reads a revision; it answers None also while the database is away."""
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
