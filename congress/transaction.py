"""The only place where something is committed.

`transaction()` begins a writing transaction: on SQLite BEGIN IMMEDIATE, because one that reads
first and upgrades later fails under load or sells places twice. Reads begin a plain BEGIN there,
and on PostgreSQL nothing: in READ COMMITTED each statement sees a state of its own anyway, and
BEGIN and ROLLBACK are journeys to another machine.
"""

import logging
import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, FromClause, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from congress.extensions import db

log = logging.getLogger(__name__)

_WRITING = "congress_writing"
_HOOKS = "congress_after_commit"
_RESTS = "congress_rests_since"

LONG_REST = 10  # seconds, after which a firewall may have forgotten a connection


@contextmanager
def transaction() -> Iterator[Session]:
    """Carry out one use case: all of it is stored, or nothing.

    Any read left open is ended first, so that nothing decided here rests on an older state.
    Use cases do not call use cases; helpers take part without a transaction of their own.
    """
    session = db.session()
    if _HOOKS in session.info:
        raise RuntimeError("a use case was called inside a use case")
    session.rollback()
    session.connection(execution_options={_WRITING: True})
    session.info[_HOOKS] = []
    try:
        yield session
        session.commit()
    except BaseException:
        session.info.pop(_HOOKS)
        session.rollback()
        raise
    for hook, arguments in session.info.pop(_HOOKS):
        _run(hook, arguments)


def read_one_state() -> None:
    """Let everything that is read from now on be of the same moment, until a use case begins.

    On SQLite every read is like that; PostgreSQL wants to be asked.
    """
    session = db.session()
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def hold_table(table: FromClause) -> None:
    """Let others read a table but not write into it until this use case is stored.

    For rules over rows that are not there yet, and so cannot be held. SQLite has one writer anyway.
    """
    session = db.session()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))


def is_running() -> bool:
    """Return whether a use case is being carried out right now."""
    return _HOOKS in db.session().info


def after_commit(hook: Callable[..., object], *arguments: object) -> None:
    """Call this once the running transaction is stored; a failure is logged, never raised."""
    db.session().info[_HOOKS].append((hook, arguments))


def _run(hook: Callable[..., object], arguments: tuple[object, ...]) -> None:
    try:
        hook(*arguments)
    except Exception:  # a wake-up is a hint: the periodic sweep finds what was missed
        log.exception("after_commit_failed")


def prepare_engine(engine: Engine) -> None:
    """Set up an engine so that transactions begin as this module says."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return
    event.listen(engine, "set_connection_execution_options", _leave_autocommit)
    event.listen(engine, "checkin", _note_rest)
    # Not `psycopg.Error`: where the data are in SQLite nothing need load it.
    fault: type[Exception] = engine.dialect.loaded_dbapi.Error

    def ask(connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - psycopg's
        _ask_whether_alive(connection, entry, fault)

    event.listen(engine, "checkout", ask)


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions on its own
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 10000",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _leave_autocommit(_connection: Connection, options: dict[str, Any]) -> None:
    if options.get(_WRITING):
        options["isolation_level"] = "READ COMMITTED"


def _note_rest(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[_RESTS] = time.monotonic()


def _ask_whether_alive(
    connection: Any,  # noqa: ANN401 - psycopg's
    entry: ConnectionPoolEntry,
    fault: type[Exception],
) -> None:
    """Drop a connection that died in the pool: no visitor is to find out that it did (REL-60).

    To ask is a journey, so it is asked only after a long rest or when the server has said
    something unasked for, such as goodbye.
    """
    rested = time.monotonic() - entry.info.get(_RESTS, time.monotonic())
    try:
        unread = select.poll()
        unread.register(connection.fileno(), select.POLLIN)
        if rested > LONG_REST or unread.poll(0):
            connection.execute("SELECT 1")
    except fault as error:
        raise InvalidatePoolError from error
