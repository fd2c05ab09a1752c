"""Further connections: they help, rest where the relay hangs up, and end with their worker."""
# ruff: noqa: ARG002 - what a handler is given is decided by aiosmtpd

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from congress import extensions
from congress.extensions import db
from congress.models import OutboxMessage
from congress.worker.senders import Sender
from tests.concurrency.sink import Sink, sink
from tests.services.waiting_mails import a_message

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.sqlite_only]


class Full(Sink):
    """A relay that has too many connections as it is."""

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
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
    return list(db.session.scalars(select(OutboxMessage.attempts).order_by(OutboxMessage.id)))


def test_a_sender_that_is_hung_up_on_tries_one_mail_and_stays_away(worker):
    """REL-12: fewer connections for a while."""
    waiting(3)
    sender = Sender(worker.reader)
    with sink(Full()) as relay:
        use(relay)
        sender.help()
        sender.help()
    os.close(worker.writer)
    assert attempts() == [1, 0, 0]


def test_a_word_is_enough_and_its_end_ends_the_sender(worker):
    waiting(2)
    with sink() as relay:
        use(relay)
        os.write(worker.writer, b"..")
        sender = Sender(worker.reader)
        sender.help()
        os.close(worker.writer)
        sender.run()
    assert len(relay.taken) == 2


def test_a_sender_whose_worker_is_gone_begins_no_other_mail(worker):
    waiting(2)
    os.close(worker.writer)
    with sink() as relay:
        use(relay)
        Sender(worker.reader).help()
    assert relay.taken == []
    assert attempts() == [0, 0]
