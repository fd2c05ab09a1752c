"""REL-10, REL-13: real workers and a real relay; some workers are killed without warning."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

import psutil
import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from congress import queue
from congress.domain.mails.kinds import MessageKind
from congress.extensions import db
from congress.models import Mailing, MailingFile, OutboxMessage
from tests.builders import a_congress, add
from tests.concurrency.servers import ROOT
from tests.concurrency.sink import Sink, sink
from tests.mail_facts import facts_of

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

# Whoever waits no longer for an answer has to send once more, so a busy machine must not be taken
# for a mute relay. Only after kills is it short: what they had in hand is free after 17 seconds.
PATIENT, IMPATIENT = 20, 1
FILE = b"%PDF-1.7 " + bytes(range(256)) * 80
PATIENCE = timedelta(minutes=4)

StartWorker = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def relay() -> Iterator[Sink]:
    with sink() as found:
        yield found


@pytest.fixture
def start_worker(
    app: Flask, database_url: str, tmp_path: Path, relay: Sink
) -> Iterator[StartWorker]:
    """Start a worker as `flask worker` does; those still running are ended with the test."""
    workers: list[subprocess.Popen[bytes]] = []
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        "DATABASE_URL": database_url,
        "VAR_DIR": str(tmp_path / "var"),
        "SECRET_KEY": app.config["SECRET_KEY"],
        "BASE_URL": "http://congress.test",
        "MAIL_URL": f"smtp://127.0.0.1:{relay.port}",
        "MAIL_CONNECTIONS": "3",  # the senders end with their worker, and note what they had
    }

    def start(mail_timeout: int = PATIENT) -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
                cwd=ROOT,
                env=known | environment | {"MAIL_TIMEOUT": str(mail_timeout)},
                stdout=log,
                stderr=log,
            )
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


def test_killed_workers_lose_nothing(app, start_worker, relay, is_full):
    """REL-10: every mail comes, at most one more copy per kill, and copies are the same bytes."""
    mails, kills = (1000, 50) if is_full else (60, 3)
    with app.app_context():
        expected = _write_mails(mails, with_files=True)
        worker = start_worker(IMPATIENT)
        for kill in range(kills):
            _wait(partial(_has_taken, relay, mails * (kill + 1) // (kills + 1)))
            senders = psutil.Process(worker.pid).children()
            worker.kill()
            worker.wait()
            assert len(senders) == 2
            assert psutil.wait_procs(senders, timeout=PATIENT)[1] == []  # they end by themselves
            worker = start_worker(IMPATIENT)
        _wait(lambda: _unsent() == 0)

    assert relay.copies().keys() == expected
    assert len(relay.taken) - mails <= kills
    assert {len(contents) for contents in relay.contents().values()} == {1}
    assert sum(FILE in _parts_of(raw) for raw in relay.taken) >= mails // 2


def test_two_workers_send_nothing_twice(app, start_worker, relay, is_full):
    """REL-13."""
    mails = 1000 if is_full else 150
    with app.app_context():
        expected = _write_mails(mails)
        start_worker()
        start_worker()
        _wait(lambda: _unsent() == 0)

    assert relay.copies().keys() == expected
    assert len(relay.taken) == mails


def test_a_worker_told_to_stop_finishes_the_mail_in_hand(app, start_worker, relay):
    """REL-72: nothing is begun that is not recorded, and the rest waits for the next worker."""
    with app.app_context():
        _write_mails(200)
        worker = start_worker()
        _wait(partial(_has_taken, relay, 10))
        worker.terminate()
        assert worker.wait(30) == 0
        taken = len(relay.taken)
        assert taken < 200
        assert _unsent() == 200 - taken
        assert _count(OutboxMessage.state == "sending") == 0


def _parts_of(raw: bytes) -> list[bytes]:
    parts = message_from_bytes(raw, policy=policy.default).walk()
    contents = [each.get_payload(decode=True) for each in parts]
    return [each for each in contents if isinstance(each, bytes)]


def _with_file() -> dict[str, object]:
    """Return what an info mail with an attachment states; the file stands by itself."""
    now = datetime.now(UTC)
    said = {"subject": {"de": "Plan"}, "text": {"de": "Hier."}, "audience": {}}
    moments = {"created_at": now, "changed_at": now}
    mailing = add(Mailing(congress_id=a_congress().id, **said, **moments))
    named = {"name": "Plan.pdf", "media_type": "application/pdf"}
    file = add(MailingFile(mailing_id=mailing.id, size=len(FILE), content=FILE, **named))
    return facts_of(MessageKind.INFO_MAIL) | {"files": [named | {"id": file.id}]}


def _write_mails(count: int, *, with_files: bool = False) -> set[str]:
    """Store mails that are due, every other one `with_files`; returns their Message-IDs."""
    now = datetime.now(UTC)
    letters = [(MessageKind.CONFIRMED, facts_of(MessageKind.CONFIRMED))]
    if with_files:
        letters.append((MessageKind.INFO_MAIL, _with_file()))
    rows = [
        {
            "kind": letters[number % len(letters)][0],
            "message_id": f"<{number}@congress.test>",
            "recipient": f"erika{number}@example.org",
            "recipient_name": "Erika Muster",
            "recipient_key": f"erika{number}@example.org",
            "facts": letters[number % len(letters)][1],
            "created_at": now,
            "due_at": now,
        }
        for number in range(count)
    ]
    db.session.execute(insert(OutboxMessage), rows)
    db.session.commit()
    return {str(row["message_id"]) for row in rows}


def _wait(is_done: Callable[[], bool]) -> None:
    deadline = datetime.now(UTC) + PATIENCE
    while not is_done():
        if datetime.now(UTC) > deadline:
            db.session.rollback()
            states = select(OutboxMessage.state, OutboxMessage.last_error, func.count())
            grouped = states.group_by(OutboxMessage.state, OutboxMessage.last_error)
            pytest.fail(f"the workers do not get on: {db.session.execute(grouped).all()}")
        time.sleep(0.05)
        queue.wake()  # what becomes free is found now, not at the next full minute


def _has_taken(relay: Sink, more_than: int) -> bool:
    return len(relay.taken) > more_than


def _unsent() -> int:
    return _count(OutboxMessage.state != "sent")


def _count(which: object) -> int:
    db.session.rollback()  # see what others have stored since
    statement = select(func.count()).select_from(OutboxMessage).where(which)  # type: ignore[arg-type]
    return db.session.scalars(statement).one()
