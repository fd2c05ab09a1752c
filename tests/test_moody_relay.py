"""REL-12: faults of all kinds at once, by real SMTP: what can go out does, and each mail once."""
# ruff: noqa: ARG002 - what a handler is given is decided by aiosmtpd

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from congress import worker
from congress.extensions import db
from congress.models import OutboxMessage
from congress.queries import outbox
from tests.concurrency.sink import Sink, sink
from tests.test_worker import NOBODY, states, store, use

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.sqlite_only]


class Moody(Sink):
    """REL-12: one mailbox that is not there, fifty put off at first, and 421 every twenty mails."""

    def __init__(self) -> None:
        super().__init__()
        self.hung_up = 0
        self.puts_off = True

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == NOBODY:
            return "550 5.1.1 no such user here"
        if self.puts_off and address.startswith("later"):
            return "451 4.7.1 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if len(self.taken) // 20 > self.hung_up:
            self.hung_up += 1
            return "421 4.7.0 too many, closing"
        self.taken.append(envelope.original_content or b"")
        return "250 taken"


def test_a_moody_relay_holds_up_nobody():
    """REL-12: in one round all is delivered that the relay takes; the rest waits, or is named."""
    later = [f"later{number}@example.org" for number in range(50)]
    good = [f"erika{number}@example.org" for number in range(56)]
    store(NOBODY, *later, *good)
    with sink(Moody()) as relay:
        assert isinstance(relay, Moody)
        use(f"smtp://127.0.0.1:{relay.port}")
        tally = worker.deliver()
        assert (tally.sent, tally.delayed, tally.failed) == (54, 50 + relay.hung_up, 1)
        assert len(relay.taken) == 54
        words = select(OutboxMessage.last_error, OutboxMessage.recipient).order_by(OutboxMessage.id)
        db.session.rollback()
        said = [error for error, _recipient in db.session.execute(words) if error]
        assert said[0] == "550 5.1.1 no such user here"
        assert said[1:51] == ["451 4.7.1 greylisted, try again"] * 50
        assert said[51:] == ["421 4.7.0 too many, closing"] * 2
        assert outbox.find_trouble() == ""  # it took mails after that
        db.session.rollback()

        relay.puts_off = False
        for hours in (1, 2):
            with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours)):
                worker.deliver()
        assert Counter(states()) == {"sent": 106, "failed": 1}
        assert set(relay.copies().values()) == {1}
