"""A real SMTP relay that keeps what it takes, slowly enough to be killed in the middle."""
# ruff: noqa: ARG002 - what a handler is given is decided by aiosmtpd

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.concurrency.servers import free_port

SECONDS_PER_MAIL = 0.02


class Sink:
    """The mails that were taken, in order."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.port = 0
        self.in_hand = 0
        self.most_in_hand = 0  # at the same time

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.taken.append(envelope.original_content or b"")
        self.in_hand += 1
        self.most_in_hand = max(self.most_in_hand, self.in_hand)
        await asyncio.sleep(SECONDS_PER_MAIL)  # taken, and the worker does not know yet
        self.in_hand -= 1
        return "250 taken"

    def copies(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(str(message_from_bytes(raw)["Message-ID"]) for raw in self.taken)

    def contents(self) -> dict[str, set[bytes]]:
        """The different bytes that came under each Message-ID."""
        found: dict[str, set[bytes]] = {}
        for raw in self.taken:
            found.setdefault(str(message_from_bytes(raw)["Message-ID"]), set()).add(raw)
        return found


@contextmanager
def sink(handler: Sink | None = None) -> Iterator[Sink]:
    """Run a relay on a port of its own."""
    found = handler or Sink()
    controller = Controller(found, hostname="127.0.0.1", port=free_port())
    controller.start()
    found.port = controller.port
    try:
        yield found
    finally:
        controller.stop()
