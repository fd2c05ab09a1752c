# ruff: noqa: ARG002 - what a handler is given is decided by aiosmtpd
import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import insert, select, update

from congress import clock, delivery_mark, extensions, mailer, worker
from congress.domain.access import COMMAND
from congress.domain.mails.delivery import MOST_REFUSED
from congress.domain.mails.kinds import LATER, MessageKind
from congress.extensions import db
from congress.models import AddressChange, OutboxControl, OutboxMessage
from congress.queries import outbox
from congress.services import addresses
from congress.services.mails import outboxing
from congress.services.mails.delivering import BATCH
from tests.builders import a_congress, a_registration
from tests.concurrency.servers import free_port
from tests.concurrency.sink import Sink, sink
from tests.mail_facts import facts_of

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.sqlite_only]

NOBODY = "nobody@example.org"


class Choosy(Sink):
    """A relay that knows one recipient not to exist."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == NOBODY:
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def relay() -> Iterator[Sink]:
    with sink(Choosy()) as found:
        yield found


def use(mail_url: str) -> None:
    """Send over this from now on."""
    settings = extensions.settings().model_copy(update={"mail_url": mail_url, "mail_timeout": 2})
    extensions.bind_settings(settings)


def store(*recipients: str, **values: Any) -> None:  # noqa: ANN401 - columns have many types
    now = datetime.now(UTC)
    rows = [
        {
            "kind": MessageKind.CONFIRMED,
            "message_id": f"<{number}.{recipient}>",
            "recipient": recipient,
            "recipient_name": "Erika Muster",
            "recipient_key": recipient,
            "facts": facts_of(MessageKind.CONFIRMED),
            "created_at": now,
            "due_at": now,
        }
        | values
        for number, recipient in enumerate(recipients)
    ]
    db.session.execute(insert(OutboxMessage), rows)
    db.session.commit()


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)))


def test_mails_become_files_without_a_relay():
    store("erika@example.org", "max@example.org")
    tally = worker.deliver()
    assert (tally.sent, tally.delayed, tally.failed) == (2, 0, 0)
    assert len(mailer.delivered()) == 2
    assert worker.deliver() == worker.Tally()


def test_one_unknown_recipient_holds_up_nobody(relay):
    """REL-12."""
    use(f"smtp://127.0.0.1:{relay.port}")
    store(*(f"erika{number}@example.org" for number in range(15)), NOBODY)
    tally = worker.deliver()
    assert (tally.sent, tally.failed) == (15, 1)
    assert len(relay.taken) == 15
    db.session.rollback()
    failed = db.session.scalars(select(OutboxMessage).where(OutboxMessage.state == "failed")).one()
    assert (failed.recipient, failed.attempts) == (NOBODY, 1)
    assert failed.last_error == "550 5.1.1 no such user here"


def test_an_absent_relay_is_asked_twice_and_then_left_alone():
    """REL-11: the other mails lose no attempt; all of them go once it is back."""
    use(f"smtp://127.0.0.1:{free_port()}")
    store(*(f"erika{number}@example.org" for number in range(30)))
    tally = worker.deliver()
    assert (tally.sent, tally.delayed) == (0, worker.MOST_LOST_SESSIONS)
    assert set(states()) == {"queued"}
    with sink() as relay:
        use(f"smtp://127.0.0.1:{relay.port}")
        assert worker.deliver().sent == 30 - worker.MOST_LOST_SESSIONS


class Old(Sink):
    """A relay that gives no status of RFC 3463."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def test_many_who_are_unknown_are_no_fault_of_the_relay():
    """REL-12: each is tried once, and nobody behind them waits."""
    store(*(f"nobody{number}@example.org" for number in range(2 * MOST_REFUSED)))
    store(*(f"erika{number}@example.org" for number in range(5)))
    with sink(Old()) as relay:
        use(f"smtp://127.0.0.1:{relay.port}")
        tally = worker.deliver()
    assert (tally.sent, tally.failed, tally.delayed) == (5, 2 * MOST_REFUSED, 0)
    assert outbox.status(now=clock.now()).trouble == ""


class Closed(Sink):
    """A relay that knows us no more."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return f"554 5.7.1 <{address}>: relay access denied"


def test_a_relay_that_refuses_everybody_loses_no_more_mails_than_it_takes_to_see_that():
    store(*(f"erika{number}@example.org" for number in range(20)))
    with sink(Closed()) as relay:
        use(f"smtp://127.0.0.1:{relay.port}")
        first, second = worker.deliver(), worker.deliver()
    assert (first.failed, first.delayed) == (MOST_REFUSED, worker.MOST_LOST_SESSIONS)
    assert (second.failed, second.delayed) == (0, worker.MOST_LOST_SESSIONS)
    assert outbox.status(now=clock.now()).trouble == "554 5.7.1 <…>: relay access denied"
    with sink() as relay:
        use(f"smtp://127.0.0.1:{relay.port}")
        assert worker.deliver().sent == 20 - MOST_REFUSED - 2 * worker.MOST_LOST_SESSIONS
    assert outbox.status(now=clock.now()).trouble == ""


class Strict(Sink):
    """A relay that says this to our sender."""

    answer = ""

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return self.answer


@pytest.mark.parametrize(
    ("answer", "failed", "delayed", "trouble"),
    [
        ("553 5.7.1 not your address", 0, worker.MOST_LOST_SESSIONS, "553 5.7.1 not your address"),
        ("552 5.3.4 too large", 3, 0, ""),
    ],
)
def test_a_refused_sender_is_not_the_mails_fault_but_its_size_is(answer, failed, delayed, trouble):
    store("erika@example.org", "max@example.org", "moritz@example.org")
    relay = Strict()
    relay.answer = answer
    with sink(relay):
        use(f"smtp://127.0.0.1:{relay.port}")
        tally = worker.deliver()
    assert (tally.failed, tally.delayed) == (failed, delayed)
    assert outbox.find_trouble() == trouble


def test_what_was_handed_over_is_remembered_outside_of_the_database(caplog):
    """REL-15: an old backup put back under the same folder holds delivery by itself."""
    store("erika@example.org")
    worker.deliver()
    remembered = delivery_mark.find()
    assert remembered
    db.session.execute(update(OutboxControl).values(begun=OutboxControl.begun - 1))
    db.session.execute(update(OutboxMessage).values(state="queued", content=None))
    db.session.commit()

    assert worker.deliver().sent == 0
    assert "delivery_held_after_restore" in caplog.text
    assert outbox.status(now=clock.now()).from_backup == 1
    assert delivery_mark.find() == remembered
    outboxing.release(actor=COMMAND, now=clock.now())
    assert worker.deliver().sent == 1
    ids = {message_from_bytes(mail.raw)["Message-ID"] for mail in mailer.delivered()}
    assert (len(mailer.delivered()), len(ids)) == (2, 1)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"database": "x"}'])
def test_a_mark_that_cannot_be_read_stops_no_mail(text: str):
    (extensions.settings().var_dir / delivery_mark.FILE).write_text(text)
    store("erika@example.org")
    assert worker.deliver().sent == 1
    assert delivery_mark.find()


def test_a_process_has_one_mail_in_hand_however_often_it_is_woken(app, relay):
    """REL-10: a kill costs one copy at most."""
    use(f"smtp://127.0.0.1:{relay.port}")
    store(*(f"erika{number}@example.org" for number in range(40)))

    def look() -> None:
        with app.app_context():
            worker.look()

    threads = [Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(relay.taken) == 40
    assert relay.most_in_hand == 1
    assert set(states()) == {"sent"}


def test_a_mail_that_cannot_be_made_fails_with_a_name_for_the_log(caplog):
    store("erika@example.org", facts={"congress": {}})
    tally = worker.deliver()
    assert tally.failed == 1
    db.session.rollback()
    reason = db.session.scalars(select(OutboxMessage.last_error)).one()
    fault = reason.rpartition(" ")[2]
    assert fault
    assert fault in caplog.text


def test_told_to_stop_it_gives_back_what_it_has_not_begun():
    store(*(f"erika{number}@example.org" for number in range(5)))
    answers = iter([False, False, False])  # before the claim, and before two mails
    tally = worker.deliver(lambda: next(answers, True))
    assert tally.sent == 2
    assert states() == ["sent", "sent", "queued", "queued", "queued"]


class Interrupting(Sink):
    """A relay during whose second mail somebody registers."""

    somebody_registers: Callable[[], None]

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.taken) == 2:
            await asyncio.to_thread(self.somebody_registers)
        return answer


def test_a_confirmation_waits_for_no_more_of_many_mails_than_the_one_in_hand(app):
    """REL-14: also where the next ones of many were claimed already."""

    def register() -> None:
        with app.app_context():
            store("new@example.org", message_id="<new@congress.test>")

    relay = Interrupting()
    relay.somebody_registers = register
    store(*(f"erika{number}@example.org" for number in range(10)), priority=LATER)
    with sink(relay):
        use(f"smtp://127.0.0.1:{relay.port}")
        assert worker.deliver().sent == 11
    came = [str(message_from_bytes(raw)["Message-ID"]) for raw in relay.taken]
    assert came.index("<new@congress.test>") == 2
    assert set(states()) == {"sent"}


def test_further_connections_are_asked_for_only_where_there_is_much():
    asked: list[int] = []
    store(*(f"erika{number}@example.org" for number in range(BATCH - 1)))
    worker.deliver(on_much=lambda: asked.append(1))
    assert asked == []
    store(*(f"max{number}@example.org" for number in range(BATCH)))
    worker.deliver(on_much=lambda: asked.append(1))
    assert asked == [1]


def test_news_that_cannot_be_told_holds_up_no_mail(monkeypatch):
    def fault(*, now: datetime) -> bool:
        raise LookupError(now)

    monkeypatch.setattr(worker, "STEPS", (fault,))
    store("erika@example.org")

    with pytest.raises(LookupError):
        worker.look()

    assert states() == ["sent"]


def test_tidying_lets_go_of_old_mails_and_of_addresses_that_nobody_confirmed():
    store("erika@example.org")
    worker.deliver()
    old = clock.now() - timedelta(days=31)
    db.session.execute(update(OutboxMessage).values(sent_at=old))
    congress = a_congress()
    over, waits = a_registration(congress).id, a_registration(congress).id
    addresses.want(over, "alt@example.org", now=old)
    addresses.want(waits, "neu@example.org", now=clock.now())
    db.session.commit()
    worker.tidy()
    db.session.rollback()
    assert db.session.scalars(select(OutboxMessage.content)).one() is None
    assert db.session.scalars(select(AddressChange.email)).all() == ["neu@example.org"]


def test_what_cannot_be_tidied_keeps_nothing_else(monkeypatch, caplog):
    """REL-73."""
    store("erika@example.org")
    worker.deliver()
    old = clock.now() - timedelta(days=31)
    db.session.execute(update(OutboxMessage).values(sent_at=old))
    db.session.commit()

    def fault(*, now):
        raise LookupError(now)

    monkeypatch.setattr(worker, "KEPT_LONG_ENOUGH", {"broken": fault} | worker.KEPT_LONG_ENOUGH)
    worker.tidy()
    db.session.rollback()
    assert db.session.scalars(select(OutboxMessage.content)).one() is None
    assert "tidying_failed what=broken" in caplog.text
