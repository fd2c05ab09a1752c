"""Info mails: to those who were looked at, once, in steps, paused and resumed, to each in turn."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import update

from congress import worker
from congress.domain.mails.mailings import (
    Audience,
    CongressIsOff,
    MailingEditedMeanwhile,
    MailingState,
    MailingUnseen,
    NobodyToReach,
    TimeHasPassed,
    UnknownPlaceholders,
    WrongState,
)
from congress.domain.mails.readers import LeftOut
from congress.extensions import db
from congress.models import (
    Congress,
    DeadMailbox,
    Registration,
)
from congress.queries import mailing_readers, outbox, workspaces
from congress.queries import mailings as queries
from congress.services import changing
from congress.services.mails import mailing_letters, mailing_steps, mailings
from congress.services.mails.mailings import Content
from tests.builders import OPEN
from tests.services.mailing_house import (
    EVERYBODY,
    LATER,
    ORGANISER,
    PDF,
    SUBJECT,
    TEXT,
    House,
    found_in,
    letters,
    work,
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def house(database):
    return House()


def test_each_reader_gets_it_once_with_what_is_theirs(house):
    number = house.write()
    assert house.send(number) == 3
    with pytest.raises(WrongState):
        house.send(number, seen="whatever")
    work()
    assert [each.registration_id for each in letters()] == house.people
    assert house.state(number) == MailingState.SENT

    worker.deliver()
    [first, *_] = letters()
    mail = message_from_bytes(first.content, policy=policy.default)
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert mail["Subject"] == f"{house.congress.title['de']}: so geht es"
    assert "los, " in text
    assert "- Workshop 1: " in text
    assert "Ihre Seite: http" in text
    assert "/registration/" in text
    html = mail.get_body(("html",)).get_content()
    assert "<strong>Bis</strong>" in html


def test_no_link_is_promised_that_is_not_there(house):
    house.send(house.write(text={"de": "Bis bald, {Vorname}!"}))
    work()
    worker.deliver()
    raw = letters()[0].content
    text = message_from_bytes(raw, policy=policy.default).get_body(("plain",)).get_content()
    assert "gehört nur Ihnen" not in text
    assert "/registration/" not in text


def test_whoever_reads_english_gets_the_english_text(house):
    db.session.execute(
        update(Registration).where(Registration.id == house.people[0]).values(language="en")
    )
    db.session.commit()
    house.send(house.write())
    work()
    assert [each.language for each in letters()] == ["en", "de", "de"]
    assert letters()[0].facts["subject"] == "How to get there"


def test_pausing_stops_writing_and_sending_and_resuming_goes_on_with_the_rest(house, monkeypatch):
    monkeypatch.setattr(mailing_steps, "STEP", 1)
    number = house.write()
    house.send(number)
    assert mailing_steps.next_step(now=OPEN)
    house.act(mailings.pause, number)
    house.act(mailings.pause, number)

    assert not mailing_steps.next_step(now=OPEN)
    assert worker.deliver().sent == 0
    house.act(mailings.resume, number)
    work()
    assert [each.registration_id for each in letters()] == house.people
    assert worker.deliver().sent == 3

    house.act(mailings.pause, number)
    assert house.act(mailings.stop, number) == 0


def test_what_is_written_waits_while_paused_and_goes_when_stopped(house):
    number = house.write()
    house.send(number)
    work()
    house.act(mailings.pause, number)
    assert worker.deliver().sent == 0
    assert queries.delivered([number])[number].waiting == 3
    assert outbox.counts(house.id, now=LATER).overdue_since is None, "the worker has not stopped"
    assert outbox.status(now=LATER).oldest_unsent is None
    assert house.act(mailings.stop, number) == 3
    assert letters() == []
    with pytest.raises(WrongState):
        house.act(mailings.resume, number)


def test_a_killed_step_writes_to_nobody_twice(house, monkeypatch):
    monkeypatch.setattr(mailing_steps, "STEP", 2)
    house.send(house.write())
    real = mailing_letters.MailingLetters.rows

    def die(self, readers):
        raise KeyboardInterrupt

    mailing_steps.next_step(now=OPEN)
    monkeypatch.setattr(mailing_letters.MailingLetters, "rows", die)
    with pytest.raises(KeyboardInterrupt):
        mailing_steps.next_step(now=OPEN)
    monkeypatch.setattr(mailing_letters.MailingLetters, "rows", real)
    work()
    assert [each.registration_id for each in letters()] == house.people


def test_who_is_left_out_is_named_with_the_reason(house):
    gone, nobody = house.people[:2]
    changing.withdraw(gone, actor=ORGANISER, now=OPEN)
    db.session.execute(
        update(Registration).where(Registration.id == nobody).values(email="", email_key="")
    )
    key = db.session.get_one(Registration, house.people[2]).email_key
    db.session.add(DeadMailbox(email_key=key, since=OPEN, reason="550"))
    db.session.commit()
    number = house.write()
    found = mailing_readers.recipients_of(found_in(house, number))
    assert {each.id: why for each, why in found.left_out} == {
        gone: LeftOut.WITHDRAWN,
        nobody: LeftOut.NO_ADDRESS,
        house.people[2]: LeftOut.UNREACHABLE,
    }
    with pytest.raises(NobodyToReach):
        house.send(number)


def test_a_copy_says_who_is_new_and_may_go_to_them_alone(house):
    first = house.write()
    mailings.attach(house.id, first, "Plan.pdf", PDF, actor=ORGANISER, now=OPEN)
    house.send(first)
    work()
    fourth = house.register(4)
    changing.withdraw(house.people[0], actor=ORGANISER, now=OPEN)

    second = house.act(mailings.copy, first)
    found = mailing_readers.recipients_of(found_in(house, second))
    earlier = mailing_readers.earlier_of(found_in(house, second))
    assert earlier is not None
    differs = mailing_readers.difference_of(found_in(house, second), found, earlier)
    assert list(differs.new) == [fourth]
    assert [why for _, why in differs.gone] == [LeftOut.WITHDRAWN]
    assert [each.name for each in found_in(house, second).files] == ["Plan.pdf"]

    content = Content(SUBJECT, TEXT, Audience(only_new=True))
    mailings.save(house.id, content, mailing_id=second, version=1, actor=ORGANISER, now=OPEN)
    found = mailing_readers.recipients_of(found_in(house, second))
    assert [each.id for each in found.reached] == [fourth]


def test_at_its_moment_it_goes_to_whoever_is_there_then(house):
    number = house.write()
    seen = house.seen(number)
    with pytest.raises(TimeHasPassed):
        mailings.schedule(house.id, number, OPEN, seen=seen, actor=ORGANISER, now=OPEN)
    mailings.schedule(house.id, number, LATER, seen=seen, actor=ORGANISER, now=OPEN)
    fourth = house.register(4)
    work(LATER - timedelta(seconds=1))
    assert letters() == []
    work(LATER)
    assert [each.registration_id for each in letters()] == [*house.people, fourth]


@pytest.mark.parametrize(
    ("values", "fault"),
    [({"state": "cancelled"}, CongressIsOff), ({"state": "draft"}, CongressIsOff)],
)
def test_what_cannot_be_sent_at_its_moment_becomes_a_draft_that_says_why(house, values, fault):
    number = house.write()
    seen = house.seen(number)
    mailings.schedule(house.id, number, LATER, seen=seen, actor=ORGANISER, now=OPEN)
    db.session.execute(update(Congress).values(**values))
    db.session.commit()
    work(LATER)
    found = found_in(house, number)
    assert (found.state, found.fault) == (MailingState.DRAFT, fault.__name__)
    assert letters() == []
    assert workspaces.came_back(house.id).not_sent == 1


def test_what_changed_after_it_was_looked_at_is_not_sent(house):
    number = house.write()
    seen = house.seen(number)
    house.register(4)
    with pytest.raises(MailingUnseen):
        house.send(number, seen=seen)
    assert letters() == []


def test_two_who_edit_notice_each_other_and_editing_takes_the_schedule_back(house):
    number = house.write()
    mailings.schedule(house.id, number, LATER, seen=house.seen(number), actor=ORGANISER, now=OPEN)
    content = Content(SUBJECT, {"de": "Anders"}, EVERYBODY)
    mailings.save(house.id, content, mailing_id=number, version=1, actor=ORGANISER, now=OPEN)
    assert house.state(number) == MailingState.DRAFT
    with pytest.raises(MailingEditedMeanwhile):
        mailings.save(house.id, content, mailing_id=number, version=1, actor=ORGANISER, now=OPEN)


def test_braces_that_stand_for_nothing_are_not_sent(house):
    number = house.write(text={"de": "Hallo {vorname}"})
    with pytest.raises(UnknownPlaceholders) as refusal:
        house.send(number)
    assert refusal.value.names == ("vorname",)
