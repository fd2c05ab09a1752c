"""SEC-12: whatever opens the links of mails before people do, nothing comes of it.

One mail of every kind there is goes out by the worker with real links; then programs that look
whether links are harmful ask for each of them, again and again.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import insert, select

from congress import mailer, worker
from congress.domain.logins.accounts import AccountLinkPurpose
from congress.domain.mails.kinds import KINDS, Carries, MessageKind
from congress.domain.tokens import (
    ApplicationLink,
    FeedbackLink,
    HandOverLink,
    MunicipalityLink,
    PersonLink,
    TokenPurpose,
)
from congress.extensions import db
from congress.models import (
    AccountLink,
    AddressChange,
    Contributor,
    ContributorLogin,
    FeedbackBallot,
    HandOver,
    OutboxMessage,
    Person,
    User,
)
from congress.queries import congresses
from congress.services import registering, tokens
from congress.services.mails import facts
from congress.transaction import transaction
from tests import builders
from tests.builders import OPEN, a_request, add
from tests.courses import a_course, a_course_application
from tests.groups import a_group
from tests.guests import an_invitation
from tests.land_questions import an_answered_question
from tests.mail_facts import facts_of
from tests.network import a_contact, a_contact_login, a_membership, an_application, an_organisation
from tests.newsletter_readers import a_newsletter_reader
from tests.opening_readers import an_opening_reader
from tests.services import corrections
from tests.web.organisers import an_organiser

pytestmark = pytest.mark.sqlite_only

HOST = "http://congress.test"
LINK = re.compile(rf"{re.escape(HOST)}(/[^\s<>\"]*)")
SECRET = re.compile(r"^/([a-z-]+)/[A-Za-z0-9_-]{22,}")
RECIPIENT = "erika@example.org"
# What the secret links in a mail lead to, by what it is made of.
OPENS: Mapping[Carries, set[str]] = {
    Carries.WORDS: {"registration"},
    Carries.INFO: {"registration"},
    Carries.FAREWELL: set(),
    Carries.CALENDAR: set(),
    Carries.ALL_LINKS: {"registration"},
    Carries.ACCOUNT: {"reset"},
    Carries.PROPOSER: {"proposal"},
    Carries.CONTRIBUTOR: {"contribution"},
    Carries.CODE: set(),
    Carries.APPLICANT: {"application"},
    Carries.COURSE: {"course-application"},
    Carries.CONTACT: {"municipality"},
    Carries.CONTACT_CODE: set(),
    Carries.NEWSLETTER: {"newsletter"},
    Carries.GUEST: {"invited"},
    Carries.OPENING: {"opening"},
    Carries.NEW_ADDRESS: {"confirm"},
    Carries.HAND_OVER: {"substitute"},
    Carries.GROUP: {"group"},
    Carries.FEEDBACK: {"feedback"},
    Carries.QUESTION: {"confirm-registration"},
}
# Mails that lead elsewhere than others that are made of the same.
ELSEWHERE: Mapping[MessageKind, set[str]] = {
    MessageKind.ROLE_GIVEN: set(),
    MessageKind.UNDERFILLED: set(),
    MessageKind.LIST_LINK: set(),
    MessageKind.FOLLOW_UPS_DUE: set(),
    MessageKind.LOGIN_CHANGED: set(),
    MessageKind.ORGANISER_INVITED: {"invitation"},
}


@pytest.fixture
def mails(app: Flask) -> Iterator[dict[MessageKind, EmailMessage]]:
    """One mail of each kind as it arrives, at a time at which people would open it."""
    an_organiser(app, RECIPIENT)
    with time_machine.travel(OPEN + timedelta(minutes=10), tick=False), app.app_context():
        _write_one_of_each()
        tally = worker.deliver()
        db.session.remove()
        assert (tally.sent, tally.delayed, tally.failed) == (len(MessageKind), 0, 0)
        yield {MessageKind(str(mail["Message-ID"])[1:-1]): mail for mail in _arrived()}


def _arrived() -> Iterator[EmailMessage]:
    for each in mailer.delivered():
        mail = message_from_bytes(each.raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        yield mail


def _write_one_of_each() -> None:
    """Write every kind, to one mailbox, about people and things that are there."""
    congress = builders.a_congress(confirm_hours=24)
    somebody = builders.a_registration(congress, email=RECIPIENT)
    with transaction():
        for purpose in TokenPurpose:
            tokens.issue(somebody.id, purpose, now=OPEN)
    unsure = registering.register(congress.id, a_request(email=RECIPIENT), now=OPEN)
    correction = registering.Registered(somebody.id, None)
    corrections.correct(correction, email="new@example.org", now=OPEN)
    person = add(Person(name="Erika Muster"))
    contributor = add(
        Contributor(
            congress_id=congress.id,
            person_id=person.id,
            email=RECIPIENT,
            **_kept(PersonLink.CONTRIBUTOR),
        )
    )
    code = {
        name: value for name, value in _kept(PersonLink.CONTRIBUTOR).items() if name != "digest"
    }
    login = add(ContributorLogin(contributor_id=contributor.id, asked_at=OPEN, **code))
    proposal = builders.a_proposal(congress, email=RECIPIENT, **_kept(PersonLink.PROPOSAL))
    contact = a_contact(an_organisation(), email=RECIPIENT, **_kept(MunicipalityLink.CONTACT))
    a_membership(an_organisation())
    question = an_answered_question(an_organisation(), contact_id=contact.id)
    known = {
        "congress": facts.of_congress(congresses.get_congress(congress.id), "de"),
        "registration": unsure.registration_id,
        "registrations": [somebody.id, unsure.registration_id],
        "change": db.session.scalars(select(AddressChange.id)).one(),
        "contributor": contributor.id,
        "login": login.id,
        "proposal": proposal.id,
        "application": an_application(email=RECIPIENT, **_kept(ApplicationLink.APPLICANT)).id,
        "contact_person": contact.id,
        "question": question.id,
        "contact_login": a_contact_login(contact).id,
        "hand_over": _a_colleague(somebody.id),
        "group": a_group(congress, email=RECIPIENT).id,
        "ballot": _a_ballot(congress.id, somebody.id),
        "invitation": an_invitation(congress, email=RECIPIENT).id,
        "reader": a_newsletter_reader(congress, email=RECIPIENT, confirmed_at=None).id,
    }
    assert a_course_application(a_course(slug="kurs"), email=RECIPIENT).id == known["application"]
    asked: dict[str, Any] = {"email": RECIPIENT, "asked_at": OPEN, "confirmed_at": None}
    assert an_opening_reader(congress, **asked).id == known["reader"]
    builders.send_everything()
    rows = [_row(kind, known, somebody.id) for kind in MessageKind]
    db.session.execute(insert(OutboxMessage), rows)
    db.session.commit()


def _a_colleague(registration_id: int) -> int:
    """Name somebody who is to come instead."""
    named = {"given_name": "Max", "family_name": "Neu", "email": RECIPIENT}
    lasts = {"created_at": OPEN, "expires_at": OPEN + timedelta(days=14)}
    kept = _kept(HandOverLink.ACCEPT)
    return add(HandOver(registration_id=registration_id, **named, **lasts, **kept)).id


def _a_ballot(congress_id: int, registration_id: int) -> int:
    """Ask somebody what they think of it."""
    whose = {"congress_id": congress_id, "registration_id": registration_id}
    return add(FeedbackBallot(**whose, **_kept(FeedbackLink.BALLOT))).id


def _row(kind: MessageKind, known: Mapping[str, Any], registration_id: int) -> dict[str, Any]:
    """Return a mail to store; of no congress, as a reminder whose time is not now is dropped."""
    stated = facts_of(kind)
    stated |= {
        name: value for name, value in known.items() if isinstance(stated.get(name), type(value))
    }
    if "link" in stated:
        stated["link"] = _account_link(AccountLinkPurpose(stated["purpose"]))
    return {
        "kind": kind,
        "message_id": f"<{kind}>",
        "registration_id": registration_id,
        "recipient": RECIPIENT,
        "recipient_name": "Erika Muster",
        "recipient_key": RECIPIENT,
        "facts": stated,
        "created_at": OPEN,
        "due_at": OPEN,
    }


def _account_link(purpose: AccountLinkPurpose) -> int:
    account = db.session.scalars(select(User.id)).one()
    lasts = {"created_at": OPEN, "expires_at": OPEN + timedelta(days=1)}
    return add(AccountLink(user_id=account, **lasts, **_kept(purpose))).id


def _kept(purpose: Any) -> dict[str, str]:  # noqa: ANN401 - one of several enums
    _link, kept = tokens.fresh(purpose)
    return kept


def links_in(mail: EmailMessage) -> set[str]:
    """Every address of ours in a mail: in headers, words, HTML and calendar object."""
    texts = [str(value) for value in mail.values()]
    for part in mail.walk():
        if not part.is_multipart() and part.get_content_maintype() != "image":
            octets = part.get_payload(decode=True)
            assert isinstance(octets, bytes)
            texts.append(octets.decode().replace("\r\n ", ""))  # RFC 5545, section 3.1
    return {path for text in texts for path in LINK.findall(unescape(text))}


def secrets_in(mail: EmailMessage) -> set[str]:
    """The first parts of the addresses that only whoever has the mail knows."""
    return {found[1] for path in links_in(mail) if (found := SECRET.match(path))}


def test_opening_every_link_of_every_mail_changes_nothing(app, mails, is_full):
    """GET and HEAD; a hundred of each with --full. A new kind has to say what its links open."""
    assert {kind: secrets_in(mail) for kind, mail in mails.items()} == {
        kind: ELSEWHERE.get(kind, OPENS[KINDS[kind].carries]) for kind in MessageKind
    }
    paths = sorted(set[str]().union(*map(links_in, mails.values())))
    before = all_rows()
    client = app.test_client()
    for _time in range(100 if is_full else 2):
        for path in paths:
            for look in (client.get, client.head):
                answer = look(path, base_url=HOST)
                assert answer.status_code == 200, path
    assert all_rows() == before


def all_rows() -> dict[str, list[str]]:
    """Return everything that is stored."""
    db.session.rollback()
    return {
        each.name: sorted(repr(row) for row in db.session.execute(select(each)))
        for each in db.metadata.sorted_tables
    }
