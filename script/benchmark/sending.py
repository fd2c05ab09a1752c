"""How fast a worker sends: confirmations, `flask worker`, and a relay that takes its time.

A program of its own on a database of its own. Prints JSON: mails per second between the first and
the last, and over how many sessions they came.
"""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Row, insert, select

from config import load_settings
from congress import queue
from congress.app import create_app
from congress.base import table_of
from congress.extensions import db
from congress.models import OutboxMessage
from congress.transaction import transaction
from script.benchmark import alone, congresses, visitors
from script.benchmark.inside import register
from script.benchmark.relays import Relay
from script.benchmark.servers import ROOT

MAILS = table_of(OutboxMessage)
PATIENCE = 120  # seconds
WARM_UP = 3  # the first third is not counted: each process has to load its templates once


def main() -> None:
    """Let people register, send it all, and print how fast that was."""
    people, folder = int(sys.argv[1]), Path(sys.argv[2])
    app = create_app(load_settings())
    alone.prepare(app, congresses.OPEN, folder)
    with redirect_stderr(StringIO()):  # its log lines
        register(app.test_client(), congresses.OPEN.slug, visitors.person(people))
    with app.app_context():
        waiting = _as_many_more(people)
        db.session.remove()
        db.engine.dispose()
    relay = asyncio.run(_sent(app, waiting, folder))
    counted = relay.taken[waiting // WARM_UP :]
    figures = {"mails": len(counted), "sessions": relay.sessions}
    per_second = (len(counted) - 1) / (counted[-1] - counted[0])
    print(json.dumps({**figures, "per_second": per_second}))


def _as_many_more(people: int) -> int:
    """Write to so many others what the one who registered is told; returns how many mails wait."""
    with transaction():
        told = [_columns_of(row) for row in db.session.execute(select(MAILS))]
        rows = [
            row | {"message_id": f"<{number}.{part}@bench.test>"}
            for number in range(people - 1)
            for part, row in enumerate(told)
        ]
        db.session.execute(insert(MAILS), rows)
    return len(told) * people


def _columns_of(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """Return a mail as another one could be stored."""
    return {name: value for name, value in row._asdict().items() if name != "id"}


async def _sent(app: Flask, waiting: int, folder: Path) -> Relay:
    relay = Relay(waiting)
    server = await asyncio.start_server(relay.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with (folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(  # noqa: ASYNC220 - our own program, and nobody waits
            [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
            cwd=ROOT,
            env=os.environ | {"MAIL_URL": f"smtp://127.0.0.1:{port}"},
            stdout=log,
            stderr=log,
        )
    try:
        with app.app_context():
            queue.wake()
        await asyncio.wait_for(relay.has_all.wait(), PATIENCE)
    finally:
        worker.terminate()
        await asyncio.to_thread(worker.wait)
        server.close()
    return relay


if __name__ == "__main__":
    main()
