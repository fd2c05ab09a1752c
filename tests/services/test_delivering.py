from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import delete, select

from congress import links
from congress.domain.access import COMMAND
from congress.domain.mails.delivery import MOST_ATTEMPTS
from congress.domain.mails.faults import Fault
from congress.domain.mails.kinds import MessageKind
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, OutboxMessage, Registration
from congress.queries import outbox
from congress.services import tokens
from congress.services.mails import delivering, outboxing
from congress.services.mails.delivering import ClaimedMail
from tests.builders import OPEN, a_congress, a_registration, add
from tests.services.waiting_mails import a_message

MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=5)  # longer than one lease under the default time limit

pytestmark = pytest.mark.usefixtures("database")


def registered() -> Registration:
    registration = a_registration(a_congress(), email="erika@example.org")
    rows, _ = tokens.new_rows(registration.id, now=OPEN)
    for row in rows:
        if not db.session.scalar(select(AccessToken.id).where(AccessToken.digest == row["digest"])):
            add(AccessToken(**row))
    return registration


def row_of(message: OutboxMessage | int) -> OutboxMessage:
    db.session.expire_all()
    message_id = message if isinstance(message, int) else message.id
    found = db.session.get(OutboxMessage, message_id)
    assert found
    return found


def attempt(claimed: ClaimedMail, owner: str, now: datetime) -> bytes:
    prepared = delivering.prepare(claimed)
    begun = delivering.begin(claimed.id, prepared, owner=owner, now=now)
    assert begun
    return begun.raw


def test_letters_go_first_then_by_age():
    late = a_message(due_at=OPEN + MINUTE)
    calendar = a_message(MessageKind.CALENDAR_REQUEST, priority=1)
    letter = a_message()
    a_message(due_at=OPEN + timedelta(days=1))
    now = OPEN + 2 * MINUTE
    claimed = delivering.claim("one", now=now)
    assert [mail.id for mail in claimed] == [letter.id, late.id, calendar.id]


def test_a_claimed_mail_belongs_to_one_worker_until_the_lease_is_over():
    """REL-13: nobody else takes it; REL-10: somebody does once the worker is gone."""
    message = a_message()
    assert [mail.id for mail in delivering.claim("one", now=OPEN)] == [message.id]
    assert delivering.claim("two", now=OPEN + MINUTE) == []
    assert delivering.claim("two", now=OPEN - timedelta(hours=1)) == []  # a clock set back
    assert [mail.id for mail in delivering.claim("two", now=OPEN + LEASE)] == [message.id]


def test_the_second_worker_sends_the_bytes_of_the_first():
    """REL-10: the same Message-ID, the same bytes, even if the link was made anew meanwhile."""
    registration = registered()
    message = a_message(registration_id=registration.id)
    (first,) = delivering.claim("one", now=OPEN)
    sent = attempt(first, "one", OPEN)
    db.session.execute(delete(AccessToken))
    db.session.commit()
    (second,) = delivering.claim("two", now=OPEN + LEASE)
    assert attempt(second, "two", OPEN + LEASE) == sent
    assert row_of(message).attempts == 2


def test_who_was_too_slow_does_not_begin():
    a_message()
    (slow,) = delivering.claim("slow", now=OPEN)
    delivering.claim("quick", now=OPEN + LEASE)
    prepared = delivering.prepare(slow)
    assert delivering.begin(slow.id, prepared, owner="slow", now=OPEN + LEASE) is None


@pytest.mark.parametrize("has_sent", [True, False])
def test_who_was_too_slow_says_nothing_of_a_mail_that_another_worker_has(has_sent: bool):
    """REL-13: its failure must not bring back a mail that was sent, nor one that is being sent."""
    message = a_message()
    for owner, now in (("slow", OPEN), ("quick", OPEN + LEASE)):
        (claimed,) = delivering.claim(owner, now=now)
        attempt(claimed, owner, now)
    if has_sent:
        delivering.record_sent(message.id, now=OPEN + LEASE)

    delivering.record_delay(message.id, "timed out", owner="slow", now=OPEN + LEASE)
    assert row_of(message).state == ("sent" if has_sent else "sending")
    delivering.record_failure(message.id, "554 no", owner="slow")
    assert row_of(message).state == ("sent" if has_sent else "sending")
    assert row_of(message).last_error == ""


def test_a_mail_that_was_sent_keeps_no_secret():
    """SEC-27: the kept copy is a readable mail, and its link opens nothing."""
    registration = registered()
    message = a_message(registration_id=registration.id)
    token = tokens.token_for(registration.id, TokenPurpose.MANAGE)
    assert token
    (claimed,) = delivering.claim("one", now=OPEN)
    sent = attempt(claimed, "one", OPEN)
    delivering.record_sent(message.id, now=OPEN + MINUTE)

    row = row_of(message)
    assert (row.state, row.sent_at, row.lease_until) == ("sent", OPEN + MINUTE, None)
    kept = row.content
    assert kept
    assert _text(sent).count(links.own_page(token)) == 1
    assert token not in _text(kept)
    assert "http://congress.test/registration/" + "x" * 43 in _text(kept)
    assert len(kept) == len(sent)
    assert _text(kept).replace("x" * 43, token) == _text(sent)


def test_a_copy_still_to_be_sent_is_shown_without_secrets():
    registration = registered()
    message = a_message(registration_id=registration.id, congress_id=registration.congress_id)
    token = tokens.token_for(registration.id, TokenPurpose.MANAGE)
    (claimed,) = delivering.claim("one", now=OPEN)
    attempt(claimed, "one", OPEN)
    assert token
    shown = outbox.find_message(message.id, congress_id=registration.congress_id)
    assert shown
    assert shown.raw
    assert token not in _text(shown.raw)
    assert outbox.find_message(message.id, congress_id=registration.congress_id + 1) is None


def test_a_calendar_mail_holds_no_link_of_a_person():
    """SEC-27, ICS-04: calendars are shared, answered invitations vanish."""
    registration = registered()
    a_message(MessageKind.CALENDAR_REQUEST, registration_id=registration.id)
    (claimed,) = delivering.claim("one", now=OPEN)
    mail = message_from_bytes(delivering.prepare(claimed).raw, policy=policy.default)
    contents = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    assert len(contents) == 4
    assert not any(b"/registration/" in bytes(content) for content in contents)


def test_a_temporary_fault_waits_longer_each_time_and_two_days_in_all():
    """REL-12: first within 2 minutes, at most an hour apart, 48 hours and more in total."""
    message = a_message()
    now, waits = OPEN, []
    while row_of(message).state != "failed":
        (claimed,) = delivering.claim("one", now=now)
        attempt(claimed, "one", now)
        delivering.record_delay(message.id, "451 try again", owner="one", now=now)
        waits.append(row_of(message).due_at - now)
        now = row_of(message).due_at
        assert row_of(message).last_error == "451 try again"
    waits.pop()  # the last attempt waits for nothing
    assert waits[0] <= 2 * MINUTE
    assert waits == sorted(waits)
    assert max(waits) == timedelta(hours=1)
    assert sum(waits, timedelta()) >= timedelta(hours=48)
    assert len(waits) == MOST_ATTEMPTS - 1


def test_a_refusal_for_good_is_kept_with_the_servers_words():
    message = a_message()
    other = a_message()
    delivering.claim("one", now=OPEN, most=1)
    delivering.record_failure(message.id, "550 5.1.1 no such user", owner="one")
    row = row_of(message)
    assert (row.state, row.last_error) == ("failed", "550 5.1.1 no such user")
    assert [mail.id for mail in delivering.claim("one", now=OPEN)] == [other.id]


def test_a_mail_that_cannot_be_made_does_not_keep_the_others():
    broken = a_message(facts={"congress": {}})
    good = a_message()
    claimed = delivering.claim("one", now=OPEN)
    assert [mail.id for mail in claimed] == [broken.id, good.id]
    with pytest.raises(delivering.NotRendered) as caught:
        delivering.prepare(claimed[0])
    assert caught.value.fault is Fault.UNWRITTEN
    assert len(caught.value.number) == 8
    assert attempt(claimed[1], "one", OPEN)


def test_a_mail_of_a_kind_that_this_version_does_not_know_does_not_stop_the_others():
    """As after a step back to an older version: it fails alone, and the rest of the claim goes."""
    unknown = a_message("of_a_later_version")
    good = a_message()
    claimed = delivering.claim("one", now=OPEN)
    assert [mail.id for mail in claimed] == [unknown.id, good.id]
    with pytest.raises(delivering.NotRendered):
        delivering.prepare(claimed[0])
    assert attempt(claimed[1], "one", OPEN)


def test_a_held_outbox_delivers_nothing():
    """REL-15: after a restore it is the operator who decides."""
    message = a_message()
    outboxing.hold(actor=COMMAND, now=OPEN)
    assert delivering.claim("one", now=OPEN) == []
    status = outbox.status(now=OPEN)
    assert status.held_since == OPEN
    assert status.oldest_unsent == OPEN
    assert status.counts[outbox.MessageState.QUEUED] == 1
    outboxing.release(actor=COMMAND, now=OPEN + MINUTE)
    (claimed,) = delivering.claim("one", now=OPEN + MINUTE)
    assert claimed.message_id == message.message_id
    assert outbox.status(now=OPEN).held_since is None


def test_what_was_not_begun_goes_back_to_the_queue():
    first, second = a_message(), a_message()
    delivering.claim("one", now=OPEN)
    delivering.give_back([second.id], owner="one")
    delivering.give_back([first.id], owner="somebody else")
    assert [mail.id for mail in delivering.claim("two", now=OPEN)] == [second.id]


def test_a_failed_mail_is_sent_again_under_its_own_id():
    message = a_message()
    (claimed,) = delivering.claim("one", now=OPEN)
    attempt(claimed, "one", OPEN)
    delivering.record_failure(message.id, "550 mailbox closed", owner="one")
    outboxing.send_again(message.id, actor=COMMAND, now=OPEN + MINUTE)
    (again,) = delivering.claim("two", now=OPEN + MINUTE)
    assert again.message_id == message.message_id
    assert again.content is None  # its links were masked, they are made anew


def test_a_mail_that_was_taken_is_sent_again_as_a_new_one():
    message = a_message()
    (claimed,) = delivering.claim("one", now=OPEN)
    attempt(claimed, "one", OPEN)
    with pytest.raises(outboxing.NothingToSendAgain):
        outboxing.send_again(message.id, actor=COMMAND, now=OPEN)
    delivering.record_sent(message.id, now=OPEN)
    outboxing.send_again(message.id, actor=COMMAND, now=OPEN + MINUTE)
    (again,) = delivering.claim("two", now=OPEN + MINUTE)
    assert again.message_id != message.message_id
    assert again.facts == message.facts


def test_bodies_are_deleted_after_thirty_days():
    """REL-16: that it was sent stays known."""
    message = a_message()
    (claimed,) = delivering.claim("one", now=OPEN)
    attempt(claimed, "one", OPEN)
    delivering.record_sent(message.id, now=OPEN)
    assert outboxing.delete_mail_bodies(now=OPEN + timedelta(days=29)) == 0
    assert outboxing.delete_mail_bodies(now=OPEN + timedelta(days=31)) == 1
    assert outboxing.delete_mail_bodies(now=OPEN + timedelta(days=31)) == 0
    assert row_of(message).content is None
    assert outbox.status(now=OPEN).counts[outbox.MessageState.SENT] == 1
    with pytest.raises(outboxing.NothingToSendAgain):
        outboxing.send_again(message.id, actor=COMMAND, now=OPEN)


@pytest.mark.parametrize("is_rendered", [True, False])
def test_a_mail_that_failed_is_kept_no_longer_than_one_that_was_sent(is_rendered: bool):
    """GDPR-08: what it said is about a person too."""
    message = a_message()
    (claimed,) = delivering.claim("one", now=OPEN)
    if is_rendered:
        attempt(claimed, "one", OPEN)
    delivering.record_failure(message.id, "550 no such user", owner="one")
    assert outboxing.delete_mail_bodies(now=OPEN + timedelta(days=29)) == 0
    assert outboxing.delete_mail_bodies(now=OPEN + timedelta(days=31)) == 1
    assert outboxing.delete_mail_bodies(now=OPEN + timedelta(days=31)) == 0
    assert (row_of(message).content, row_of(message).facts) == (None, {})
    with pytest.raises(outboxing.NothingToSendAgain):
        outboxing.send_again(message.id, actor=COMMAND, now=OPEN)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (lambda congress: outbox.Wanted(congress_id=congress), 2),
        (lambda congress: outbox.Wanted(congress_id=congress + 1), 0),
        (lambda _: outbox.Wanted(kind=MessageKind.WAITING), 1),
        (lambda _: outbox.Wanted(state=outbox.MessageState.FAILED), 1),
        (lambda _: outbox.Wanted(recipient="Müller"), 1),
        (lambda _: outbox.Wanted(recipient="mueller JÖRG"), 1),
        (lambda _: outbox.Wanted(recipient="EXAMPLE"), 3),
        (lambda _: outbox.Wanted(recipient="100%"), 0),
    ],
)
def test_the_list_is_filtered(wanted: Callable[[int], outbox.Wanted], found: int):
    congress = a_congress()
    a_message(congress_id=congress.id, recipient_name="Jörg Müller")
    a_message(MessageKind.WAITING, congress_id=congress.id)
    a_message(state="failed")
    rows, count = outbox.find_messages(wanted(congress.id))
    assert (len(rows), count) == (found, found)


def _text(raw: bytes) -> str:
    part = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert part
    text: str = part.get_content()
    return text
