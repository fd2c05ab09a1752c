"""Who speaks for an organisation, and what they are sent: on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from congress.domain.access import COMMAND
from congress.domain.network.contacts import (
    KEPT_AFTER_TERM,
    AlreadySpeaks,
    ContactDetails,
    ContactEditedMeanwhile,
    TooEarly,
)
from congress.domain.network.terms import ContactRole, Term
from congress.extensions import db
from congress.models import AuditLine, ContactPerson, OutboxMessage
from congress.queries.network import contacts, members
from congress.services.network import appointing, contact_links, contact_logins, contact_sending
from tests.builders import OPEN
from tests.network import a_contact, a_membership, an_organisation

pytestmark = pytest.mark.usefixtures("database")

TODAY = date(2027, 1, 10)
BY: dict[str, Any] = {"actor": COMMAND, "now": OPEN}
BERND = ContactDetails(ContactRole.CONTACT, "Bernd", "Brandt", "bernd@example.org")


def kinds() -> list[tuple[str, str]]:
    mails = db.session.execute(
        select(OutboxMessage.recipient, OutboxMessage.kind).order_by(OutboxMessage.id)
    )
    return [(row.recipient, row.kind) for row in mails]


def links() -> list[str]:
    mails = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.kind.in_(("contact_begun", "contact_link")))
        .order_by(OutboxMessage.id)
    )
    made = [contact_links.link_for(each.facts, each.recipient) for each in mails]
    return [each.rpartition("/")[2] if each else "" for each in made]


def test_whoever_is_named_gets_a_link_that_opens_their_own_view():
    rheine = an_organisation().id
    number = appointing.name(rheine, BERND, Term(TODAY), is_told=True, **BY)

    assert kinds() == [("bernd@example.org", "contact_begun")]
    found = contacts.find_by_token(links()[0])
    assert found is not None
    assert (found.id, found.details, found.was_sent) == (number, BERND, True)
    line = db.session.scalars(select(AuditLine)).one()
    assert (line.verb, line.details) == (
        "contact_named",
        {"contact": number, "organisation": rheine},
    )
    with pytest.raises(AlreadySpeaks):
        appointing.name(rheine, BERND, Term(TODAY + timedelta(days=9)), is_told=True, **BY)


def test_another_address_ends_the_link_and_the_login_and_letters_that_wait():
    number = appointing.name(an_organisation().id, BERND, Term(TODAY), is_told=True, **BY)
    contact_logins.ask(number, today=TODAY, now=OPEN)
    token, before = links()[0], contacts.find(number)
    assert before is not None
    moved = ContactDetails(ContactRole.CONTACT, "Bernd", "Brandt", "neu@example.org")

    assert appointing.change(number, moved, Term(TODAY), version=before.version, **BY)
    assert contacts.find_by_token(token) is None
    assert [kind for _to, kind in kinds()] == ["contact_code"]
    assert contact_links.code_for(_facts("contact_code"), "neu@example.org") is None
    assert not appointing.change(number, moved, Term(TODAY), version="", **BY)  # the same once more
    with pytest.raises(ContactEditedMeanwhile):
        appointing.change(number, BERND, Term(TODAY), version=before.version, **BY)


def _facts(kind: str) -> dict[str, object]:
    found = select(OutboxMessage.facts).where(OutboxMessage.kind == kind)
    return dict(db.session.scalars(found).one())


def test_an_ended_term_takes_the_waiting_link_along_and_is_told():
    rheine = an_organisation()
    a_membership(rheine)
    yesterday = TODAY - timedelta(days=1)
    here = rheine.id
    first = Term(TODAY - timedelta(days=30))
    number = appointing.name(here, BERND, first, is_told=True, **BY)
    assert [each.id for each in members.delegates_on(TODAY)] == [number]
    with pytest.raises(TooEarly):
        appointing.end(number, date(2014, 1, 1), is_told=True, today=TODAY, **BY)
    appointing.end(number, yesterday, is_told=True, today=TODAY, **BY)
    appointing.end(number, TODAY, is_told=True, today=TODAY, **BY)  # no longer than it was

    assert kinds() == [("bernd@example.org", "contact_ended")]
    assert members.delegates_on(TODAY) == []
    assert [each.id for each in members.delegates_on(yesterday)] == [number]


def test_handing_over_ends_one_term_where_the_other_begins_and_tells_both():
    rheine = an_organisation()
    anna = a_contact(rheine).id
    deputy = a_contact(rheine, "Bernd", "Brandt", email="bernd@example.org", role="deputy").id
    tomorrow = TODAY + timedelta(days=1)
    number = appointing.hand_over(anna, BERND, tomorrow, today=TODAY, **BY)

    found = {each: contacts.find(each) for each in (anna, deputy, number)}
    assert [each and (each.term.starts_on, each.term.ends_on) for each in found.values()] == [
        (date(2014, 1, 1), TODAY),
        (date(2014, 1, 1), TODAY),
        (tomorrow, None),
    ]
    assert kinds() == [
        ("bernd@example.org", "contact_begun"),
        ("anna.albers@example.org", "contact_ended"),
    ]
    assert _facts("contact_begun")["before"] == "Anna Albers"
    assert _facts("contact_ended")["successor"] == "Bernd Brandt"
    with pytest.raises(TooEarly):
        appointing.hand_over(number, BERND, tomorrow, today=TODAY, **BY)


def test_missing_links_go_to_whoever_speaks_today_and_never_got_one(monkeypatch):
    monkeypatch.setattr(contact_sending, "AT_ONCE", 2)
    rheine = an_organisation()
    for number in range(5):
        a_contact(rheine, "Anna", f"Albers {number}", email=f"a{number}@example.org")
    a_contact(rheine, "Alt", "Amt", ends_on=TODAY - timedelta(days=1))
    a_contact(rheine, "Neu", "Neu", starts_on=TODAY + timedelta(days=1))

    assert contact_sending.send_missing(actor=COMMAND, today=TODAY, now=OPEN) == 5
    assert contact_sending.send_missing(actor=COMMAND, today=TODAY, now=OPEN) == 0
    assert {to for to, _kind in kinds()} == {f"a{each}@example.org" for each in range(5)}
    assert len(set(links())) == 5


def test_contact_persons_go_a_year_after_their_term():
    ended = (OPEN - KEPT_AFTER_TERM).date()
    for days, name in ((-1, "Weg"), (0, "Noch")):
        a_contact(an_organisation(), "Anna", name, ends_on=ended + timedelta(days=days))
    a_contact(an_organisation(), "Anna", "Jetzt")

    assert appointing.forget_old(now=OPEN) == 1
    assert db.session.scalars(select(func.count()).select_from(ContactPerson)).one() == 2
