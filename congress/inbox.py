"""Reads the mailbox of replies: a Maildir, or a folder on an IMAP server (RFC 9051)."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from congress.domain.mails.received import MOST_READ
from congress.extensions import settings
from congress.mail_routes import ImapFolder, Maildir

MOST_AT_ONCE = 200  # mails of one pass: whatever more there is waits for the next
LONGEST_REASON = 300
HEADERS_END = b"\r\n\r\n", b"\n\n"
SEEN = "S"  # a flag of a Maildir
imaplib._MAXLINE = max(imaplib._MAXLINE, 2 * MOST_READ)  # type: ignore[attr-defined] # noqa: SLF001 - one literal, whole


class Unreadable(Exception):
    """The mailbox cannot be read now; `reason` is what the server or the system said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = " ".join(reason.split())[:LONGEST_REASON]


@dataclass(frozen=True)
class Letter:
    """A mail in the mailbox; of one that is too large only the headers."""

    key: str
    raw: bytes
    is_whole: bool


class Inbox(Protocol):
    """An open mailbox."""

    def letters(self) -> Iterator[Letter]:
        """Yield what nobody has dealt with, each mail when it is its turn."""

    def done(self, letter: Letter, *, keep: bool) -> None:
        """Take a mail out of the turn; it is deleted unless a human may want it."""


def is_set() -> bool:
    """Whether there is a mailbox to read at all."""
    return settings().reply_route is not None


@contextmanager
def connect() -> Iterator[Inbox]:
    """Open the mailbox of REPLY_MAILBOX; raises `Unreadable`, also while it is read."""
    route = settings().reply_route
    if route is None:
        raise Unreadable("REPLY_MAILBOX is not set")
    try:
        if isinstance(route, Maildir):
            yield _MaildirInbox(route.path)
            return
        client = _log_in(route, settings().mail_timeout)
        try:
            yield _ImapInbox(client, route.folder)
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                client.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        raise Unreadable(_words(error)) from error


class _MaildirInbox:
    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise Unreadable(f"{path} is no folder")
        for name in ("new", "cur", "tmp"):
            if not (path / name).is_dir():
                raise Unreadable(f"{path} is no Maildir: it has no folder {name}")
        self._path = path

    def letters(self) -> Iterator[Letter]:
        files = sorted((self._path / "new").iterdir(), key=lambda file: file.name)
        for file in files[:MOST_AT_ONCE]:
            with suppress(FileNotFoundError):  # another worker was faster
                yield self._letter(file)

    def _letter(self, file: Path) -> Letter:
        with file.open("rb") as opened:
            raw = opened.read(MOST_READ + 1)
        is_whole = len(raw) <= MOST_READ
        return Letter(file.name, raw if is_whole else _headers_of(raw), is_whole)

    def done(self, letter: Letter, *, keep: bool) -> None:
        file = self._path / "new" / letter.key
        with suppress(FileNotFoundError):
            if keep:
                file.rename(self._path / "cur" / f"{letter.key.partition(':')[0]}:2,{SEEN}")
            else:
                file.unlink()


class _ImapInbox:
    def __init__(self, client: imaplib.IMAP4, folder: str) -> None:
        self._client = client
        quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
        _require(client.select(f'"{quoted}"'))

    def letters(self) -> Iterator[Letter]:
        [found] = _require(self._client.uid("SEARCH", "UNSEEN UNDELETED"))
        for uid in (found or b"").split()[:MOST_AT_ONCE]:
            key = uid.decode("ascii")
            is_whole = self._size(key) <= MOST_READ
            part = "BODY.PEEK[]" if is_whole else f"BODY.PEEK[HEADER]<0.{MOST_READ}>"
            raw = _literal(_require(self._client.uid("FETCH", key, f"({part})")))
            if raw is not None:
                yield Letter(key, raw, is_whole)

    def _size(self, key: str) -> int:
        answer = _require(self._client.uid("FETCH", key, "(RFC822.SIZE)"))
        words = b" ".join(each for each in answer if isinstance(each, bytes))
        after = words.partition(b"RFC822.SIZE ")[2]
        digits = after.split(b")")[0].split()
        return int(digits[0]) if digits else MOST_READ + 1

    def done(self, letter: Letter, *, keep: bool) -> None:
        flags = r"(\Seen)" if keep else r"(\Seen \Deleted)"
        _require(self._client.uid("STORE", letter.key, "+FLAGS.SILENT", flags))
        if not keep:
            _require(self._client.expunge())


def _log_in(route: ImapFolder, timeout: float) -> imaplib.IMAP4:
    verified = ssl.create_default_context()
    client: imaplib.IMAP4
    if route.tls == "implicit":
        client = imaplib.IMAP4_SSL(route.host, route.port, ssl_context=verified, timeout=timeout)
    else:
        client = imaplib.IMAP4(route.host, route.port, timeout=timeout)
    try:
        if route.tls == "starttls":
            client.starttls(verified)
        client.login(route.user, route.password)
    except (imaplib.IMAP4.error, OSError):
        client.shutdown()
        raise
    return client


def _require(answer: tuple[str, list[Any]]) -> list[Any]:
    """Return what a server answers, if it does what was asked."""
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(data[0] if data else state)
    return data


def _literal(answer: list[Any]) -> bytes | None:
    """Return the mail in an answer; none where it has gone meanwhile."""
    return next((each[1] for each in answer if isinstance(each, tuple)), None)


def _headers_of(raw: bytes) -> bytes:
    ends = [end for mark in HEADERS_END if (end := raw.find(mark)) >= 0]
    return raw[: min(ends)] + b"\r\n\r\n" if ends else raw[:MOST_READ]


def _words(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    said = first.decode("utf-8", "replace") if isinstance(first, bytes) else str(error)
    return f"{type(error).__name__}: {said}"
