"""A congress that is called off: whoever is invited and has not answered is told, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.congresses import CongressState
from congress.extensions import db
from congress.models import AuditLine, Congress, Invitation, OutboxMessage
from congress.services.invitations import calling_off
from tests.builders import ENDS, OPEN, a_congress, a_registration
from tests.guests import an_invitation

SOON, LATER = OPEN + timedelta(hours=1), OPEN + timedelta(days=1)


@pytest.fixture
def congress(database):
    return a_congress()


def set_state(congress, state):
    db.session.get_one(Congress, congress.id).state = state
    db.session.commit()


def work(now=SOON):
    """Do what the worker does; returns whom its letters reach."""
    before = set(db.session.scalars(select(OutboxMessage.id)))
    while calling_off.next_step(now=now):
        pass
    rows = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [each.recipient for each in rows if each.id not in before]


def test_who_has_not_answered_is_told_and_nobody_else(congress):
    an_invitation(congress, email="open@example.org")
    an_invitation(congress, email="town@example.org", organisation="Unna", places=3)
    an_invitation(congress, email="unsent@example.org", sent_at=None)
    an_invitation(congress, email="no@example.org", declined_at=OPEN)
    an_invitation(congress, email="instead@example.org", declined_at=OPEN, represented_by="Max")
    an_invitation(congress, email="gone@example.org", withdrawn_at=OPEN)
    came = an_invitation(congress, email="yes@example.org")
    a_registration(congress, email="yes@example.org", invitation_id=came.id)
    left = an_invitation(congress, email="left@example.org")
    a_registration(congress, email="left@example.org", state="cancelled", invitation_id=left.id)
    assert work() == []

    set_state(congress, CongressState.CANCELLED)

    assert work() == ["open@example.org", "town@example.org"]
    assert work(LATER) == []
    [line] = db.session.scalars(select(AuditLine).where(AuditLine.verb == "invitations_called_off"))
    assert line.details == {"count": 2}


def test_held_after_all_and_called_off_again_is_told_to_whoever_was_invited_again(congress):
    again = an_invitation(congress, email="again@example.org")
    an_invitation(congress, email="once@example.org")
    set_state(congress, CongressState.CANCELLED)
    assert work() == ["again@example.org", "once@example.org"]

    set_state(congress, CongressState.PUBLISHED)
    assert work() == []
    db.session.get_one(Invitation, again.id).sent_at = LATER
    set_state(congress, CongressState.CANCELLED)

    assert work(LATER + timedelta(hours=1)) == ["again@example.org"]


def test_many_are_told_in_steps_and_each_once(congress, monkeypatch):
    monkeypatch.setattr(calling_off, "AT_ONCE", 2)
    for number in range(5):
        an_invitation(congress, email=f"{number}@example.org")
    set_state(congress, CongressState.CANCELLED)

    assert calling_off.next_step(now=SOON)
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 2
    work()

    told = db.session.scalars(select(OutboxMessage.recipient))
    assert sorted(told) == [f"{number}@example.org" for number in range(5)]
    assert set(db.session.scalars(select(OutboxMessage.kind))) == {"invitation_off"}


def test_nobody_is_told_of_what_would_be_over(congress):
    an_invitation(congress)
    set_state(congress, CongressState.CANCELLED)

    assert work(ENDS) == []
