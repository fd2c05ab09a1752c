import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import insert, update

from congress import mailer
from congress.domain.mails.kinds import MessageKind
from congress.extensions import db
from congress.models import OutboxControl, OutboxMessage
from congress.services.mails import controlling
from tests import builders
from tests.mail_facts import facts_of

pytestmark = pytest.mark.sqlite_only

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run `flask outbox …`."""
    return lambda *words: app.test_cli_runner().invoke(args=["outbox", *words])


@pytest.fixture
def message(app: Flask) -> None:
    now = datetime.now(UTC)
    with app.app_context():
        statement = insert(OutboxMessage).values(
            kind=MessageKind.CONFIRMED,
            message_id="<1@congress.test>",
            recipient="erika@example.org",
            recipient_name="Erika Muster",
            recipient_key="erika@example.org",
            facts=facts_of(MessageKind.CONFIRMED),
            created_at=now,
            due_at=now,
        )
        db.session.execute(statement)
        db.session.commit()


@pytest.mark.usefixtures("message")
def test_the_status_is_json_on_stdout(run):
    found = json.loads(run("status").stdout)
    assert found["queued"] == 1
    assert found["held_since"] is None
    assert 0 <= found["oldest_unsent_seconds"] < 60


@pytest.mark.usefixtures("message")
def test_a_held_outbox_says_so_and_keeps_its_mails(run):
    """REL-15."""
    assert run("hold").exit_code == 0
    status = run("status")
    assert "mails waiting: 1" in status.stderr
    assert json.loads(status.stdout)["held_since"]
    assert "0 sent" in run("deliver").stderr
    assert mailer.delivered() == []
    assert run("release").exit_code == 0
    assert "1 sent" in run("deliver").stderr
    assert len(mailer.delivered()) == 1
    assert json.loads(run("status").stdout)["sent"] == 1


@pytest.mark.usefixtures("message")
@pytest.mark.parametrize(
    ("standing", "found", "said"),
    [
        ({"held": True, "held_since": NOON}, {"held_because": "by hand"}, "is held since"),
        (
            {"held": True, "held_since": NOON, "restored_up_to": 10**6},
            {"held_because": "a backup was put back", "from_a_backup": 1},
            "1 of them stood in it",
        ),
        (
            {"trouble": "535 wrong password", "trouble_since": NOON},
            {"relay_trouble": "535 wrong password", "relay_trouble_since": NOON.isoformat()},
            "takes no mails since 2026-11-29 12:00 UTC: 535 wrong password",
        ),
    ],
)
def test_the_status_says_what_keeps_the_mails(app, run, standing, found, said):
    usual: dict[str, object] = {"held_because": None, "from_a_backup": None, "relay_trouble": None}
    usual |= {"relay_trouble_since": None, "to_many_people": 0, "waiting_for_their_domain": {}}
    assert json.loads(run("status").stdout).items() >= usual.items()
    with app.app_context():
        controlling.hold_if_restored(None, now=NOON)
        db.session.execute(update(OutboxControl).values(**standing))
        db.session.commit()
    status = run("status")
    assert json.loads(status.stdout).items() >= (usual | found).items()
    assert said in status.stderr


def test_mailboxes_that_invite_still_are_named_after_another_sender(app, run):
    with app.app_context():
        builders.a_congress(organizer="kongress@old.example")
    with time_machine.travel(builders.OPEN):
        said = run("status")
    assert json.loads(said.stdout)["earlier_organizers"] == ["kongress@old.example"]
    assert "keep these mailboxes" in said.output
