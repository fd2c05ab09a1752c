"""What keeps mails from going out: a relay in trouble, an old backup, a domain that had enough."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress import extensions
from congress.domain.access import COMMAND
from congress.domain.mails.kinds import LATER
from congress.domain.mails.marks import Mark
from congress.extensions import db
from congress.formats.mail import RenderedMail
from congress.models import AuditLine, OutboxControl, OutboxMessage
from congress.queries import outbox
from congress.services.mails import controlling, delivering, domain_limits, due, outboxing
from tests.builders import OPEN, a_congress
from tests.services.waiting_mails import a_message

MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def limited(database: None) -> None:
    """Two mails a minute to each domain."""
    extensions.bind_settings(extensions.settings().model_copy(update={"mail_domain_limit": 2}))


def test_trouble_with_the_relay_is_told_since_it_began_and_until_a_mail_is_taken():
    first, second = a_message(), a_message()
    delivering.claim("one", now=OPEN)
    for number, moment in enumerate((OPEN, OPEN + MINUTE)):
        reason = f"535 5.7.8 <erika@example.org> wrong password {number}"
        prepared = RenderedMail("Hallo", b"Subject: Hallo")
        delivering.begin(first.id, prepared, owner="one", now=moment)
        delivering.record_delay(first.id, reason, owner="one", now=moment, is_trouble=True)
        delivering.claim("one", now=moment + 2 * MINUTE)
    found = outbox.status(now=OPEN)
    assert found.trouble_since == OPEN
    assert found.trouble == "535 5.7.8 <…> wrong password 1"

    delivering.begin(second.id, prepared, owner="one", now=OPEN + MINUTE)
    assert outbox.find_trouble()
    delivering.record_sent(second.id, now=OPEN + MINUTE)
    assert (outbox.status(now=OPEN).trouble, outbox.status(now=OPEN).trouble_since) == ("", None)


def test_the_next_beginning_too_says_that_the_relay_takes_mails_again():
    first, second = a_message(), a_message()
    delivering.claim("one", now=OPEN)
    prepared = RenderedMail("Hallo", b"Subject: Hallo")
    delivering.begin(first.id, prepared, owner="one", now=OPEN)
    delivering.record_delay(first.id, "421 later", is_trouble=True, owner="one", now=OPEN)
    delivering.claim("one", now=OPEN + MINUTE)
    delivering.begin(first.id, prepared, owner="one", now=OPEN)
    delivering.begin(second.id, prepared, sent=first.id, owner="one", now=OPEN)
    assert outbox.find_trouble() == ""


def test_a_backup_that_was_put_back_sends_nothing_by_itself():
    """REL-15: held, with the number of what may have been sent; then under the same IDs."""
    mark, _ = controlling.hold_if_restored(None, now=OPEN)
    kept = a_message()
    assert controlling.hold_if_restored(mark, now=OPEN) == (mark, False)
    (claimed,) = delivering.claim("one", now=OPEN)
    begun = delivering.begin(claimed.id, delivering.prepare(claimed), owner="one", now=OPEN)
    assert begun
    assert begun.mark == Mark(mark.database, mark.begun + 1)
    delivering.give_back([kept.id], owner="one")
    db.session.execute(update(OutboxControl).values(begun=mark.begun))  # as the backup has it
    db.session.commit()

    assert controlling.hold_if_restored(begun.mark, now=OPEN) == (begun.mark, True)
    a_message(priority=2)
    assert delivering.claim("two", now=OPEN + MINUTE) == []
    found = outbox.status(now=OPEN)
    assert (found.held_since, found.waiting, found.from_backup, found.to_many) == (OPEN, 2, 1, 1)
    verbs = select(AuditLine.verb, AuditLine.actor)
    assert db.session.execute(verbs).all() == [("outbox_held_restored", "system")]

    outboxing.release(actor=COMMAND, now=OPEN + MINUTE)
    assert controlling.hold_if_restored(begun.mark, now=OPEN + MINUTE) == (begun.mark, False)
    assert outbox.status(now=OPEN).from_backup is None
    again, _new = delivering.claim("two", now=OPEN + MINUTE)
    assert again.message_id == kept.message_id


@pytest.mark.parametrize(
    ("sent_until", "per_minute", "is_trouble"),
    [
        (20, 2, False),  # it goes on: a minute ago it had enough
        (20, 3, True),  # it had never enough, so nothing kept the rest
        (9, 2, True),  # nobody sends any more: eleven minutes ago it had enough for the last time
    ],
)
def test_who_waits_for_a_domain_that_goes_on_is_no_trouble_and_who_is_left_there_is(
    database, sent_until, per_minute, is_trouble
):
    limit = {"mail_domain_limit": per_minute}
    extensions.bind_settings(extensions.settings().model_copy(update=limit))
    congress = a_congress()
    for number in range(50):
        a_message(recipient_key=f"{number}@a.example", congress_id=congress.id)
    for number in range(sent_until):
        delivering.claim(f"{number}", now=OPEN + number * MINUTE, most=2)
    now = OPEN + 20 * MINUTE

    assert outbox.counts(congress.id, now=now).overdue_since == (OPEN if is_trouble else None)
    taken = update(OutboxMessage).where(OutboxMessage.state == "sending")
    db.session.execute(taken.values(state="sent"))
    assert (outbox.status(now=now).oldest_unsent is not None) is is_trouble

    db.session.execute(update(OutboxMessage).values(attempts=1))  # the relay says: later
    assert outbox.status(now=now).oldest_unsent is not None


def test_a_domain_that_had_enough_holds_up_no_other_and_keeps_its_order(limited):
    """Truth is in the database: what one worker took counts for the next."""
    many = [a_message(recipient_key=f"{number}@a.example", priority=2) for number in range(3)]
    other = a_message(recipient_key="erika@b.example", priority=2)
    late = a_message(recipient_key="late@a.example")
    claimed = delivering.claim("one", now=OPEN)
    assert [mail.id for mail in claimed] == [late.id, many[0].id, other.id]
    assert outbox.resting_domains(now=OPEN) == {"a.example": 4}
    assert delivering.claim("two", now=OPEN) == []
    assert not due.is_any_due(before=LATER, now=OPEN)
    urgent = a_message(recipient_key="urgent@a.example")
    assert delivering.claim("two", now=OPEN) == []
    next_minute = delivering.claim("two", now=OPEN + MINUTE)
    assert [mail.id for mail in next_minute] == [urgent.id, many[1].id]
    assert domain_limits.forget_old(now=OPEN + timedelta(days=1)) == 2
