"""The only place where something is committed.

Reads begin a plain BEGIN. `transaction()` begins a writing one: on SQLite BEGIN IMMEDIATE,
because a transaction that reads first and upgrades later fails under load or sells places twice.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from congress.extensions import db

log = logging.getLogger(__name__)

_WRITING = "congress_writing"
_HOOKS = "congress_after_commit"


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
