"""Attachments of info mails: stored once, the same in every copy, gone with the last text."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import func, select

from congress.domain.access import COMMAND
from congress.extensions import db
from congress.models import MailingFile, OutboxMessage
from congress.services.mails import delivering, forgetting, mailings, outboxing
from tests.builders import OPEN
from tests.services.mailing_house import ORGANISER, House, letters, work
from tests.services.test_signing import is_valid, signing

__all__ = ["signing"]

LARGE = b"%PDF-1.7 " + bytes(range(256)) * 4000
LEASE = timedelta(minutes=5)
MONTH = timedelta(days=31)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def house(database):
    return House()


def sent_with(house: House, *files: bytes) -> int:
    number = house.write()
    for position, content in enumerate(files):
        name = f"Plan {position}.pdf"
        mailings.attach(house.id, number, name, content, actor=ORGANISER, now=OPEN)
    house.send(number)
    work()
    return number


def attempts(owner, now):
    """Begin to send what is due, as a worker that is killed before it has noted anything."""
    found = {}
    for claimed in delivering.claim(owner, now=now):
        begun = delivering.begin(claimed.id, delivering.prepare(claimed), owner=owner, now=now)
        found[claimed.id] = begun.raw
    return found


def files_kept():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(MailingFile))


def test_what_is_kept_of_each_mail_is_its_text_and_copies_are_the_same_mail(house):
    other = LARGE + b"%%EOF"
    sent_with(house, LARGE, other)
    first = attempts("one", OPEN)
    kept = db.session.scalar(select(func.sum(func.length(OutboxMessage.content))))
    assert kept < len(first) * 30_000
    assert attempts("two", OPEN + LEASE) == first
    assert len(first) == 3
    for raw in first.values():
        mail = message_from_bytes(raw, policy=policy.default)
        assert [each.get_content() for each in mail.iter_attachments()] == [LARGE, other]
        assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.sqlite_only
def test_the_same_file_again_is_attached_once(house):
    """Whoever presses twice sends everybody one; another of the same name is another."""
    number = house.write()
    for content in (LARGE, LARGE, LARGE[:-1] + b"x", LARGE):
        mailings.attach(house.id, number, "Plan.pdf", content, actor=ORGANISER, now=OPEN)

    assert files_kept() == 2


@pytest.mark.sqlite_only
@pytest.mark.usefixtures("signing")
def test_a_signature_is_made_once_over_the_whole_mail(house):
    sent_with(house, LARGE)
    first = attempts("one", OPEN)
    assert attempts("two", OPEN + LEASE) == first
    assert all(is_valid(raw) for raw in first.values())
    assert not any(
        is_valid(raw.replace(b"JVBERi0xLjcg", b"JVBERi0xLjYg")) for raw in first.values()
    )


def test_what_a_text_says_is_never_taken_for_an_attachment(house):
    line = "=_file_1_" + "0" * 32
    number = house.write(text={"de": f"Hallo\n\n{line}\n\n{line}"})
    mailings.attach(house.id, number, f"{line}.pdf", LARGE, actor=ORGANISER, now=OPEN)
    house.send(number)
    work()
    [raw, *_] = attempts("one", OPEN).values()
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail.get_body(("plain",)).get_content().count(line) == 2
    assert next(mail.iter_attachments()).get_content() == LARGE


def test_attachments_go_with_the_text_of_the_last_mail(house):
    """One that failed can be sent again for as long as its text is kept, and not for ever."""
    sent_with(house, LARGE)
    numbers = list(attempts("one", OPEN))
    for number in numbers[1:]:
        delivering.record_sent(number, now=OPEN)
    delivering.record_failure(numbers[0], "550 5.7.1 not today", owner="one")
    again = OPEN + timedelta(days=20)
    outboxing.send_again(numbers[0], actor=COMMAND, now=again)
    [raw] = attempts("one", again).values()
    assert next(message_from_bytes(raw, policy=policy.default).iter_attachments())
    delivering.record_failure(numbers[0], "550 5.7.1 not today", owner="one")

    def tidied(now):
        outboxing.delete_mail_bodies(now=now)
        forgetting.forget_files(now=now)
        return files_kept()

    assert tidied(OPEN + MONTH) == 1
    assert tidied(again + MONTH) == 0
    assert letters()[0].state == "failed"


def test_a_mail_that_waits_keeps_its_attachment(house):
    sent_with(house, LARGE)
    outboxing.delete_mail_bodies(now=OPEN + MONTH)
    assert forgetting.forget_files(now=OPEN + MONTH) == 0
