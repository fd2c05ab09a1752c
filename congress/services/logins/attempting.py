"""Counting attempts, the same for all processes, so that guessing becomes slow (SEC-23, 33).

The store stands apart from the application's data: a file of its own beside SQLite, on
PostgreSQL the same server. A sliding window, not buckets: ten in any five minutes are ten.
"""

import fcntl
import hashlib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine, delete, event, func, insert, select

from congress import extensions
from congress.base import table_of
from congress.extensions import db
from congress.models import Attempt

KEPT = timedelta(hours=1)


def key(purpose: str, subject: str) -> str:
    """Return the name under which attempts of somebody are counted, without the address."""
    return f"{purpose}:{hashlib.sha256(subject.encode()).hexdigest()[:32]}"


def note(*keys: str, now: datetime) -> None:
    """Count one attempt under each key, and forget what is too old to matter."""
    with _store().begin() as connection:
        connection.execute(delete(Attempt).where(Attempt.at < now - KEPT))
        connection.execute(insert(Attempt), [{"key": each, "at": now} for each in keys])


def count(key: str, *, within: timedelta, now: datetime) -> int:
    """Return how many attempts there were under a key."""
    with _store().connect() as connection:
        statement = select(func.count()).where(Attempt.key == key, Attempt.at > now - within)
        return connection.scalars(statement).one()


def seconds_until_free(key: str, most: int, *, within: timedelta, now: datetime) -> int:
    """Return how long a further attempt has to wait, 0 when it need not."""
    statement = select(Attempt.at).where(Attempt.key == key, Attempt.at > now - within)
    with _store().connect() as connection:
        latest = connection.scalars(statement.order_by(Attempt.at.desc()).limit(most)).all()
    if len(latest) < most:
        return 0
    return max(1, round((latest[-1] + within - now).total_seconds()))


def _store() -> Engine:
    settings = extensions.settings()
    if not settings.database_url.startswith("sqlite"):
        return db.engine
    return _file(f"sqlite:///{settings.var_dir / 'limits.sqlite'}")


@cache
def _file(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def set_up(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    # Several processes may be the first at the same moment, and SQLite does not wait for a
    # busy file when it turns to write-ahead logging: one after the other, then.
    with Path(f"{engine.url.database}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        table = table_of(Attempt)
        table.create(engine, checkfirst=True)
        for index in table.indexes:  # whoever began may have been killed in between
            index.create(engine, checkfirst=True)
    return engine
