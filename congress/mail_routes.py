"""Where mails go and where replies lie, as the settings name it in one address each."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

Tls = Literal["none", "starttls", "implicit"]

IMAP_PORTS = {"none": 143, "starttls": 143, "implicit": 993}
SMTP_PORTS = {"none": 25, "starttls": 587, "implicit": 465}


class WrongSetting(Exception):
    """A setting that the program cannot start with; `reason` is one sentence for the operator."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True)
class Maildir:
    """Mails become files in this folder."""

    path: Path


@dataclass(frozen=True)
class SmtpServer:
    """Mails go to this relay."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ImapFolder:
    """Replies and bounces lie in this folder of a server."""

    host: str
    port: int
    tls: Tls
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"


def parse_mail_url(mail_url: str, var_dir: Path) -> Maildir | SmtpServer:
    """Understand MAIL_URL: `maildir:[PATH]`, `smtp://…[?tls=starttls]` or `smtps://…`.

    A Maildir without a path is `mail` in VAR_DIR.  Raises `WrongSetting`.
    """
    url = split_address("MAIL_URL", mail_url)
    if url.scheme == "maildir":
        return Maildir(var_dir / (unquote(url.path) or "mail"))
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise WrongSetting(
            "MAIL_URL", "must be maildir:, smtp://user:password@host:587?tls=starttls or smtps://…"
        )
    tls = _tls_of(url)
    return SmtpServer(
        host=url.hostname,
        port=url.port or SMTP_PORTS[tls],
        tls=tls,
        user=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
    )


def parse_reply_mailbox(address: str, var_dir: Path) -> Maildir | ImapFolder:
    """Understand REPLY_MAILBOX: `maildir:[PATH]`, `imap://…[?tls=starttls]` or `imaps://…`.

    A Maildir without a path is `replies` in VAR_DIR; the folder of a server follows its port.
    Raises `WrongSetting`.
    """
    url = split_address("REPLY_MAILBOX", address)
    if url.scheme == "maildir":
        return Maildir(var_dir / (unquote(url.path) or "replies"))
    is_whole = url.hostname and url.username and url.password
    if url.scheme not in {"imap", "imaps"} or not is_whole:
        raise WrongSetting(
            "REPLY_MAILBOX", "must be maildir:PATH or imaps://user:password@host/INBOX"
        )
    tls = _tls_of(url, "REPLY_MAILBOX")
    return ImapFolder(
        host=url.hostname or "",
        port=url.port or IMAP_PORTS[tls],
        tls=tls,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        folder=unquote(url.path.strip("/")) or "INBOX",
    )


def _tls_of(url: SplitResult, name: str = "MAIL_URL") -> Tls:
    options = parse_qs(url.query, keep_blank_values=True)
    if options.keys() - {"tls"} or options.get("tls", ["starttls"]) != ["starttls"]:
        raise WrongSetting(name, "knows one option, ?tls=starttls")
    if url.scheme in {"smtps", "imaps"}:
        return "implicit"
    return "starttls" if options else "none"


def split_address(name: str, value: str) -> SplitResult:
    """Take an address apart; raises `WrongSetting`."""
    try:
        url = urlsplit(value)
        _ = url.port  # a port that is no number shows only when asked for
    except ValueError as error:
        raise WrongSetting(name, f"is not an address: {error}") from error
    return url
