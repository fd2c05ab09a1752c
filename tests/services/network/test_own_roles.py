"""What contact persons settle themselves: on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.contacts import (
    MOST_DEPUTIES,
    AlreadySpeaks,
    ContactDetails,
    EnoughDeputies,
    IsHandedOver,
    NotForDeputies,
    NothingToTakeBack,
    NotOfYours,
    TermNotInForce,
    TooEarly,
)
from congress.domain.network.terms import ContactRole, Term
from congress.extensions import db
from congress.models import AuditLine, ContactPerson, OutboxMessage
from congress.queries.network import contacts
from congress.services.network import appointing, own_roles
from tests.builders import OPEN
from tests.network import a_contact, an_organisation

pytestmark = pytest.mark.usefixtures("database")

TODAY = date(2027, 1, 10)
TOMORROW, LATER = date(2027, 1, 11), date(2027, 3, 1)
ON: dict[str, Any] = {"today": TODAY, "now": OPEN}
BERND = ContactDetails(ContactRole.CONTACT, "Bernd", "Brandt", "bernd@example.org")
DORA = ContactDetails(ContactRole.DEPUTY, "Dora", "Dahl", "dora@example.org")


@pytest.fixture
def anna():
    return a_contact(an_organisation(), "Anna", "Albers", starts_on=date(2026, 1, 1)).id


def terms(contact_id: int) -> dict[str, Term]:
    found = contacts.find(contact_id)
    assert found is not None
    return {each.name: each.term for each in contacts.of_organisation(found.organisation_id)}


def letters() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(each.recipient.partition("@")[0], each.kind) for each in rows]


def test_a_role_is_handed_over_from_a_later_day_on_and_both_are_told(anna):
    own_roles.hand_over(anna, BERND, LATER, **ON)

    assert terms(anna) == {
        "Anna Albers": Term(date(2026, 1, 1), date(2027, 2, 28)),
        "Bernd Brandt": Term(LATER),
    }
    assert [kind for _to, kind in letters()] == ["contact_begun", "contact_ended"]
    line = db.session.scalars(
        select(AuditLine).where(AuditLine.verb == "contact_handed_over")
    ).one()
    assert line.actor == "contact"
    with pytest.raises(IsHandedOver):
        own_roles.hand_over(anna, DORA, LATER, **ON)


@pytest.mark.parametrize("day", [TODAY, date(2026, 12, 1)])
def test_a_role_is_not_handed_over_at_once(anna, day):
    with pytest.raises(TooEarly) as refusal:
        own_roles.hand_over(anna, BERND, day, **ON)
    assert refusal.value.earliest == TOMORROW
    assert letters() == []


def test_until_its_day_a_handing_over_is_taken_back_and_both_are_told(anna):
    own_roles.hand_over(anna, BERND, LATER, **ON)
    name = appointing.take_back(anna, actor=COMMAND, today=date(2027, 2, 28), now=OPEN)

    assert name == "Bernd Brandt"
    assert terms(anna) == {"Anna Albers": Term(date(2026, 1, 1))}
    # The link of whoever does not begin goes out no more.
    assert letters()[-2:] == [
        (letters()[-2][0], "contact_taken_back"),
        ("bernd", "contact_taken_back"),
    ]
    assert ("bernd", "contact_begun") not in letters()
    with pytest.raises(NothingToTakeBack):
        appointing.take_back(anna, actor=COMMAND, today=TODAY, now=OPEN)


def test_once_the_other_one_has_begun_nothing_is_taken_back(anna):
    own_roles.hand_over(anna, BERND, LATER, **ON)
    with pytest.raises(NothingToTakeBack):
        appointing.take_back(anna, actor=COMMAND, today=LATER, now=OPEN)
    assert len(terms(anna)) == 2


def test_a_deputy_is_named_once_and_ended(anna):
    own_roles.name_deputy(anna, DORA, **ON)
    with pytest.raises(AlreadySpeaks):
        own_roles.name_deputy(anna, DORA, **ON)
    assert terms(anna)["Dora Dahl"] == Term(TODAY)
    dora = db.session.scalars(select(ContactPerson.id).where(ContactPerson.role == "deputy")).one()

    own_roles.end_deputy(anna, dora, **ON)
    own_roles.end_deputy(anna, dora, **ON)
    assert terms(anna)["Dora Dahl"] == Term(TODAY, TODAY)
    assert letters() == [("dora", "contact_begun"), ("dora", "contact_ended")]


def test_a_deputy_hands_over_but_names_nobody_and_ends_nobody(anna):
    own_roles.name_deputy(anna, DORA, **ON)
    dora = db.session.scalars(select(ContactPerson.id).where(ContactPerson.role == "deputy")).one()
    with pytest.raises(NotForDeputies):
        own_roles.name_deputy(dora, DORA, **ON)
    with pytest.raises(NotForDeputies):
        own_roles.end_deputy(dora, dora, **ON)
    emil = ContactDetails(ContactRole.DEPUTY, "Emil", "Ebert", "emil@example.org")
    own_roles.hand_over(dora, emil, LATER, **ON)
    assert terms(anna)["Emil Ebert"] == Term(LATER)


def test_an_organisation_names_so_many_deputies_and_takes_out_its_own_alone(anna):
    other = a_contact(an_organisation("Stadt Essen"), "Else", "Essen", role="deputy").id
    with pytest.raises(NotOfYours):
        own_roles.end_deputy(anna, other, **ON)
    with pytest.raises(NotOfYours):
        own_roles.end_deputy(anna, anna, **ON)
    for number in range(MOST_DEPUTIES):
        each = ContactDetails(ContactRole.DEPUTY, "Dora", f"Nr {number}", f"d{number}@example.org")
        own_roles.name_deputy(anna, each, **ON)
    with pytest.raises(EnoughDeputies):
        own_roles.name_deputy(anna, DORA, **ON)


def test_whoever_speaks_for_it_no_more_settles_nothing(anna):
    after: dict[str, Any] = {"today": TODAY + timedelta(days=800), "now": OPEN}
    appointing.end(anna, TODAY, is_told=False, actor=COMMAND, **ON)
    with pytest.raises(TermNotInForce):
        own_roles.hand_over(anna, BERND, date(2030, 1, 1), **after)
    with pytest.raises(TermNotInForce):
        own_roles.name_deputy(anna, DORA, **after)
