"""A real IMAP server with one account, whose mails lie in a Maildir."""

import imaplib
import mailbox
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pysasl.hashing import BuiltinHash

from tests.concurrency.servers import free_port

USER, PASSWORD = "post", "geheim"
PATIENCE = 60  # seconds until the server answers


@contextmanager
def imap_server(folder: Path) -> Iterator[int]:
    """Run it until the block ends; gives its port."""
    hashed = BuiltinHash(rounds=1).hash(PASSWORD)
    files = {"passwd": f"{USER}:x::::post:\n", "shadow": f"{USER}:{hashed}:::::::\n", "group": ""}
    for name, content in files.items():
        (folder / f"pymap-etc-{name}").write_text(content)
    (folder / "pymap-tokens").touch()
    mailbox.Maildir(folder / "post", create=True)
    found = free_port()
    program = Path(sys.executable).with_name("pymap")
    listens = ("--host", "127.0.0.1", "--port", str(found), "--no-tls")
    with subprocess.Popen([program, *listens, "maildir", folder]) as server:
        try:
            _wait_for(found)
            yield found
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), client_of(port):
            return
        time.sleep(0.05)
    raise TimeoutError(port)


def client_of(port: int) -> imaplib.IMAP4:
    """Log in as a mail program does."""
    client = imaplib.IMAP4("127.0.0.1", port, timeout=PATIENCE)
    client.login(USER, PASSWORD)
    return client


def address_of(port: int) -> str:
    """Return the setting by which this mailbox is read."""
    return f"imap://{USER}:{PASSWORD}@127.0.0.1:{port}/INBOX"
