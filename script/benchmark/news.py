"""What it takes to tell very many people of a change.

A program of its own on a database of its own: no server and no worker run beside it, so that
every statement and transaction is its own. Prints JSON: what the release took, and the steps of
the worker after it.
"""

import json
import sys
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, event, select
from sqlalchemy.engine import Engine

from config import load_settings
from congress import clock, transaction
from congress.app import create_app
from congress.domain.access import COMMAND
from congress.extensions import db
from congress.models import ProgrammeItem
from congress.queries import congresses as queries
from congress.services.mails import announcing
from congress.services.planning import releasing
from script.benchmark import alone, congresses


@dataclass
class Took:
    """What was done, in statements (without BEGIN), seconds and the longest write transaction."""

    people: int
    statements: int = 0
    release_seconds: float = 0
    seconds: float = 0
    longest: float = 0


def main() -> None:
    """Fill a congress, move all its workshops, release, and tell everybody."""
    people, folder = int(sys.argv[1]), Path(sys.argv[2])
    app = create_app(load_settings())
    alone.prepare(app, congresses.NEWS, folder)
    with app.app_context():
        congress_id = alone.filled(congresses.NEWS.slug, people)
        _move_workshops(congress_id)
        took = _measured(congress_id, Took(people))
    print(json.dumps(asdict(took)))


def _move_workshops(congress_id: int) -> None:
    with transaction.transaction():
        for row in db.session.scalars(
            select(ProgrammeItem).where(
                ProgrammeItem.congress_id == congress_id, ProgrammeItem.bookable
            )
        ):
            row.starts_at += timedelta(minutes=15)
            row.ends_at += timedelta(minutes=15)


def _measured(congress_id: int, took: Took) -> Took:
    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        took.statements += not statement.startswith("BEGIN")

    event.listen(Engine, "before_cursor_execute", note)
    queries.get_congress(congress_id)  # as in a web process: somebody has looked at the page
    began = time.perf_counter()
    releasing.release(congress_id, actor=COMMAND, now=clock.now())
    took.release_seconds = took.longest = time.perf_counter() - began
    steps = alone.longest(lambda: announcing.next_step(now=clock.now()))
    took.longest = max(took.longest, steps)
    took.seconds = time.perf_counter() - began
    return took


if __name__ == "__main__":
    main()
