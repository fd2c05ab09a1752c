"""What becomes of an invitation, by who is registered and what was answered: a table of cases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congress.domain import conditions
from congress.domain.guest_table import GuestRow, Outcome, compare
from congress.domain.hall import CONGRESS, NOBODY
from congress.domain.invitations import (
    GUEST,
    Answer,
    Comer,
    Counts,
    FewerPlacesThanUsed,
    Guest,
    Invitation,
    InvitationUsed,
    InvitationWithdrawn,
    confirms_address,
    require_room,
    require_usable,
    unanswered,
    unsent,
)
from congress.domain.people import likeness
from congress.domain.registration import NotInvited
from congress.domain.rules import Access, Rules
from tests.domain import halls

AT = datetime(2015, 9, 1, tzinfo=UTC)
GERDA = Guest("gerda@example.org", "Gerda", "Gast", "Stadt Lünen")
TOWN = Guest("rathaus@example.org", organisation="Stadt Lünen", places=2)
SENT = Invitation(1, 1, GERDA, AT, sent_at=AT)
COMES = Comer(1, "Gerda Gast", likeness("Dr. Gerda", "Gast"), is_registered=True)
OTHER = Comer(2, "Karl Kollege", likeness("Karl", "Kollege"), is_registered=True)
ENDED = replace(COMES, is_registered=False, has_withdrawn=True)
LAPSED = replace(COMES, is_registered=False)


@pytest.mark.parametrize(
    ("invitation", "answer", "left"),
    [
        (SENT, Answer.OPEN, 1),
        (replace(SENT, comers=(COMES,)), Answer.ACCEPTED, 0),
        (replace(SENT, comers=(OTHER,)), Answer.REPRESENTED, 0),
        (replace(SENT, comers=(ENDED,)), Answer.DECLINED, 1),
        (replace(SENT, comers=(LAPSED,)), Answer.OPEN, 1),  # nobody ever confirmed it
        (replace(SENT, comers=(ENDED, OTHER)), Answer.REPRESENTED, 0),
        (replace(SENT, declined_at=AT), Answer.DECLINED, 1),
        (replace(SENT, declined_at=AT, represented_by="Karl"), Answer.REPRESENTED, 1),
        (replace(SENT, declined_at=AT, comers=(COMES,)), Answer.ACCEPTED, 0),
        (replace(SENT, withdrawn_at=AT), Answer.WITHDRAWN, 1),
        (replace(SENT, withdrawn_at=AT, comers=(COMES,)), Answer.ACCEPTED, 0),
        (replace(SENT, guest=TOWN, comers=(OTHER,)), Answer.ACCEPTED, 1),
        (replace(SENT, guest=TOWN, comers=(OTHER, COMES)), Answer.ACCEPTED, 0),
    ],
)
def test_what_became_of_it_follows_from_who_comes(invitation, answer, left):
    assert (invitation.answer, invitation.left) == (answer, left)


@pytest.mark.parametrize(
    ("guest", "is_organisation", "called"),
    [
        (GERDA, False, "Gerda Gast"),
        (TOWN, True, "Stadt Lünen"),
        (replace(TOWN, places=1), True, "Stadt Lünen"),  # it has no name, so it names somebody
        (replace(GERDA, places=3), True, "Stadt Lünen, Gerda Gast"),
    ],
)
def test_whoever_has_no_name_or_several_places_names_people(guest, is_organisation, called):
    assert (guest.is_organisation, guest.called) == (is_organisation, called)


def test_nobody_registers_by_what_was_withdrawn_or_is_used():
    require_usable(SENT)
    require_usable(replace(SENT, declined_at=AT))  # may think again
    with pytest.raises(InvitationWithdrawn):
        require_usable(replace(SENT, withdrawn_at=AT))
    with pytest.raises(InvitationUsed):
        require_usable(replace(SENT, comers=(COMES,)))


def test_nobody_loses_a_place_by_fewer_places():
    full = replace(SENT, guest=TOWN, comers=(COMES, OTHER))
    require_room(full, replace(TOWN, places=2))
    with pytest.raises(FewerPlacesThanUsed):
        require_room(full, replace(TOWN, places=1))


def test_an_address_is_sure_only_where_the_link_was_sent_to_it():
    assert confirms_address(SENT, GERDA.keys["email_key"])
    assert not confirms_address(SENT, "somebody@example.org")
    assert not confirms_address(replace(SENT, sent_at=None), GERDA.keys["email_key"])


def test_who_is_written_to_and_what_is_counted():
    new = replace(SENT, id=2, sent_at=None)
    gone = replace(SENT, id=3, withdrawn_at=AT)
    comes = replace(SENT, id=4, comers=(COMES,))
    every = [SENT, new, gone, comes, replace(new, id=5, comers=(COMES,))]
    assert [each.id for each in unsent(every)] == [2]
    assert [each.id for each in unanswered(every)] == [1]
    counts = Counts.of(every)
    assert (counts.all, counts.unsent, counts.places, counts.used) == (5, 1, 4, 2)
    assert counts.by_answer[Answer.ACCEPTED] == 2


@pytest.mark.parametrize(
    ("access", "person", "is_refused"),
    [
        (Access.OPEN, NOBODY, False),
        (Access.OPEN, GUEST, False),
        (Access.INVITED, NOBODY, True),
        (Access.INVITED, GUEST, False),
    ],
)
def test_by_invitation_only_the_door_opens_to_guests_alone(access, person, is_refused):
    hall = replace(halls.hall(), rules=Rules(access=access))
    reason = conditions.first_reason(conditions.REGISTERING, hall, person, CONGRESS)
    assert isinstance(reason, NotInvited) is is_refused
    assert conditions.first_reason(conditions.ENTERING, hall, person, CONGRESS) is None


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (GuestRow(1, replace(GERDA, email="neu@example.org")), Outcome.ADDED),
        (GuestRow(1, replace(GERDA, email="GERDA@example.org")), Outcome.UNCHANGED),
        (GuestRow(1, replace(GERDA, organisation="Kreis Unna")), Outcome.ADDED),
        (GuestRow(1, replace(GERDA, language="en")), Outcome.CHANGED),
        (GuestRow(1, replace(GERDA, language="en"), says_language=False), Outcome.UNCHANGED),
        (GuestRow(1, replace(TOWN, places=1)), Outcome.OPEN),  # two have registered by it
        (GuestRow(1, replace(TOWN, places=1), says_places=False), Outcome.UNCHANGED),
        (GuestRow(1, replace(TOWN, places=3)), Outcome.CHANGED),
        (GuestRow(1, replace(GERDA, given_name="Gone")), Outcome.ADDED),  # that was withdrawn
        (GuestRow(1, GERDA, faults=("wrong",)), Outcome.OPEN),
    ],
)
def test_a_row_of_a_table_beside_who_is_invited(row, outcome):
    known = [
        SENT,
        replace(SENT, id=2, guest=TOWN, comers=(COMES, OTHER)),
        replace(SENT, id=3, guest=replace(GERDA, given_name="Gone"), withdrawn_at=AT),
    ]
    [finding] = compare([row], known)
    assert finding.outcome is outcome
    again = compare([row, replace(row, number=2)], known)[1]
    assert again.outcome is Outcome.OPEN
    assert again.twin == (0 if row.faults else 1)


def test_another_moment_of_sending_is_no_other_invitation():
    assert SENT.mark == replace(SENT, sent_at=AT + timedelta(days=1)).mark
    assert SENT.mark != replace(SENT, declined_at=AT).mark
