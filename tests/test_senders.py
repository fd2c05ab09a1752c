"""Further connections: they help, rest where the relay hangs up, and end with their worker."""
# ruff: noqa: ARG002 - what a handler is given is decided by aiosmtpd

import os
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread

import psutil
import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, Envelope, Session

from congress import extensions
from congress.extensions import db
from congress.models import OutboxMessage
from congress.worker.senders import Sender
from tests.concurrency.sink import Sink, sink
from tests.services.waiting_mails import a_message

PATIENT = 60  # seconds

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.sqlite_only]


class Full(Sink):
    """A relay that has too many connections as it is, and counts who came all the same."""

    def __init__(self) -> None:
        super().__init__()
        self.met = 0

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.met += 1
        return "421 4.7.0 too many connections"


@dataclass
class Worker:
    """The two ends of the pipe: what the sender reads, what the worker writes to."""

    reader: int
    writer: int


@pytest.fixture
def worker() -> Iterator[Worker]:
    ends = Worker(*os.pipe())
    yield ends
    os.close(ends.reader)


def use(relay: Sink) -> None:
    address = f"smtp://127.0.0.1:{relay.port}"
    extensions.bind_settings(extensions.settings().model_copy(update={"mail_url": address}))


def waiting(count: int) -> None:
    for _each in range(count):
        now = datetime.now(UTC)
        a_message(created_at=now, due_at=now)


def attempts() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboxMessage.attempts).order_by(OutboxMessage.id)))


def run_until(sender: Sender, worker: Worker, is_done: Callable[[], bool]) -> None:
    """Let a sender work until something is so; then its worker is gone."""

    def wait() -> None:
        for _each in range(PATIENT * 50):
            if is_done():
                break
            time.sleep(0.02)
        os.close(worker.writer)

    waiting_for_it = Thread(target=wait)
    waiting_for_it.start()
    sender.run()
    waiting_for_it.join()


def test_a_sender_that_is_hung_up_on_tries_one_mail_and_stays_away(worker):
    """REL-12: fewer connections for a while; later words are read, and nothing is done."""
    waiting(3)
    os.write(worker.writer, b".")
    later = [b".", b"."]

    def has_read_all() -> bool:
        if not relay.met or select.select([worker.reader], [], [], 0)[0]:
            return False
        if later:
            os.write(worker.writer, later.pop())
            return False
        return True

    relay = Full()
    with sink(relay):
        use(relay)
        run_until(Sender(worker.reader), worker, has_read_all)
    assert relay.met == 1
    assert attempts() == [1, 0, 0]


def test_a_word_is_enough_and_its_end_ends_the_sender_and_whoever_helped(worker):
    waiting(2)
    before = psutil.Process().children()  # of other tests
    os.write(worker.writer, b"..")
    with sink() as relay:
        use(relay)
        run_until(Sender(worker.reader), worker, lambda: len(relay.taken) == 2)
    assert len(relay.taken) == 2
    assert psutil.Process().children() == before


def test_a_sender_whose_worker_is_gone_begins_no_other_mail(worker):
    waiting(2)
    os.close(worker.writer)
    with sink() as relay:
        use(relay)
        Sender(worker.reader).help()
    assert relay.taken == []
    assert attempts() == [0, 0]
