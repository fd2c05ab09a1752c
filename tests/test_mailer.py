# ruff: noqa: ARG002 - what a handler is given is decided by aiosmtpd
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config import load_settings
from congress import extensions, mailer

RAW = b"Subject: Hallo\r\n\r\nGuten Tag,\r\n.\r\nein Punkt allein.\r\n"
NAMES = {"envelope_from": "bounces@congress.test", "recipient": "erika@example.org"}


class Relay:
    """Says yes, or what it is told to say to the next mails."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.sessions: set[int] = set()
        self.answers_to_rcpt: list[str] = []
        self.answers_to_data: list[str] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers_to_rcpt:
            return self.answers_to_rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answers_to_data:
            return self.answers_to_data.pop(0)
        self.sessions.add(id(session))
        self.mails.append(envelope)
        return "250 taken"


@pytest.fixture
def relay() -> Iterator[tuple[Relay, int]]:
    handler = Relay()
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield handler, controller.port
    controller.stop()


@pytest.fixture
def use(tmp_path: Path) -> Callable[..., None]:
    """Bind these mail settings."""

    def bind(mail_url: str, timeout: float = 5) -> None:
        settings = load_settings(var_dir=tmp_path, mail_url=mail_url, mail_timeout=timeout)
        extensions.bind_settings(settings)

    return bind


def test_several_mails_go_through_one_session(relay, use):
    handler, port = relay
    use(f"smtp://127.0.0.1:{port}")
    with mailer.connect() as connection:
        connection.send(RAW, **NAMES)
        connection.send(RAW, **NAMES)
    assert len(handler.mails) == 2
    assert len(handler.sessions) == 1
    envelope = handler.mails[0]
    assert (envelope.mail_from, envelope.rcpt_tos) == (
        "bounces@congress.test",
        ["erika@example.org"],
    )
    assert envelope.content == RAW


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("451 4.7.1 greylisted, try again", mailer.Temporary),
        ("452 4.2.2 mailbox full", mailer.Temporary),
        ("550 5.1.1 no such user here", mailer.Permanent),
        ("553 5.7.1 not allowed", mailer.Permanent),
        ("530 5.7.0 authentication required", mailer.Temporary),
    ],
)
def test_an_answer_is_temporary_or_for_good_with_the_servers_text(relay, use, answer, error):
    """REL-12."""
    handler, port = relay
    handler.answers_to_rcpt = [answer]
    use(f"smtp://127.0.0.1:{port}")
    with mailer.connect() as connection:
        with pytest.raises(error) as caught:
            connection.send(RAW, **NAMES)
        assert caught.value.reason == answer
        connection.send(RAW, **NAMES)  # one refusal does not hold up the next mail
    assert len(handler.mails) == 1


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", "432 4.3.2 too many connections"])
def test_a_session_the_server_ends_is_opened_anew(relay, use, answer):
    """REL-12."""
    handler, port = relay
    handler.answers_to_data = [answer]
    use(f"smtp://127.0.0.1:{port}")
    with mailer.connect() as connection:
        with pytest.raises(mailer.Temporary) as caught:
            connection.send(RAW, **NAMES)
        assert caught.value.is_session_over
        connection.send(RAW, **NAMES)
    assert len(handler.mails) == 1


def test_a_mute_server_costs_the_time_limit_and_no_more(use):
    """REL-11: it accepts the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        use(f"smtp://127.0.0.1:{mute.getsockname()[1]}", timeout=0.3)
        with mailer.connect() as connection, pytest.raises(mailer.Temporary) as caught:
            connection.send(RAW, **NAMES)
    assert caught.value.is_session_over
    assert "timed out" in caught.value.reason


def test_nobody_listening_is_temporary(use):
    use(f"smtp://127.0.0.1:{_free_port()}")
    with mailer.connect() as connection, pytest.raises(mailer.Temporary) as caught:
        connection.send(RAW, **NAMES)
    assert "refused" in caught.value.reason


def test_a_refused_session_is_not_the_mails_fault(use):
    """A relay that answers 554 to the connection itself must not lose every mail of the hour."""
    with _server_that_says(b"554 5.3.2 no service for you\r\n") as port:
        use(f"smtp://127.0.0.1:{port}")
        with mailer.connect() as connection, pytest.raises(mailer.Temporary) as caught:
            connection.send(RAW, **NAMES)
    assert caught.value.reason == "554 5.3.2 no service for you"


def test_without_the_starttls_that_was_asked_for_nothing_is_sent(relay, use):
    handler, port = relay
    use(f"smtp://127.0.0.1:{port}?tls=starttls")
    with mailer.connect() as connection, pytest.raises(mailer.Temporary) as caught:
        connection.send(RAW, **NAMES)
    assert "STARTTLS" in caught.value.reason
    assert handler.mails == []


def test_an_umlaut_in_the_domain_is_written_in_ascii(relay, use):
    handler, port = relay
    use(f"smtp://127.0.0.1:{port}")
    with mailer.connect() as connection:
        connection.send(RAW, envelope_from="a@b.test", recipient="erika@lünen.example")
        with pytest.raises(mailer.Permanent, match="SMTPUTF8"):
            connection.send(RAW, envelope_from="a@b.test", recipient="jörg@example.org")
    assert handler.mails[0].rcpt_tos == ["erika@xn--lnen-0ra.example"]


def test_a_maildir_keeps_mails_byte_for_byte(use, tmp_path):
    use("maildir:")
    with mailer.connect() as connection:
        for number in range(3):
            connection.send(b"X-Number: %d\r\n" % number + RAW, **NAMES)
    found = mailer.delivered()
    assert sorted(mail.raw for mail in found) == [b"X-Number: %d\r\n" % n + RAW for n in range(3)]
    assert mailer.find_delivered(found[0].key) == found[0]
    assert list((tmp_path / "mail" / "tmp").iterdir()) == []


@pytest.mark.parametrize("key", ["../../secret_key", "..", "", "nothing"])
def test_a_maildir_gives_out_nothing_but_its_mails(use, key):
    use("maildir:")
    assert mailer.find_delivered(key) is None
    with mailer.connect() as connection:
        connection.send(RAW, **NAMES)
    assert mailer.find_delivered(key) is None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def _server_that_says(greeting: bytes) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            caller, _ = listener.accept()
            with caller:
                caller.sendall(greeting)
                caller.recv(100)

        thread = threading.Thread(target=answer)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()
