"""What the programs have in common that measure alone, on a database of their own."""

import gc
import time
from collections.abc import Callable
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import select

from congress import clock
from congress.app import bind_migrations
from congress.extensions import db
from congress.models import Congress
from congress.queries.congresses import find_congress
from congress.services import filling
from script.benchmark import congresses
from script.benchmark.congresses import Measured
from script.benchmark.servers import ROOT

BATCH = 500
MIGRATIONS = str(ROOT / "migrations")


def prepare(app: Flask, measured: Measured, folder: Path) -> None:
    """Have a database with one congress and nobody in it; the row before may have left its own."""
    bind_migrations(app)
    with app.app_context():
        flask_migrate.upgrade(directory=MIGRATIONS)
        if db.session.scalars(select(Congress.id).limit(1)).one_or_none():
            db.session.rollback()  # what was read must not hold the tables
            flask_migrate.downgrade(directory=MIGRATIONS, revision="base")
            flask_migrate.upgrade(directory=MIGRATIONS)
    file = congresses.write(measured, folder)
    app.test_cli_runner().invoke(args=["congress", "import", str(file), "--yes"])


def filled(slug: str, people: int) -> int:
    """Let so many people register for a congress; returns its number."""
    congress = find_congress(slug)
    if congress is None:
        raise LookupError(slug)
    for first in range(0, people, BATCH):
        count = min(BATCH, people - first)
        filling.fill(congress.id, seed=1, first=first, count=count, total=people, now=clock.now())
    gc.collect()
    gc.freeze()  # as before a worker begins: what filled it is not there to be collected
    return congress.id


def longest(step: Callable[[], bool]) -> float:
    """Take steps until there is nothing more to do; returns the seconds of the longest."""
    found, is_more = 0.0, True
    while is_more:
        began = time.perf_counter()
        is_more = step()
        found = max(found, time.perf_counter() - began)
    return found
