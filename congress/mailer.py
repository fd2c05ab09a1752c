"""Hands finished mails to an SMTP relay or puts them into a Maildir, and says what came of it."""

import mailbox
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, Protocol

import flask_mail

from congress.extensions import settings
from congress.mail_routes import Maildir, SmtpServer

CLOSING = frozenset({421, 432})  # the server ends the session, or wants fewer (RFC 5321, 4.2.3)
AUTHENTICATION = frozenset({530, 534, 535, 538})  # our password is wrong, not the mail (RFC 4954)
FIRST_PERMANENT = 500
TOO_LARGE = 552
LONGEST_REASON = 500
SAFE_KEY = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_")


class NotDelivered(Exception):
    """The mail was not taken; `reason` is the server's own text, or what the network said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Temporary(NotDelivered):
    """Another attempt later may succeed: an answer 4xx, no connection, no answer in time."""

    def __init__(self, reason: str, *, is_session_over: bool = False) -> None:
        super().__init__(reason)
        self.is_session_over = is_session_over


class Permanent(NotDelivered):
    """The server says for good that it will not take it: an answer 5xx.

    `is_about_recipient` where it was said when the recipient was named, and nothing else yet.
    """

    def __init__(self, reason: str, *, is_about_recipient: bool = False) -> None:
        super().__init__(reason)
        self.is_about_recipient = is_about_recipient


class Connection(Protocol):
    """One session, for as many mails as there are."""

    def send(self, raw: bytes, *, envelope_from: str, recipient: str) -> None:
        """Hand over one mail to one recipient; raises `Temporary` or `Permanent`."""


@dataclass(frozen=True)
class DeliveredMail:
    """A mail found in the Maildir, under the name of its file."""

    key: str
    raw: bytes


@contextmanager
def connect() -> Iterator[Connection]:
    """Open a session with the relay of MAIL_URL; SMTP connects with the first mail.

    After a `Temporary` whose session is over the next mail connects anew.
    """
    route = settings().mail_route
    if isinstance(route, Maildir):
        yield _MaildirConnection(route.path)
        return
    connection = _SmtpConnection(route, settings().mail_timeout)
    try:
        yield connection
    finally:
        connection.close()


def delivered(*, most: int | None = None) -> list[DeliveredMail]:
    """Return what lies in the Maildir, the latest first; nothing where mails go by SMTP."""
    return [DeliveredMail(file.name, file.read_bytes()) for file in _delivered_files()[:most]]


def find_delivered(key: str) -> DeliveredMail | None:
    """Return one mail of the Maildir."""
    files = (file for file in _delivered_files() if file.name == key)
    return next((DeliveredMail(file.name, file.read_bytes()) for file in files), None)


def _delivered_files() -> list[Path]:
    route = settings().mail_route
    if not isinstance(route, Maildir) or not route.path.is_dir():
        return []
    files = [file for folder in ("new", "cur") for file in (route.path / folder).glob("*")]
    usable = [file for file in files if SAFE_KEY.issuperset(file.name.partition(":")[0])]
    return sorted(usable, key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)


class _MaildirConnection:
    """Files know no envelope: whom a mail is for stands in its headers."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._box = mailbox.Maildir(path, create=True)

    def send(self, raw: bytes, *, envelope_from: str, recipient: str) -> None:
        del envelope_from, recipient
        try:
            # Written in `tmp`, synced, then linked into `new`: whole or not at all.
            self._box.add(raw)
        except (OSError, mailbox.Error) as error:
            raise Temporary(f"Maildir: {error}", is_session_over=True) from error


class _Session(flask_mail.Connection):
    """Flask-Mail's connection with what it lacks: a time limit on every word of the server."""

    def __init__(self, mail: Any, timeout: float) -> None:  # noqa: ANN401
        super().__init__(mail)
        self._timeout = timeout

    def configure_host(self) -> smtplib.SMTP:
        server, port = self.mail.server, self.mail.port
        verified = ssl.create_default_context()  # the library's default believes any certificate
        host: smtplib.SMTP
        if self.mail.use_ssl:
            host = smtplib.SMTP_SSL(server, port, timeout=self._timeout, context=verified)
        else:
            host = smtplib.SMTP(server, port, timeout=self._timeout)
        try:
            if self.mail.use_tls:
                host.starttls(context=verified)
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except (smtplib.SMTPException, OSError):
            host.close()
            raise
        return host


class _SmtpConnection:
    def __init__(self, server: SmtpServer, timeout: float) -> None:
        self._server = server
        self._timeout = timeout
        self._session: smtplib.SMTP | None = None

    def send(self, raw: bytes, *, envelope_from: str, recipient: str) -> None:
        sender, address = _ascii(envelope_from), _ascii(recipient)
        session = self._session or self._open()
        try:
            session.sendmail(sender, [address], raw)
        except smtplib.SMTPSenderRefused as error:
            self._judge_sender(error)
        except smtplib.SMTPRecipientsRefused as error:
            self._judge(*error.recipients[address], is_about_recipient=True)
        except smtplib.SMTPResponseException as error:
            self._judge(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self._forget()
            raise _lost(error) from error

    def close(self) -> None:
        """End the session politely, if the server still listens."""
        if self._session is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._session.quit()
        self._forget()

    def _open(self) -> smtplib.SMTP:
        try:
            self._session = _connected(self._server, self._timeout)
        except smtplib.SMTPResponseException as error:
            # Not the mail's fault, whatever the code: a wrong password must not lose mails.
            reason = _reason(error.smtp_code, error.smtp_error)
            raise Temporary(reason, is_session_over=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise _lost(error) from error
        return self._session

    def _judge(self, code: int, text: bytes | str, *, is_about_recipient: bool = False) -> NoReturn:
        reason = _reason(code, text)
        if code in CLOSING or code in AUTHENTICATION:
            self._forget()
            raise Temporary(reason, is_session_over=True)
        if code >= FIRST_PERMANENT:
            raise Permanent(reason, is_about_recipient=is_about_recipient)
        raise Temporary(reason)

    def _judge_sender(self, error: smtplib.SMTPSenderRefused) -> NoReturn:
        """Our sender is not this mail's fault, but its size is (RFC 1870): the others wait."""
        if error.smtp_code >= FIRST_PERMANENT and error.smtp_code != TOO_LARGE:
            raise Temporary(_reason(error.smtp_code, error.smtp_error), is_session_over=True)
        self._judge(error.smtp_code, error.smtp_error)

    def _forget(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _connected(server: SmtpServer, timeout: float) -> smtplib.SMTP:
    config = {
        "MAIL_SERVER": server.host,
        "MAIL_PORT": server.port,
        "MAIL_USERNAME": server.user,
        "MAIL_PASSWORD": server.password,
        "MAIL_USE_TLS": server.tls == "starttls",
        "MAIL_USE_SSL": server.tls == "implicit",
    }
    session = _Session(flask_mail.Mail().init_mail(config), timeout)
    return session.configure_host()


def _ascii(address: str) -> str:
    """Return an address as SMTP without extensions can say it: the domain in IDNA."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Permanent(f"{address}: the relay would need SMTPUTF8 for this address") from error


def _lost(error: Exception) -> Temporary:
    return Temporary(f"{type(error).__name__}: {error}"[:LONGEST_REASON], is_session_over=True)


def _reason(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"[:LONGEST_REASON]
