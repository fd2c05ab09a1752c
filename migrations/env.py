"""How Alembic reaches the database of the application; one script set for both databases."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from congress import models
from congress.base import Base, UtcDateTime
from congress.extensions import db

__all__ = ["models"]  # imported so that Base.metadata knows every table


def render_item(type_: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as plain SQLAlchemy: migrations outlive the code."""
    if type_ == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run_migrations() -> None:
    """Migrate in one transaction; on SQLite a second instance waits for the write lock."""
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect().execution_options(congress_writing=True) as connection:
        if connection.dialect.name == "sqlite":
            # Batch mode rebuilds tables; references must not fire meanwhile.
            _keep_references(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            **{key: value for key, value in options.items() if key != "render_item"},
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20151021)")
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            _keep_references(connection, "ON")


def _keep_references(connection: Connection, value: Literal["ON", "OFF"]) -> None:
    """Ask the driver itself: inside a transaction, as ours begin, SQLite ignores it silently."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys = {value}")


run_migrations()
