"""The whole program as its users meet it: the launcher, the worker, a mail server, a browser."""

import email
import email.policy
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.concurrency.servers import PATIENCE, ROOT, free_port, wait_for

PASSWORD = "ein-langes-passwort-der-vorschau"
STEP = 0.1  # seconds between two looks
Found = TypeVar("Found")


class Inbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self._recipients: dict[EmailMessage, str] = {}  # to read a header takes its time
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self._recipients[mail] = str(mail["To"])
        self.mails.append(mail)
        return "250 kept"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if address in self._recipients[mail]]

    def wait_for(self, address: str, count: int) -> list[EmailMessage]:
        """Return the mails to an address once there are as many; the worker takes a moment."""
        return patiently(lambda: self.to(address) if len(self.to(address)) >= count else None)


@dataclass(frozen=True)
class House:
    """Where the pages are and where the mails arrive."""

    url: str
    inbox: Inbox


def patiently(look: Callable[[], Found | None]) -> Found:
    """Look again and again until there is something to see."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(STEP)
    raise AssertionError("it did not happen in time")


@contextmanager
def open_inbox() -> Iterator[Inbox]:
    """Run a mail server on a port of its own."""
    inbox = Inbox()
    mail_server = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    mail_server.start()
    try:
        yield inbox
    finally:
        mail_server.stop()


@contextmanager
def open_house(folder: Path, **environment: str) -> Iterator[House]:
    """Start everything with one command, with the demo loaded, and stop it again.

    "{port}" in a setting becomes the port it is reached at.
    """
    with open_inbox() as inbox:
        yield from _launched(folder, inbox, environment)


def _launched(folder: Path, inbox: Inbox, environment: Mapping[str, str]) -> Iterator[House]:
    port = free_port()
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {
        "PORT": str(port),
        "VAR_DIR": str(folder / "var"),
        "MAIL_URL": inbox.url,
        "DEMO_PASSWORD": PASSWORD,
        "FORM_MIN_SECONDS": "0",
        "WEB_WORKERS": "2",
    }
    log = folder / "house.log"
    with log.open("ab") as output:
        launcher = subprocess.Popen(
            [sys.executable, "-m", "congress.launcher"],
            cwd=ROOT,
            env=known
            | settings
            | {name: value.format(port=port) for name, value in environment.items()},
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(port, launcher, log)
        yield House(f"http://127.0.0.1:{port}", inbox)
    finally:
        launcher.terminate()
        launcher.wait(PATIENCE)
