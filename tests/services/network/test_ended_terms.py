"""Nothing goes to whoever speaks for an organisation no more: written or waiting, of any kind."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.kinds import TO_CONTACTS, MessageKind
from congress.domain.mails.truth import PASSING, RELIES, MailOutdated, Outdated, Relies
from congress.domain.network.contacts import ContactDetails
from congress.domain.network.terms import ContactRole, Term
from congress.models import ContactPerson, OutboxMessage
from congress.queries.network import contacts
from congress.services.mails import delivering, outboxing
from congress.services.network import appointing, contact_letters
from congress.transaction import transaction
from tests.land_questions import an_answered_question
from tests.mail_facts_of_network import OF_NETWORK
from tests.network import a_contact, a_contact_login, a_membership, an_organisation
from tests.services.waiting_mails import a_message

LAST = date(2016, 2, 29)
THEN = datetime(2016, 2, 29, 22, 30, tzinfo=UTC)  # the last hour of it in Germany
AFTER = datetime(2016, 2, 29, 23, 30, tzinfo=UTC)
# What is left of a term: that it is over, and that another one's goes on.
FAREWELLS = {MessageKind.CONTACT_ENDED, MessageKind.CONTACT_TAKEN_BACK}
# Whoever applied need not be a contact person.
OF_APPLICANTS = {MessageKind.APPLICATION_RECEIVED, MessageKind.APPLICATION_DECLINED}
# Found by an audience, which is asked once more before each goes out (test_network_mails).
OF_AUDIENCES = {MessageKind.NETWORK_MAIL}
NAMES = {"contact_person", "contact_login"}


@pytest.fixture
def anna(session):
    """Who speaks for a member until the last of February."""
    rheine = an_organisation()
    a_membership(rheine)
    return a_contact(rheine, ends_on=LAST)


def stated(kind: MessageKind, contact: ContactPerson) -> dict[str, Any]:
    """Return what a letter of a kind states, to this contact person."""
    said = {name: value for name, value in OF_NETWORK[kind].items() if name not in NAMES}
    if kind is MessageKind.CONTACT_CODE:
        return said | {"contact_login": a_contact_login(contact).id}
    if kind is MessageKind.LAND_QUESTION_ANSWERED:
        said["question"] = an_answered_question(an_organisation()).id
    return said | {"contact_person": contact.id}


def test_no_kind_that_names_a_contact_person_is_forgotten():
    """A new kind of letter to them is among these by what it carries."""
    naming = {MessageKind(kind) for kind, facts in OF_NETWORK.items() if NAMES & set(facts)}
    assert naming - TO_CONTACTS == FAREWELLS | OF_APPLICANTS | OF_AUDIENCES
    assert naming >= TO_CONTACTS
    assert PASSING >= TO_CONTACTS
    assert all(Relies.TERM in RELIES[kind] for kind in TO_CONTACTS)


@pytest.mark.parametrize("kind", sorted(TO_CONTACTS))
def test_a_letter_that_waits_is_dropped_once_the_term_is_over(session, anna, kind):
    for _number in (1, 2):
        a_message(kind=kind, facts=stated(kind, anna), recipient=anna.email, due_at=THEN)
    assert len(delivering.claim("worker", now=THEN, most=1)) == 1  # on the last day
    assert delivering.claim("worker", now=AFTER, most=1) == []
    # Nor does the first one go out later, of whose worker nothing was heard.
    assert session.scalars(select(OutboxMessage)).all() == []


@pytest.mark.parametrize("kind", sorted(TO_CONTACTS))
def test_none_is_sent_once_more(session, anna, kind):
    mail = a_message(kind=kind, facts=stated(kind, anna), recipient=anna.email, state="failed")
    with pytest.raises(MailOutdated) as refused:
        outboxing.send_again(mail.id, actor=COMMAND, now=AFTER)
    assert refused.value.why is Outdated.NOT_MEANT


@pytest.mark.parametrize("kind", sorted(TO_CONTACTS | FAREWELLS))
def test_none_is_written_but_that_it_is_over(session, anna, kind):
    reader = contacts.find(anna.id)
    assert reader is not None
    said = stated(kind, anna)
    with transaction():
        contact_letters.store([(kind, reader, said)], now=AFTER)
    written = session.scalars(select(OutboxMessage.kind)).all()
    assert written == ([kind] if kind in FAREWELLS else [])


def test_whoever_is_noted_for_a_time_that_is_past_gets_no_letter(session):
    bernd = ContactDetails(ContactRole.CONTACT, "Bernd", "Brandt", "bernd@example.org")
    past = Term(date(2014, 1, 1), LAST)
    office: Any = {"actor": COMMAND, "now": AFTER}
    appointing.name(an_organisation().id, bernd, past, is_told=True, **office)
    assert session.scalars(select(OutboxMessage)).all() == []
