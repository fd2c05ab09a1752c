"""Somebody without an address: everything but mails, and mails as soon as there is one."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from congress.domain.registration import NoMailbox, SameName
from congress.domain.registration_request import Details, RegistrationRequest, WishedWorkshop
from congress.domain.room import ByHand
from congress.models import OutboxMessage, ProgrammeItem, Registration
from congress.queries import attendees, dead_mailboxes, invariants
from congress.queries.registrations import get_own
from congress.services import changing, correcting, entering, promoting, registering
from congress.services.entering import Entering
from congress.services.planning import releasing
from tests.builders import OPEN, a_congress, a_request, a_workshop
from tests.services.mail_house import ORGANISER

ASKED = ByHand()


def without(number: int, *choices: ProgrammeItem, **values: str) -> RegistrationRequest:
    return a_request(number, *choices, email="", **values)


def enter(congress, request, *, is_another=False, by_hand=ASKED):
    told = Entering(by_hand, is_another=is_another)
    return entering.enter(congress.id, request, told, actor=ORGANISER, now=OPEN)


def mails(session):
    session.rollback()
    return session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()


def test_whatever_happens_to_them_nobody_gets_a_mail(session):
    congress = a_congress(capacity=1)
    first, second = (a_workshop(congress, number=number, capacity=1) for number in (1, 2))
    somebody = enter(congress, without(1, first))
    waits = enter(congress, without(2), by_hand=ByHand(waits=frozenset({None})))

    wish = [WishedWorkshop(second.id)]
    changing.assign_workshops(somebody, wish, by_hand=ASKED, actor=ORGANISER, now=OPEN)
    own = get_own(somebody)
    after = replace(own.person, family_name="Anders")
    version = own.person.version
    correcting.correct(somebody, after, version=version, actor=ORGANISER, now=OPEN)
    promoting.promote_registration(waits, overbook=True, actor=ORGANISER, now=OPEN)
    with pytest.raises(NoMailbox):
        registering.confirm_again(somebody, actor=ORGANISER, now=OPEN)
    assert [each.item.id for each in get_own(somebody).standing.confirmed] == [second.id]
    assert len(dead_mailboxes.reach_of_everybody(congress.id).unreached) == 2
    changing.withdraw(somebody, actor=ORGANISER, now=OPEN)
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    assert mails(session) == []
    assert invariants.list_broken() == []


def test_two_of_one_name_are_two_only_if_somebody_says_so(session):
    congress = a_congress()
    anna = without(1)
    first = enter(congress, anna)

    with pytest.raises(SameName) as known:
        enter(congress, replace(anna, form_key="second"))
    assert known.value.people == (first,)
    second = enter(congress, replace(anna, form_key="second"), is_another=True)
    third = enter(congress, replace(anna, form_key="third"), is_another=True)
    assert enter(congress, replace(anna, form_key="second")) == second
    with pytest.raises(SameName) as known:
        enter(congress, a_request(1, form_key="fourth"))

    assert known.value.people == (first, second, third)
    session.rollback()
    assert session.scalars(select(func.count()).select_from(Registration)).one() == 3
    found = attendees.find_attendee(congress.id, first)
    assert found is not None
    assert found.neighbours == ()  # an empty address is no mailbox that they share


def test_a_first_address_brings_the_confirmation_with_the_link(session):
    congress = a_congress()
    enter(congress, without(1, form_key="first"))
    somebody = enter(congress, without(1), is_another=True)
    person = get_own(somebody).person
    after = Details.of(person.said | {"email": "anna@example.org"})

    correcting.correct(somebody, after, version=person.version, actor=ORGANISER, now=OPEN)

    assert mails(session) == ["confirmed", "calendar_request"]
    letter = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
    assert (letter.recipient, letter.facts["links"]) == ("anna@example.org", ["manage"])
    row = session.get_one(Registration, somebody)
    assert row.name_key == after.name_key  # with an address the name is enough
    registering.resend_link(congress.id, "anna@example.org", now=OPEN)
    assert mails(session)[2:] == ["link"]
    assert invariants.list_broken() == []


def test_who_left_without_an_address_is_nobody_who_comes_back(session):
    congress = a_congress()
    first = enter(congress, without(1, form_key="first"))
    changing.withdraw(first, actor=ORGANISER, now=OPEN)
    second = enter(congress, without(1, form_key="second"))

    session.rollback()
    one, other = (session.get_one(Registration, number).entries for number in (first, second))
    assert {each.uid for each in one}.isdisjoint({each.uid for each in other})
