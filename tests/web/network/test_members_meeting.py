"""A meeting of members as a contact person sees it: two places, and the third moves up."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from congress.extensions import db
from congress.models import OutboxMessage, Registration
from congress.services import registering
from tests.builders import OPEN, a_congress, a_request
from tests.network import a_contact, a_membership, an_organisation
from tests.web.network.own import entered, own_address
from tests.web.organisers import post

pytestmark = pytest.mark.sqlite_only

PEOPLE = (("Anna", "Albers"), ("Bert", "Bauer"), ("Cem", "Celik"))


def states(app):
    with app.app_context():
        return list(db.session.scalars(select(Registration.state).order_by(Registration.id)))


def test_who_is_cancelled_in_the_own_view_makes_room_for_the_third(app):
    with time_machine.travel(OPEN + timedelta(minutes=1), tick=False):
        with app.app_context():
            meeting = a_congress(
                slug="treffen",
                kind="network_meeting",
                rules={"access": "members", "quota": 2},
                fields={"organisation": "required"},
            ).id
            town = an_organisation("Stadt Rheine")
            a_membership(town)
            contacts = [a_contact(town, *names) for names in PEOPLE]
            numbers = [
                registering.register(
                    meeting,
                    a_request(
                        number,
                        given_name=each.given_name,
                        family_name=each.family_name,
                        email=each.email,
                        organisation=f"Amt {number}",
                    ),
                    now=OPEN,
                ).registration_id
                for number, each in enumerate(contacts)
            ]
            own = own_address(contacts[0])
        assert states(app) == ["confirmed", "confirmed", "waiting"]
        client = entered(app, own)
        here = f"{own}/registrations/treffen"
        page = client.get(f"{here}?lang=de").text
        assert all(" ".join(names) in page for names in PEOPLE)
        assert "Nachrückliste" in page
        away = f"{here}/{numbers[1]}/withdraw"
        assert post(client, away, away) == 303
        assert states(app) == ["confirmed", "cancelled", "confirmed"]
        with app.app_context():
            told = select(OutboxMessage.kind).where(OutboxMessage.registration_id == numbers[2])
            assert "place_gained" in list(db.session.scalars(told))
