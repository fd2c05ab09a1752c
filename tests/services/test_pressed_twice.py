"""REL-20: whoever presses a button twice gets one mail, one draft, one line in the log."""

from datetime import timedelta
from threading import Thread

import pytest
from flask import current_app
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.readers import Reader
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage
from congress.services import newsletters, registering
from congress.services.logins import accounts
from congress.services.mails import mailings
from congress.services.mails.hearing import PRESSED_TWICE
from congress.services.mails.mailings import Content
from tests import builders
from tests.builders import OPEN, a_congress, a_request
from tests.services.mailing_house import EVERYBODY, ORGANISER, SUBJECT, TEXT, House, found_in

MAILBOX = "erika.muster-1@example.org"
TWICE_AND_LATER = (0, 0, 9, 10)  # seconds; the last is a wish of its own
READER = Reader(0, "", "Anna", MAILBOX, "de")

pytestmark = pytest.mark.usefixtures("database")


def mails(kind):
    db.session.rollback()
    return db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.kind == kind)).all()


def verbs():
    return db.session.scalars(select(AuditLine.verb)).all()


@pytest.mark.sqlite_only
def test_the_link_comes_once_from_each_congress():
    congresses = [a_congress(slug=slug) for slug in ("one", "two")]
    for congress in congresses:
        registering.register(congress.id, a_request(1), now=OPEN)

    for seconds in TWICE_AND_LATER:
        for congress in congresses:
            at = OPEN + timedelta(seconds=seconds)
            registering.resend_link(congress.id, MAILBOX, now=at)

    assert len(mails("link")) == 4


def test_the_link_comes_once_at_the_same_moment():
    congress_id = a_congress().id
    registering.register(congress_id, a_request(1), now=OPEN)
    app = current_app._get_current_object()  # type: ignore[attr-defined] # threads have no context

    def press() -> None:
        with app.app_context():
            registering.resend_link(congress_id, MAILBOX, now=OPEN)

    crowd = [Thread(target=press) for _ in range(4)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()

    assert len(mails("link")) == 1


@pytest.mark.sqlite_only
def test_a_confirmation_is_sent_again_once():
    done = registering.register(a_congress().id, a_request(1), now=OPEN)
    builders.send_everything()

    for minute in (1, 1, 2):
        at = OPEN + timedelta(minutes=minute)
        registering.confirm_again(done.registration_id, actor=COMMAND, now=at)
        builders.send_everything()

    assert len(mails("confirmed")) == len(mails("calendar_request")) == 3
    assert verbs().count("mail_sent_again") == 2


@pytest.mark.sqlite_only
def test_two_of_one_mailbox_are_both_told_that_they_are_registered():
    congress = a_congress()
    for form in ("first", "second", "third"):
        for name in ("Erika", "Max"):
            again = a_request(1, given_name=name, form_key=f"{form}-{name}", email=MAILBOX)
            registering.register(congress.id, again, now=OPEN)

    assert len(mails("already_registered")) == 2


@pytest.mark.sqlite_only
def test_a_newsletter_is_asked_about_once():
    congress = a_congress()
    for seconds in TWICE_AND_LATER:
        newsletters.ask(congress.id, MAILBOX, "de", now=OPEN + timedelta(seconds=seconds))

    assert len(mails("newsletter_asked")) == 2


@pytest.mark.sqlite_only
def test_a_link_to_a_new_password_comes_once():
    accounts.invite(MAILBOX, actor=COMMAND, now=OPEN)
    for seconds in TWICE_AND_LATER:
        accounts.request_reset(MAILBOX, now=OPEN + timedelta(seconds=seconds))

    assert len(mails("password_reset")) == 2


def test_a_test_of_the_same_words_comes_once():
    house = House()
    number = house.write()

    def test(reader: Reader) -> None:
        to = {"email": MAILBOX, "name": "Anna"}
        mailings.send_test(house.id, number, reader, **to, actor=ORGANISER, now=OPEN)

    for reader in (READER, READER, Reader(0, "", "Bernd", MAILBOX, "de")):
        test(reader)

    assert len(mails("info_mail")) == 2
    assert verbs().count("mailing_tested") == 2


@pytest.mark.sqlite_only
def test_a_new_info_mail_and_its_copy_are_made_once():
    house = House()
    first, *again = [house.write(), house.write(), house.write(text={"de": "Anders."})]
    assert [each == first for each in again] == [True, False]

    copies = [house.act(mailings.copy, first) for _twice in range(2)]
    assert len({first, *copies}) == 2

    later = OPEN + PRESSED_TWICE
    assert mailings.copy(house.id, first, actor=ORGANISER, now=later) not in {first, *copies}
    content = Content(SUBJECT, TEXT, EVERYBODY)
    new = mailings.save(house.id, content, mailing_id=None, version=0, actor=ORGANISER, now=later)
    assert new not in {first, *copies}


@pytest.mark.sqlite_only
def test_a_moment_is_set_once():
    house = House()
    number, at = house.write(), OPEN + timedelta(hours=2)
    for moment in (at, at, at + timedelta(hours=1)):
        mailings.schedule(
            house.id, number, moment, seen=house.seen(number), actor=ORGANISER, now=OPEN
        )

    assert verbs().count("mailing_scheduled") == 2
    assert found_in(house, number).scheduled_at == at + timedelta(hours=1)
