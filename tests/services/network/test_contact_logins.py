"""Codes and links of contact persons: on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from congress.domain.access import COMMAND
from congress.domain.network.contacts import TermNotInForce
from congress.domain.one_time_codes import LOGIN_KEPT, LOGIN_LENGTH, MOST_CODES, TooManyCodes
from congress.extensions import db
from congress.models import AuditLine, ContactLogin, OutboxMessage
from congress.queries.network import contacts
from congress.services.network import contact_links, contact_logins, contact_sending
from tests.builders import OPEN
from tests.network import a_contact, an_organisation

pytestmark = pytest.mark.usefixtures("database")

TODAY = date(2027, 1, 10)


def test_a_code_opens_the_names_once_and_its_login_ends():
    rheine = an_organisation()
    here, anna = rheine.id, a_contact(rheine).id
    other = a_contact(an_organisation("Essen"), "Eva").id
    sent = contact_logins.ask(anna, today=TODAY, now=OPEN)
    mail = db.session.scalars(select(OutboxMessage)).one()
    code = contact_links.code_for(mail.facts, mail.recipient) or ""

    assert code
    assert code not in str(mail.facts)
    assert contact_links.code_for(mail.facts, "other@example.org") is None
    assert contact_logins.enter(sent, other, code, now=OPEN) is None
    secret = contact_logins.enter(sent, anna, code, now=OPEN) or ""
    assert contact_logins.enter(sent, anna, code, now=OPEN) is None
    assert contact_links.code_for(mail.facts, mail.recipient) is None

    assert contacts.is_in(secret, anna, now=OPEN)
    assert not contacts.is_in(secret, other, now=OPEN)
    assert not contacts.is_in(secret, anna, now=OPEN + LOGIN_LENGTH)
    line = db.session.scalars(select(AuditLine)).one()
    assert (line.actor, line.verb, line.details) == (
        "contact",
        "municipality_opened",
        {"contact": anna, "organisation": here},
    )
    contact_logins.end(secret)
    assert not contacts.is_in(secret, anna, now=OPEN)


def test_codes_are_few_and_go_after_a_day():
    anna = a_contact(an_organisation()).id
    for _time in range(MOST_CODES):
        contact_logins.ask(anna, today=TODAY, now=OPEN)
    with pytest.raises(TooManyCodes):
        contact_logins.ask(anna, today=TODAY, now=OPEN)

    assert contact_logins.forget_old(now=OPEN + LOGIN_KEPT) == 0
    assert contact_logins.forget_old(now=OPEN + LOGIN_KEPT + timedelta(seconds=1)) == MOST_CODES


@pytest.mark.parametrize(
    "term",
    [
        {"ends_on": TODAY - timedelta(days=1)},
        {"starts_on": TODAY + timedelta(days=1)},
    ],
)
def test_an_ended_term_gets_neither_code_nor_link(term):
    anna = a_contact(an_organisation(), **term).id
    with pytest.raises(TermNotInForce):
        contact_logins.ask(anna, today=TODAY, now=OPEN)
    with pytest.raises(TermNotInForce):
        contact_sending.send_link(anna, actor=COMMAND, today=TODAY, now=OPEN)

    assert db.session.scalars(select(func.count()).select_from(OutboxMessage)).one() == 0
    assert db.session.scalars(select(func.count()).select_from(ContactLogin)).one() == 0


def test_a_link_sent_again_is_the_same_and_goes_to_its_own_mailbox():
    anna = a_contact(an_organisation(), ends_on=TODAY).id
    found = set()
    for _time in range(2):
        contact_sending.send_link(anna, actor=COMMAND, today=TODAY, now=OPEN)
    for mail in db.session.scalars(select(OutboxMessage)):
        found.add(contact_links.link_for(mail.facts, mail.recipient))
        assert contact_links.link_for(mail.facts, "other@example.org") is None

    [link] = found
    contact = contacts.find_by_token((link or "").rpartition("/")[2])
    assert contact is not None
    assert (contact.id, contact.was_sent) == (anna, True)
