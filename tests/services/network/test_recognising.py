"""A meeting of members: who may register, for whom, and the reserve list of a municipality."""
# ruff: noqa: ANN401 - the columns of a row have many types

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.groups import Contact, RefusedForOne
from congress.domain.registration import MembersOnly, RegistrationState
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from congress.queries.invariants import list_broken
from congress.services import changing, entering, groups, registering
from congress.services.entering import Entering
from tests.builders import OPEN, a_congress, a_request
from tests.guests import an_invitation
from tests.network import a_contact, a_membership, an_organisation
from tests.queries_counter import count_queries

FIELDS = {"organisation": "required"}
IN, WAITS = RegistrationState.CONFIRMED, RegistrationState.WAITING
BEFORE, FIRST_DAY = date(2015, 10, 20), date(2015, 10, 21)

pytestmark = pytest.mark.usefixtures("database")


def a_meeting(**rules: Any):
    return a_congress(
        kind="network_meeting", capacity=40, fields=FIELDS, rules={"access": "members"} | rules
    )


def a_member(name="Stadt Rheine", **values: Any):
    town = an_organisation(name)
    a_membership(town, **values)
    return town


def asks(contact, number, **values: Any):
    return a_request(
        number,
        **{
            "given_name": contact.given_name,
            "family_name": contact.family_name,
            "email": contact.email,
            "organisation": "Rathaus",
        }
        | values,
    )


def register(meeting, *args: Any, **values: Any):
    made = registering.register(meeting.id, asks(*args, **values), now=OPEN)
    return made.registration_id


def states():
    db.session.rollback()
    return list(db.session.scalars(select(Registration.state).order_by(Registration.id)))


@pytest.mark.parametrize(
    ("membership", "term", "may_come"),
    [
        ({}, {}, True),
        ({"state": "partner"}, {}, True),
        ({"since": FIRST_DAY}, {"starts_on": FIRST_DAY, "ends_on": FIRST_DAY}, True),
        ({}, {"ends_on": BEFORE}, False),
        ({}, {"starts_on": date(2015, 10, 22)}, False),
        ({"state": "interested"}, {}, False),
        ({"state": "left"}, {}, False),
        ({"since": date(2015, 10, 22)}, {}, False),
    ],
)
def test_who_speaks_for_a_member_on_the_first_day_may_come(membership, term, may_come):
    meeting, anna = a_meeting(), a_contact(a_member(**membership), **term)
    if may_come:
        register(meeting, anna, 1, email=anna.email.upper())
        assert states() == [IN]
    else:
        with pytest.raises(MembersOnly):
            register(meeting, anna, 1)
        assert states() == []


def test_an_invitation_and_a_hand_let_in_whoever_else_is_wanted():
    meeting = a_meeting()
    a_contact(a_member())
    with pytest.raises(MembersOnly):
        registering.register(meeting.id, a_request(1), now=OPEN)
    guest = an_invitation(meeting)
    by_link = replace(a_request(1), invitation_id=guest.id)
    registering.register(meeting.id, by_link, now=OPEN)
    entering.enter(meeting.id, a_request(2), Entering(ByHand()), actor=COMMAND, now=OPEN)
    assert states() == [IN, IN]


def test_whoever_speaks_comes_for_the_organisation_as_the_register_calls_it():
    meeting = a_meeting()
    rheine, unna = a_member("Stadt Rheine"), a_member("Stadt Unna")
    anna = a_contact(rheine)
    a_contact(unna)
    register(meeting, anna, 1)
    register(meeting, anna, 2, given_name="Bert", organisation="stadt unna")
    found = db.session.scalars(select(Registration.organisation).order_by(Registration.id))
    assert list(found) == ["Stadt Rheine", "Stadt Unna"]


def test_the_third_of_a_municipality_waits_on_its_reserve_list_and_moves_up():
    meeting, rheine = a_meeting(quota=2), a_member()
    town, other = rheine, a_member("Stadt Unna")
    people = [
        a_contact(town),
        a_contact(town, "Bert", "Bauer", role="deputy"),
        a_contact(town, "Cem", "Celik", role="deputy"),
    ]
    numbers = [
        register(meeting, each, number, organisation=said)
        for number, (each, said) in enumerate(
            zip(people, ("Rheine", "Stadtverwaltung", "Bauamt"), strict=True), 1
        )
    ]
    register(meeting, a_contact(other, "Dora", "Dahl"), 4)
    assert states() == [IN, IN, WAITS, IN]
    changing.withdraw(numbers[0], actor=ATTENDEE, now=OPEN)
    assert states() == [RegistrationState.CANCELLED, IN, IN, IN]
    told = db.session.scalars(
        select(OutboxMessage.kind).where(OutboxMessage.registration_id == numbers[2])
    )
    assert "place_gained" in list(told)
    assert list_broken() == []


def test_of_a_group_each_has_to_speak_for_a_member():
    meeting = a_meeting(group_most=5)
    anna = a_contact(a_member())
    bert = a_contact(a_member(), "Bert", "Bauer")
    sent = groups.Sent(
        Contact("Anna", "Albers", anna.email, "de"), together=False, form_key="group"
    )
    stranger = a_request(7, form_key="")
    with pytest.raises(RefusedForOne) as refused:
        groups.register(meeting.id, sent, [asks(anna, 1), stranger], now=OPEN)
    assert isinstance(refused.value.reason, MembersOnly)
    assert states() == []
    groups.register(meeting.id, sent, [asks(anna, 1), asks(bert, 2)], now=OPEN)
    assert states() == [IN, IN]


def test_an_open_congress_asks_nothing_of_the_network():
    known = a_congress()
    with count_queries() as asked:
        registering.register(known.id, a_request(1), now=OPEN)
    assert not [each for each in asked if "contact_persons" in each]
