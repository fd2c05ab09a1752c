"""Each account hears in the morning how much is due, once, and nothing of what it is about."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from congress.extensions import db
from congress.models import OutboxMessage, User
from congress.services.network import following_up
from tests.network import a_contact_note, an_organisation
from tests.web.organisers import a_network_account

MORNING = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)  # seven o'clock in Berlin
TODAY = MORNING.date()


def told():
    statement = select(OutboxMessage).where(OutboxMessage.kind == "follow_ups_due")
    return list(db.session.scalars(statement.order_by(OutboxMessage.id)))


def test_one_mail_each_morning_for_as_long_as_something_is_due(app, session):
    anna = a_network_account(app, "anna@example.org", "coordination")
    ben = a_network_account(app, "ben@example.org", "coordination")
    rheine = an_organisation("Stadt Rheine")
    a_contact_note(rheine, "Geheimes", follow_up_on=TODAY, follow_up_for=anna)
    open_note = a_contact_note(rheine, follow_up_on=date(2026, 3, 1), follow_up_for=anna)
    a_contact_note(rheine, follow_up_on=date(2026, 3, 11), follow_up_for=ben)
    a_contact_note(rheine, follow_up_on=TODAY)

    assert not following_up.next_step(now=MORNING - timedelta(minutes=1))
    assert following_up.next_step(now=MORNING)
    assert not following_up.next_step(now=MORNING)
    assert not following_up.next_step(now=MORNING + timedelta(hours=16))
    [mail] = told()
    assert (mail.recipient, mail.facts["count"]) == ("anna@example.org", 2)
    assert "Rheine" not in str(mail.facts)
    assert "Geheimes" not in str(mail.facts)

    open_note.done_at = MORNING
    db.session.commit()
    tomorrow = MORNING + timedelta(days=1)
    assert following_up.next_step(now=tomorrow)
    assert following_up.next_step(now=tomorrow)
    assert not following_up.next_step(now=tomorrow)
    assert [(each.recipient, each.facts["count"]) for each in told()[1:]] == [
        ("anna@example.org", 1),
        ("ben@example.org", 1),
    ]


def test_whoever_may_not_read_the_log_hears_nothing(app, session):
    reader = a_network_account(app, "reader@example.org", "reader")
    gone = a_network_account(app, "gone@example.org", "coordination")
    db.session.get(User, gone).active = False
    db.session.commit()
    for account in (reader, gone):
        a_contact_note(an_organisation(), follow_up_on=TODAY, follow_up_for=account)

    assert not following_up.next_step(now=MORNING)
    assert told() == []
