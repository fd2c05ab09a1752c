"""Wakes the worker and keeps its clock, with Huey; a wake-up is a hint, never the truth.

What is to be done stands in rows of the application's own database. Here is only the word
"look", so a lost job costs a minute and never a mail: Huey forgets a job whose worker is killed.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from congress.extensions import settings
from congress.left_out import left_out

NAME = "congress"
# Asking costs a write to the disk, and a consumer looks once a second: often is enough.
QUIET_SECONDS = 0.25
DAILY_HOUR = 3  # UTC, when nobody waits for a mail
CLIENTS = {"sqlite": "", "postgresql": "psycopg", "redis": "redis", "rediss": "redis"}


class Job(StrEnum):
    """What a worker can be told to do."""

    LOOK = "look"  # at the outbox; at a wake-up and every minute
    READ = "read"  # the mailbox of replies; every minute
    TIDY = "tidy"  # what has been kept long enough; once a day


@dataclass
class _Queue:
    url: str
    process: int  # connections must not be shared by forks
    huey: Any
    jobs: dict[Job, Any]
    asking: Lock = field(default_factory=Lock)
    asked_at: float = -QUIET_SECONDS
    is_going_to_ask: bool = False


_handlers: dict[Job, Callable[[], None]] = {}
_opening = Lock()
_opened: _Queue | None = None


def wake() -> None:
    """Ask a worker to look: at once, or a moment later when this process has just asked.

    That look begins after this call, so it finds whatever was stored before it. Raises what the
    storage raises; callers that must go on call it through `transaction.after_commit`.
    """
    queue = _open()
    with queue.asking:
        if queue.is_going_to_ask:
            return
        wait = queue.asked_at + QUIET_SECONDS - time.monotonic()
        if wait > 0:
            queue.is_going_to_ask = True
            threading.Timer(wait, _ask, [queue]).start()
            return
    _ask(queue)


def wake_at(moment: datetime) -> None:
    """Ask a worker to look at a moment to come; raises what the storage raises, as `wake` does."""
    _open().jobs[Job.LOOK].schedule(eta=moment)


def _ask(queue: _Queue) -> None:
    """Leave the word, unless it is there already and no worker has looked yet."""
    with queue.asking:
        queue.asked_at = time.monotonic()
        queue.is_going_to_ask = False
    if not any(task.name == Job.LOOK for task in queue.huey.pending()):
        queue.jobs[Job.LOOK]()


def prepare() -> None:
    """Load Huey, for the forks that are to share its memory."""
    _connect(settings().queue_url)


def on_look(handler: Callable[[], None]) -> None:
    """Make this what the consumer of this process does at a wake-up and every minute."""
    _handlers[Job.LOOK] = handler


def on_read(handler: Callable[[], None]) -> None:
    """Make this what the consumer of this process does with its mailbox of replies."""
    _handlers[Job.READ] = handler


def on_tidy(handler: Callable[[], None]) -> None:
    """Make this what the consumer of this process does once a day."""
    _handlers[Job.TIDY] = handler


def consumer(*, threads: int) -> Any:  # noqa: ANN401 - Huey has no types
    """Return a Huey consumer that carries out the handlers; `start` and `stop` are its methods.

    Every consumer keeps its own clock, so handlers must bear being called twice. One that fails
    is logged by Huey and does not stop the others.
    """
    return _open().huey.create_consumer(workers=threads, max_delay=1.0, scheduler_interval=1)


def _open() -> _Queue:
    """Return the queue of QUEUE_URL, opened once in each process."""
    global _opened  # noqa: PLW0603 - one per process, as the settings are
    url = settings().queue_url
    with _opening:
        if _opened is None or (_opened.url, _opened.process) != (url, os.getpid()):
            _opened = _define_jobs(url)
        return _opened


def _define_jobs(url: str) -> _Queue:
    huey = _connect(url)
    from huey import crontab  # noqa: PLC0415 - only after `_connect` has imported it lightly

    daily = crontab(minute="17", hour=str(DAILY_HOUR))
    clock = {Job.LOOK: crontab(), Job.READ: crontab(), Job.TIDY: daily}
    jobs = {
        job: huey.periodic_task(due, name=str(job))(lambda job=job: _handlers[job]())
        for job, due in clock.items()
    }
    return _Queue(url, os.getpid(), huey, jobs)


def _connect(url: str) -> Any:  # noqa: ANN401
    parts = urlsplit(url)
    # Huey loads every client it finds, at half a second.
    with left_out(*{"redis", "psycopg"} - {CLIENTS[parts.scheme]}):
        import huey  # noqa: PLC0415 - it is heavy; the web needs it at the first wake-up only
    if parts.scheme == "sqlite":
        # The default would leave it to SQLite when to write; a hint may be lost, a file not.
        return huey.SqliteHuey(NAME, filename=unquote(parts.path)[1:], results=False, fsync=True)
    if parts.scheme == "postgresql":
        return huey.PostgresHuey(NAME, dsn=url, results=False)
    return huey.RedisHuey(NAME, url=url, results=False)
