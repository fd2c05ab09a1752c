"""Inviting whoever speaks for a member: entered once, sent while the term holds, never after."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.invitations import TermOver, mark_of
from congress.domain.network.delegates import (
    DelegatesUnseen,
    LeftOut,
    NobodyToInvite,
    NoMembersMeeting,
)
from congress.extensions import db
from congress.models import AuditLine, ContactPerson, DeadMailbox, Invitation, OutboxMessage
from congress.queries import congresses
from congress.queries import invitations as queries
from congress.queries.network import delegates as selecting
from congress.services.invitations import delegates, keeping, sending
from congress.services.mails import delivering
from tests.builders import OPEN, a_congress, add
from tests.guests import an_invitation
from tests.network import a_contact, a_membership, an_organisation
from tests.queries_counter import count_queries

BY: dict[str, Any] = {"actor": COMMAND, "now": OPEN}
LATER = OPEN + timedelta(minutes=5)
ENDED = {"ends_on": date(2015, 10, 20)}

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def meeting(database):
    return a_congress(kind="network_meeting", rules={"access": "members"})


@pytest.fixture
def town(database):
    found = an_organisation("Stadt Rheine")
    a_membership(found)
    return found


def looked_at(meeting):
    return selecting.selection(congresses.get_congress(meeting.id))


def invite(meeting):
    return delegates.invite(meeting.id, seen=looked_at(meeting).mark, **BY)


def waiting(meeting):
    congress = congresses.get_congress(meeting.id)
    return sending.to_send(congress, queries.of_congress(meeting.id), again=False)


def send_all(meeting):
    return sending.send_all(meeting.id, seen=mark_of(waiting(meeting)), **BY)


def going():
    return sorted(each.recipient for each in delivering.claim("test", now=LATER))


def end_term(contact):
    row = db.session.get(ContactPerson, contact.id)
    row.ends_on = ENDED["ends_on"]
    db.session.commit()


def test_each_who_speaks_is_entered_once_and_only_new_ones_after_that(meeting, town):
    a_contact(town)
    assert invite(meeting) == 1
    with pytest.raises(NobodyToInvite):
        invite(meeting)
    a_contact(town, "Bert", "Bauer", role="deputy", language="en")
    assert invite(meeting) == 1
    guests = [each.guest for each in queries.of_congress(meeting.id)]
    assert [(each.name, each.organisation, each.language) for each in guests] == [
        ("Anna Albers", "Stadt Rheine", "de"),
        ("Bert Bauer", "Stadt Rheine", "en"),
    ]
    lines = db.session.scalars(select(AuditLine).where(AuditLine.verb == "delegates_invited"))
    assert [each.details["count"] for each in lines] == [1, 1]


def test_who_is_left_out_is_said_with_the_reason(meeting, town):
    unna = an_organisation("Stadt Unna")
    a_membership(unna, "interested")
    add(DeadMailbox(email_key="dead@example.org", since=OPEN, reason="550 5.1.1"))
    an_invitation(meeting, email="doro@example.org", given_name="Doro", family_name="Dahl")
    a_contact(town)
    out = {
        a_contact(town, "Bert", "Bauer", **ENDED).id: LeftOut.TERM_ENDED,
        a_contact(town, "Cem", "Celik", email="dead@example.org").id: LeftOut.MAILBOX_DEAD,
        a_contact(town, "Doro", "Dahl", email="doro@example.org").id: LeftOut.INVITED,
        a_contact(unna, "Eva", "Ernst").id: LeftOut.NO_MEMBER,
    }
    assert {each.id: why for each, why in looked_at(meeting).left_out} == out
    assert invite(meeting) == 1


def test_others_than_those_looked_at_are_not_invited(meeting, town):
    a_contact(town)
    seen = looked_at(meeting).mark
    a_contact(town, "Bert", "Bauer")
    with pytest.raises(DelegatesUnseen):
        delegates.invite(meeting.id, seen=seen, **BY)
    assert queries.of_congress(meeting.id) == []


def test_only_a_meeting_of_members_invites_them(town):
    a_contact(town)
    congress = a_congress()
    with pytest.raises(NoMembersMeeting):
        delegates.invite(congress.id, seen="", **BY)


def test_a_term_that_has_ended_since_gets_no_letter(meeting, town):
    anna, bert = a_contact(town), a_contact(town, "Bert", "Bauer")
    invite(meeting)
    end_term(anna)
    assert [each.contact_id for each in waiting(meeting)] == [bert.id]
    with pytest.raises(TermOver):
        sending.send(meeting.id, queries.of_congress(meeting.id)[0].id, **BY)
    assert send_all(meeting) == 1
    assert going() == ["bert.bauer@example.org"]


def test_a_term_that_ends_while_its_letter_waits_ends_the_letter(meeting, town):
    anna, bert = a_contact(town), a_contact(town, "Bert", "Bauer")
    guest = an_invitation(meeting)
    invite(meeting)
    assert send_all(meeting) == 2
    sending.send(meeting.id, guest.id, **BY)
    end_term(anna)
    assert going() == [bert.email, guest.email]
    mails = db.session.scalars(select(OutboxMessage.recipient))
    assert anna.email not in list(mails)


def test_so_does_an_organisation_that_leaves(meeting, town):
    a_contact(town)
    invite(meeting)
    send_all(meeting)
    a_membership(town, "left", date(2015, 10, 1))
    assert going() == []


def test_whoever_withdrew_an_invitation_may_invite_again(meeting, town):
    a_contact(town)
    invite(meeting)
    [first] = queries.of_congress(meeting.id)
    keeping.withdraw(meeting.id, first.id, is_told=False, **BY)
    assert invite(meeting) == 1


def test_an_invitation_outlives_the_person_it_was_for(meeting, town):
    anna = a_contact(town)
    invite(meeting)
    db.session.delete(db.session.get(ContactPerson, anna.id))
    db.session.commit()
    assert list(db.session.scalars(select(Invitation.contact_id))) == [None]


def test_many_members_are_looked_at_with_as_many_statements_as_one(meeting, town):
    a_contact(town)
    looked_at(meeting)  # what the congress is, is kept by its revision
    with count_queries() as few:
        looked_at(meeting)
    for number in range(12):
        another = an_organisation(f"Stadt {number}")
        a_membership(another)
        a_contact(another, family_name=f"Nr-{number}")
    with count_queries() as many:
        assert len(looked_at(meeting).wanted) == 13
    assert len(many) == len(few)
