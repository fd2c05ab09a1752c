"""Newsletters: only who confirms gets one, each mail says how to leave, and leaving forgets."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.mailings import Audience, To
from congress.domain.mails.readers import LeftOut
from congress.domain.newsletters import KEPT_UNCONFIRMED
from congress.extensions import db
from congress.models import AuditLine, DeadMailbox, NewsletterReader, OutboxMessage
from congress.queries import congresses, mailing_readers
from congress.queries import mailings as queries
from congress.queries import newsletters as found
from congress.services import newsletters
from congress.services.mails import delivering, mailing_letters, mailing_steps, mailings
from congress.services.mails.mailings import Content
from tests.builders import OPEN, a_congress, add
from tests.newsletter_readers import a_newsletter_reader

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LINK = re.compile(r"/newsletter/([A-Za-z0-9_-]{43})")


@pytest.fixture
def congress(session):
    return a_congress()


def mails(kind):
    statement = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
    return list(db.session.scalars(statement))


def raw(message):
    """Return a mail as it goes out."""
    due = delivering.claim("w", now=OPEN + timedelta(minutes=1))
    [claimed] = [each for each in due if each.id == message.id]
    return delivering.prepare(claimed).raw.decode()


def get(congress_id, number):
    mailing = queries.find(congress_id, number)
    assert mailing is not None
    return mailing


def asked(congress, email="eva@example.org", now=OPEN):
    newsletters.ask(congress.id, email, "de", now=now)
    return mails(MessageKind.NEWSLETTER_ASKED)[-1]


def sent(congress):
    content = Content(
        {"de": "Neues", "en": "News"},
        {"de": "Das Programm steht.", "en": "It is out."},
        Audience(to=To.NEWSLETTER),
    )
    number = mailings.save(
        congress.id, content, mailing_id=None, version=0, actor=ORGANISER, now=OPEN
    )
    mailing = get(congress.id, number)
    seen = mailings.mark_of(mailing, mailing_readers.recipients_of(mailing))
    mailings.send(congress.id, number, seen=seen, actor=ORGANISER, now=OPEN)
    while mailing_steps.next_step(now=OPEN):
        pass
    return mails(MessageKind.NEWSLETTER)


def test_only_who_confirms_from_the_mailbox_is_a_reader(congress):
    token = LINK.search(raw(asked(congress)).replace("=\r\n", ""))[1]
    assert found.count(congress.id) == 0
    assert found.find(token, now=OPEN).confirmed_at is None

    newsletters.confirm(token, now=OPEN)
    newsletters.confirm(token, now=OPEN + timedelta(days=1))

    assert found.find(token, now=OPEN).confirmed_at == OPEN
    assert found.count(congress.id) == 1
    row = db.session.scalars(select(NewsletterReader)).one()
    assert (row.consent, row.channel, row.asked_at) == ("2026-11-29", "web", OPEN)
    verbs = db.session.scalars(select(AuditLine.verb)).all()
    assert verbs.count("newsletter_confirmed") == 1


def test_who_has_it_gets_the_link_and_nothing_changes(congress):
    reader = a_newsletter_reader(congress, email="eva@example.org", language="en")

    mail = asked(congress, "Eva@Example.org")

    assert mail.facts["has_it"]
    assert mail.language == "en"
    assert db.session.get_one(NewsletterReader, reader.id).confirmed_at == OPEN


def test_a_stranger_makes_few_mails_to_one_mailbox(congress):
    for minute in range(9):
        for _ in range(2):  # each pressed twice
            asked(congress, now=OPEN + timedelta(minutes=minute))

    assert len(mails(MessageKind.NEWSLETTER_ASKED)) == 5


def test_each_reader_gets_it_in_their_language_with_the_way_out(congress):
    a_newsletter_reader(congress, 1)
    a_newsletter_reader(congress, 2, language="en")
    a_newsletter_reader(congress, 3, confirmed_at=None)
    a_newsletter_reader(congress, 4, email="gone@example.org")
    add(DeadMailbox(email_key="gone@example.org", since=OPEN, reason="550"))

    german, english = sent(congress)

    assert (german.language, english.language) == ("de", "en")
    mail = raw(german)
    token = LINK.search(mail)[1]
    way = rf"\r\nList-Unsubscribe: <https?://[^>]+/newsletter/{token}/leave>\r\n"
    assert re.search(way, mail)
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in mail
    mailing = get(congress.id, german.mailing_id)
    assert [why for _, why in mailing_readers.recipients_of(mailing).left_out] == [
        LeftOut.UNREACHABLE
    ]


def test_a_test_holds_no_link_of_a_reader(congress):
    a_newsletter_reader(congress)
    content = Content({"de": "Neues"}, {"de": "Hallo"}, Audience(to=To.NEWSLETTER))
    number = mailings.save(
        congress.id, content, mailing_id=None, version=0, actor=ORGANISER, now=OPEN
    )
    mailing = get(congress.id, number)
    [reader] = mailing_readers.recipients_of(mailing).reached

    letters = mailing_letters.MailingLetters(congresses.get_congress(congress.id), mailing)
    row = letters.test(reader, email="me@example.org", name="Ich")
    add(OutboxMessage(created_at=OPEN, due_at=OPEN, **row))

    mail = raw(mails(MessageKind.NEWSLETTER)[0])
    assert LINK.search(mail) is None
    assert "List-Unsubscribe" not in mail


def test_the_copy_that_is_kept_holds_no_way_in(congress):
    a_newsletter_reader(congress)
    [message] = sent(congress)
    now = OPEN + timedelta(minutes=1)
    [claimed] = delivering.claim("w", now=now)
    begun = delivering.begin(message.id, delivering.prepare(claimed), owner="w", now=now)
    assert LINK.search(begun.raw.decode())

    delivering.record_sent(message.id, now=now)

    db.session.expire_all()
    kept = mails(MessageKind.NEWSLETTER)[0].content.decode()
    assert "List-Unsubscribe: <" in kept
    assert set("".join(LINK.findall(kept))) == {"x"}


def test_leaving_forgets_the_address_and_every_mail_to_it(congress):
    a_newsletter_reader(congress, 1)
    a_newsletter_reader(congress, 2)
    token = LINK.search(raw(sent(congress)[0]))[1]
    delivering.give_back([each.id for each in mails(MessageKind.NEWSLETTER)], owner="w")

    newsletters.leave(token, now=OPEN)
    newsletters.leave(token, now=OPEN)

    assert found.find(token, now=OPEN) is None
    assert [each.recipient for each in mails(MessageKind.NEWSLETTER)] == ["leserin2@example.org"]
    verbs = db.session.scalars(select(AuditLine.verb)).all()
    assert verbs.count("newsletter_left") == 1


@pytest.mark.parametrize(
    ("days", "confirmed_at", "left"),
    [(6, None, 1), (7, None, 0), (30, OPEN, 1), (3650, OPEN, 0)],
)
def test_what_is_not_confirmed_and_what_is_over_goes(congress, days, confirmed_at, left):
    a_newsletter_reader(congress, confirmed_at=confirmed_at)

    newsletters.forget_old(now=OPEN + timedelta(days=days))

    assert len(db.session.scalars(select(NewsletterReader)).all()) == left


@pytest.mark.parametrize(
    ("after", "readers"), [(KEPT_UNCONFIRMED - timedelta(seconds=1), 1), (KEPT_UNCONFIRMED, 0)]
)
def test_the_link_ends_at_its_moment_although_nobody_has_tidied_up(congress, after, readers):
    token = LINK.search(raw(asked(congress)).replace("=\r\n", ""))[1]

    newsletters.confirm(token, now=OPEN + after)

    assert found.count(congress.id) == readers
    assert (found.find(token, now=OPEN + after) is not None) is bool(readers)


def test_an_address_that_is_not_confirmed_leaves_nothing_behind(congress):
    for email in ("neu@example.org", "anders@example.org"):
        newsletters.ask(congress.id, email, "de", now=OPEN)
    stays = a_newsletter_reader(congress)
    newsletters.ask(congress.id, stays.email, "de", now=OPEN)

    newsletters.forget_old(now=OPEN + KEPT_UNCONFIRMED)

    assert db.session.scalars(select(OutboxMessage.recipient)).all() == [stays.email]
