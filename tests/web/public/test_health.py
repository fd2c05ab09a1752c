from datetime import timedelta

from sqlalchemy import text

from congress import clock
from congress.extensions import db
from congress.models import OutboxMessage
from tests import builders


def test_a_ready_program_says_what_waits(app, client):
    now = clock.now()
    with app.app_context():
        for number, state in enumerate(["queued", "sending", "sent", "failed"]):
            builders.add(
                OutboxMessage(
                    kind="link",
                    message_id=f"<{number}@congress.test>",
                    recipient="erika@example.org",
                    recipient_key="erika@example.org",
                    facts={},
                    state=state,
                    created_at=now - timedelta(minutes=10 - number),
                    due_at=now,
                )
            )

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json["mails_waiting"] == 2
    assert answer.json["mails_failed"] == 1
    assert 600 <= answer.json["oldest_waiting_mail_seconds"] < 660
    assert answer.json["disk_free_bytes"] > 0
    assert "erika" not in answer.text


def test_a_program_with_other_tables_than_it_needs_is_not_ready(app, client):
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()

    assert client.get("/readyz").json == {"status": "not ready", "reason": "migrations"}
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").text == "ok\n"
