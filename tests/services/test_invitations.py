"""Invitations: entered, sent, answered and taken back, on both databases."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import select

from congress import worker
from congress.domain.access import COMMAND
from congress.domain.hall import CONGRESS
from congress.domain.invitations import (
    Answer,
    Guest,
    InvitationAccepted,
    InvitationEditedMeanwhile,
    InvitationsUnseen,
    InvitationUsed,
    InvitationWithdrawn,
    InvitedAlready,
    NobodyCanAnswer,
    NothingToSend,
    mark_of,
    unanswered,
    unsent,
)
from congress.domain.registration import CongressHasBegun, NotInvited, RegistrationClosed
from congress.domain.reminders import Reminder
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import AuditLine, DeadMailbox, Invitation, OutboxMessage, Registration
from congress.queries import invitations as queries
from congress.queries.invariants import list_broken
from congress.services import changing, entering, registering
from congress.services.entering import Entering
from congress.services.invitations import answering, keeping, links, sending
from congress.services.mails import delivering
from tests.builders import AFTERWARDS, BEGUN, CLOSES, ENDS, OPEN, a_congress, a_request
from tests.guests import an_invitation
from tests.services.reminding_house import House, look

INVITED: dict[str, Any] = {"rules": {"access": "invited"}}
BY: dict[str, Any] = {"actor": COMMAND, "now": OPEN}
NO: dict[str, Any] = {"reason": "", "represented_by": "", "now": OPEN}

pytestmark = pytest.mark.usefixtures("database")


def register(congress_id, number, invitation=None):
    request = a_request(number)
    if invitation is not None:
        request = replace(request, invitation_id=invitation.id)
    return registering.register(congress_id, request, now=OPEN)


def stored(column):
    db.session.rollback()
    return list(db.session.scalars(select(column).order_by(column)))


def answer_of(invitation):
    return queries.get(invitation.id).answer


def test_only_who_has_a_link_registers_and_only_once():
    congress = a_congress(**INVITED)
    with pytest.raises(NotInvited):
        register(congress.id, 1)
    guest = an_invitation(congress)
    made = register(congress.id, 1, guest)
    assert register(congress.id, 1, guest) == made  # the same form, sent twice
    with pytest.raises(InvitationUsed):
        register(congress.id, 2, guest)
    assert answer_of(guest) is Answer.REPRESENTED  # by somebody of another name
    assert stored(Registration.invitation_id) == [guest.id]
    details = db.session.scalars(select(AuditLine.details)).one()
    assert details["invitation"] == guest.id
    # Whoever withdraws may come after all, and so may somebody else.
    changing.withdraw(made.registration_id, **BY)
    assert answer_of(guest) is Answer.DECLINED
    register(congress.id, 2, guest)
    assert not list_broken()


@pytest.mark.sqlite_only
def test_an_organisation_comes_with_as_many_as_it_has_places():
    congress = a_congress(**INVITED)
    town = an_invitation(congress, given_name="", family_name="", organisation="Lünen", places=2)
    register(congress.id, 1, town)
    register(congress.id, 2, town)
    with pytest.raises(InvitationUsed):
        register(congress.id, 3, town)
    assert len(queries.get(town.id).registered) == 2


def test_many_at_the_same_moment_get_no_more_than_there_are():
    congress_id = a_congress(**INVITED).id
    town_id = an_invitation(congress_id, organisation="Lünen", places=2).id
    app = current_app._get_current_object()  # type: ignore[attr-defined] # threads have no context
    refused = []

    def press(number: int) -> None:
        with app.app_context():
            request = replace(a_request(number), invitation_id=town_id)
            try:
                registering.register(congress_id, request, now=OPEN)
            except InvitationUsed:
                refused.append(number)

    people = [Thread(target=press, args=(number,)) for number in range(1, 6)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    db.session.rollback()
    assert len(queries.get(town_id).registered) == 2
    assert len(refused) == 3
    assert not list_broken()


@pytest.mark.sqlite_only
def test_a_withdrawn_invitation_opens_nothing_and_takes_nobodys_place():
    congress = a_congress(**INVITED)
    guest, comes = an_invitation(congress), an_invitation(congress)
    made = register(congress.id, 1, comes)
    stated = {"invitation": guest.id}
    assert links.link_for(stated, guest.email)
    assert keeping.withdraw(congress.id, guest.id, is_told=True, **BY)
    assert not keeping.withdraw(congress.id, guest.id, is_told=True, **BY)  # pressed twice
    keeping.withdraw(congress.id, comes.id, is_told=False, **BY)
    assert links.link_for(stated, guest.email) is None
    with pytest.raises(InvitationWithdrawn):
        register(congress.id, 2, guest)
    assert stored(OutboxMessage.kind).count("invitation_withdrawn") == 1
    assert answer_of(comes) is Answer.REPRESENTED
    assert db.session.get_one(Registration, made.registration_id).state == "confirmed"


@pytest.mark.sqlite_only
def test_what_was_never_sent_is_deleted_with_it():
    congress = a_congress()
    number = keeping.add(congress.id, Guest("a@example.org", "Anna"), **BY)
    keeping.withdraw(congress.id, number, is_told=True, **BY)
    assert stored(Invitation.id) == stored(OutboxMessage.id) == []


@pytest.mark.sqlite_only
def test_the_same_is_invited_once_and_nobody_overwrites_what_they_have_not_seen():
    congress = a_congress()
    anna = Guest("anna@example.org", "Anna", "Auer")
    number = keeping.add(congress.id, anna, **BY)
    assert keeping.add(congress.id, anna, **BY) == number  # pressed twice
    with pytest.raises(InvitedAlready):
        keeping.add(congress.id, anna, actor=COMMAND, now=OPEN + timedelta(minutes=1))
    with pytest.raises(InvitedAlready):
        keeping.add(congress.id, replace(anna, email="ANNA@example.org"), **BY)
    other = keeping.add(congress.id, Guest("bert@example.org", "Bert"), **BY)
    with pytest.raises(InvitedAlready):
        keeping.change(congress.id, other, anna, version=queries.get(other).guest.version, **BY)
    english = replace(anna, language="en")
    assert not keeping.change(congress.id, number, english, version=anna.version, **BY)
    with pytest.raises(InvitationEditedMeanwhile):
        keeping.change(congress.id, number, replace(anna, places=2), version=anna.version, **BY)
    keeping.change(congress.id, number, english, version=anna.version, **BY)  # it says that already


@pytest.mark.sqlite_only
def test_another_address_ends_the_link_to_the_old_one():
    congress = a_congress()
    guest = an_invitation(congress)
    sending.send(congress.id, guest.id, **BY)
    assert stored(OutboxMessage.kind) == ["invited"]
    before = queries.get(guest.id).guest
    after = replace(before, email="neu@example.org")
    old, stated = guest.digest, {"invitation": guest.id}
    assert keeping.change(congress.id, guest.id, after, version=before.version, **BY)
    assert stored(OutboxMessage.id) == []  # it had not gone out
    assert stored(Invitation.digest) != [old]
    assert links.link_for(stated, before.email) is None
    assert links.link_for(stated, after.email)
    assert [each.id for each in unsent(queries.of_congress(congress.id))] == [guest.id]


def test_all_that_were_not_sent_are_sent_once_as_they_were_seen():
    congress = a_congress()
    for name in ("a", "b"):
        keeping.add(congress.id, Guest(f"{name}@example.org", name), **BY)
    an_invitation(congress)
    seen = mark_of(unsent(queries.of_congress(congress.id)))
    keeping.add(congress.id, Guest("c@example.org", "c"), **BY)
    with pytest.raises(InvitationsUnseen):
        sending.send_all(congress.id, seen=seen, **BY)
    seen = mark_of(unsent(queries.of_congress(congress.id)))
    assert sending.send_all(congress.id, seen=seen, **BY) == 3
    with pytest.raises(NothingToSend):
        sending.send_all(congress.id, seen=seen, **BY)
    assert stored(OutboxMessage.kind) == ["invited"] * 3
    assert "example.org" not in str(db.session.scalars(select(AuditLine.details)).all())
    assert all(each.sent_at == OPEN for each in queries.of_congress(congress.id))


@pytest.mark.sqlite_only
def test_who_has_not_answered_is_sent_it_again_and_nobody_twice_at_once():
    congress = a_congress()
    waits = an_invitation(congress)
    answering.decline(congress.id, an_invitation(congress).id, **NO)
    an_invitation(congress, sent_at=None)
    later = OPEN + timedelta(days=1)
    seen = mark_of(unanswered(queries.of_congress(congress.id)))
    assert sending.send_all(congress.id, seen=seen, again=True, actor=COMMAND, now=later) == 1
    with pytest.raises(InvitationsUnseen):  # pressed twice
        sending.send_all(congress.id, seen=seen, again=True, actor=COMMAND, now=later)
    facts = db.session.scalars(select(OutboxMessage.facts)).all()
    assert [each["invitation"] for each in facts] == [waits.id]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("values", "at"), [({"state": "draft"}, OPEN), ({"state": "cancelled"}, OPEN), ({}, CLOSES)]
)
def test_nobody_is_invited_to_what_they_cannot_answer(values, at):
    congress = a_congress(**values)
    guest = an_invitation(congress)
    with pytest.raises(NobodyCanAnswer):
        sending.send(congress.id, guest.id, actor=COMMAND, now=at)
    assert stored(OutboxMessage.id) == []


@pytest.mark.sqlite_only
def test_pressed_twice_is_one_mail_and_later_another():
    congress = a_congress()
    guest = an_invitation(congress, sent_at=None)
    for seconds in (0, 1, 60):
        at = OPEN + timedelta(seconds=seconds)
        sending.send(congress.id, guest.id, actor=COMMAND, now=at)
    assert len(stored(OutboxMessage.id)) == 2


@pytest.mark.sqlite_only
def test_a_no_can_be_changed_into_a_yes_until_the_deadline():
    congress = a_congress(**INVITED)
    guest = an_invitation(congress)
    answering.decline(congress.id, guest.id, **NO | {"reason": "Urlaub"})
    answering.decline(congress.id, guest.id, **NO | {"reason": "Urlaub"})  # pressed twice
    assert answer_of(guest) is Answer.DECLINED
    answering.decline(congress.id, guest.id, **NO | {"represented_by": "Karl"})
    assert answer_of(guest) is Answer.REPRESENTED
    assert stored(AuditLine.verb) == ["invitation_declined", "invitation_represented"]
    assert "Urlaub" not in str(db.session.scalars(select(AuditLine.details)).all())
    request = replace(a_request(1), invitation_id=guest.id)
    with pytest.raises(RegistrationClosed):
        registering.register(congress.id, request, now=CLOSES)
    registering.register(congress.id, request, now=OPEN)
    found = queries.get(guest.id)
    assert (found.declined_at, found.represented_by) == (None, "")
    with pytest.raises(InvitationAccepted):
        answering.decline(congress.id, guest.id, **NO)


@pytest.mark.sqlite_only
def test_a_no_is_taken_until_it_begins():
    congress = a_congress(**INVITED)
    guest = an_invitation(congress)
    answering.decline(congress.id, guest.id, **NO | {"now": CLOSES})
    with pytest.raises(CongressHasBegun):
        answering.decline(congress.id, guest.id, **NO | {"now": BEGUN, "reason": "krank"})


def test_who_is_registered_otherwise_has_answered_too():
    """Organisers enter people regardless of the rule; a name alone is no person."""
    congress = a_congress(**INVITED)
    by_hand = Entering(ByHand(waits=frozenset({CONGRESS})))
    request = a_request(1)
    names = {name: getattr(request, name) for name in ("email", "given_name", "family_name")}
    same, alike = (
        an_invitation(congress, **names),
        an_invitation(congress, **names | {"email": "x@y.z"}),
    )
    number = entering.enter(congress.id, request, by_hand, **BY)
    assert (answer_of(same), answer_of(alike)) == (Answer.ACCEPTED, Answer.OPEN)
    found = queries.of_registration(number)
    assert found is not None
    assert found.id == same.id
    assert [each.answer for each in queries.of_congress(congress.id)] == [
        Answer.ACCEPTED,
        Answer.OPEN,
    ]


@pytest.mark.sqlite_only
def test_the_mailbox_that_got_the_link_needs_no_confirmation():
    congress = a_congress(confirm_hours=24)
    request = a_request(1)
    sure = an_invitation(congress, email=request.email)
    assert register(congress.id, 1, sure).token
    assert (
        register(congress.id, 2, an_invitation(congress)).token is None
    )  # an address of their own


@pytest.mark.sqlite_only
def test_who_has_not_answered_is_reminded_and_nobody_else():
    house = House()
    open_one, late = an_invitation(house.id), an_invitation(house.id)
    answering.decline(house.id, an_invitation(house.id).id, **NO)
    an_invitation(house.id, sent_at=None)
    an_invitation(house.id, withdrawn_at=OPEN)
    dead = an_invitation(house.id, email="dead@example.org")
    db.session.add(DeadMailbox(email_key=dead.email_key, since=OPEN, reason="550"))
    db.session.commit()
    house.set(Reminder.INVITED, days=3)
    at = house.at(Reminder.INVITED)
    look(at)
    look(at)
    facts = db.session.scalars(
        select(OutboxMessage.facts).where(OutboxMessage.kind == "invited_reminder")
    )
    assert sorted(each["invitation"] for each in facts) == [open_one.id, late.id]
    answering.decline(house.id, late.id, **NO)  # before it went out
    claimed = delivering.claim("test", now=at)
    assert [each.facts["invitation"] for each in claimed if each.kind == "invited_reminder"] == [
        open_one.id
    ]


@pytest.mark.sqlite_only
def test_invitations_go_by_themselves_and_registrations_stay():
    congress = a_congress(**INVITED)
    guest = an_invitation(congress)
    gone = an_invitation(congress, withdrawn_at=OPEN)
    made = register(congress.id, 1, guest)
    assert worker.KEPT_LONG_ENOUGH["invitations_deleted"] is keeping.forget_old
    assert keeping.forget_old(now=OPEN + timedelta(days=29)) == 0
    assert keeping.forget_old(now=OPEN + timedelta(days=30)) == 1
    assert stored(Invitation.id) == [guest.id] != [gone.id]
    assert keeping.forget_old(now=AFTERWARDS) == 0
    assert keeping.forget_old(now=ENDS + timedelta(days=367)) == 1
    assert db.session.get_one(Registration, made.registration_id).invitation_id is None
