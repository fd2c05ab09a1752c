"""Local partners named by a municipality: on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from congress.domain.invitations import Guest, InvitedAlready
from congress.domain.network.contacts import NotOfYours
from congress.domain.network.partners import EnoughPartners, PartnersNotAsked
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage
from congress.queries import invitations
from congress.services.network import partners
from tests import builders
from tests.builders import OPEN
from tests.network import a_contact, a_membership, an_organisation

pytestmark = pytest.mark.usefixtures("database")

TODAY = date(2027, 1, 10)
VEREIN = Guest("paula@verein.example", "Paula", "Partner", "Heimatverein")


def a_municipality(name="Stadt Rheine", *, is_member=True):
    here = an_organisation(name)
    if is_member:
        a_membership(here)
    return a_contact(here, "Anna", name).id, here.id


def a_themed_workshop(most=2):
    return builders.a_congress(kind="topic_workshop", rules={"partners_most": most}).id


def test_a_partner_is_invited_in_the_name_of_the_municipality_up_to_a_number():
    anna, rheine = a_municipality()
    congress = a_themed_workshop(most=1)
    number = partners.name(anna, congress, VEREIN, today=TODAY, now=OPEN)

    [found] = invitations.named_by(rheine, congress)
    assert (found.id, found.guest, found.named_by) == (number, VEREIN, "Stadt Rheine")
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert (mail.kind, mail.recipient) == ("invited", "paula@verein.example")
    assert mail.facts["invited_by"] == "Stadt Rheine"
    line = db.session.scalars(select(AuditLine)).one()
    assert (line.verb, line.actor) == ("partner_named", "contact")
    with pytest.raises(EnoughPartners):
        partners.name(anna, congress, Guest("b@c.example", "B", "C"), today=TODAY, now=OPEN)


def test_nobody_is_invited_twice_nor_by_who_is_no_member_nor_to_other_events():
    anna, _rheine = a_municipality()
    stranger, _essen = a_municipality("Stadt Essen", is_member=False)
    congress = a_themed_workshop()
    partners.name(anna, congress, VEREIN, today=TODAY, now=OPEN)
    with pytest.raises(InvitedAlready):
        partners.name(anna, congress, VEREIN, today=TODAY, now=OPEN)
    with pytest.raises(PartnersNotAsked):
        partners.name(stranger, congress, VEREIN, today=TODAY, now=OPEN)
    other = builders.a_congress(slug="anders", rules={"partners_most": 2}).id
    with pytest.raises(PartnersNotAsked):
        partners.name(anna, other, VEREIN, today=TODAY, now=OPEN)


def test_one_is_taken_back_by_who_named_them_and_is_told():
    anna, rheine = a_municipality()
    eva, _essen = a_municipality("Stadt Essen")
    congress = a_themed_workshop()
    number = partners.name(anna, congress, VEREIN, today=TODAY, now=OPEN)
    with pytest.raises(NotOfYours):
        partners.take_back(eva, congress, number, today=TODAY, now=OPEN)
    assert partners.take_back(anna, congress, number, today=TODAY, now=OPEN)

    assert invitations.named_by(rheine, congress) == []
    kinds = db.session.scalars(select(OutboxMessage.kind)).all()
    assert kinds == ["invitation_withdrawn"]
    again = partners.name(anna, congress, VEREIN, today=TODAY, now=OPEN)
    assert again != number
