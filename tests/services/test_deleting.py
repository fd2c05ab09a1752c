"""Deleting a draft, and making a draft of what nobody has registered for."""

import pytest
from sqlalchemy import func, select

from congress.domain.access import Actor, ActorKind, Role
from congress.domain.congresses import CongressState
from congress.domain.planning.release import SomebodyRegistered, StateUnreachable
from congress.extensions import db
from congress.models import (
    AuditLine,
    Congress,
    CongressDay,
    CongressRole,
    Contribution,
    Person,
    ProgrammeItem,
    Room,
    User,
)
from congress.services.logins import accounts
from congress.services.planning import deleting, importing, releasing
from tests.builders import OPEN, a_congress, a_registration
from tests.services.test_importing import PLAN

pytestmark = pytest.mark.usefixtures("database")
ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


def change(congress_id, state):
    releasing.change_state(congress_id, state, actor=ORGANISER, now=OPEN)


def a_planned_draft():
    imported = importing.import_congress(PLAN, actor=ORGANISER, now=OPEN)
    change(imported.congress_id, CongressState.DRAFT)
    roles = {imported.congress_id: Role.ORGANISER}
    accounts.invite("organisation@example.org", actor=ORGANISER, now=OPEN, roles=roles)
    return imported.congress_id


def test_a_draft_goes_with_all_that_is_its_own_and_the_log_stays():
    congress_id = a_planned_draft()
    later = a_congress(slug="next-one", edition_of_id=congress_id).id
    lines = db.session.scalars(select(func.count()).select_from(AuditLine)).one()

    deleting.delete_draft(congress_id, actor=ORGANISER, now=OPEN)

    db.session.expire_all()
    assert db.session.scalars(select(Congress.id)).all() == [later]
    assert db.session.get_one(Congress, later).edition_of_id is None
    for table in (ProgrammeItem, Room, Contribution, Person, CongressRole):
        assert db.session.scalars(select(table.id)).all() == [], table
    assert set(db.session.scalars(select(CongressDay.congress_id))) == {later}
    assert len(db.session.scalars(select(User.id)).all()) == 1
    verbs = db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert (len(verbs), verbs[-1]) == (lines + 1, "congress_deleted")


def test_only_drafts_are_deleted():
    congress = a_congress(state="published")

    with pytest.raises(StateUnreachable):
        deleting.delete_draft(congress.id, actor=ORGANISER, now=OPEN)

    assert db.session.scalars(select(Congress.id)).all() == [congress.id]


@pytest.mark.parametrize("state", ["confirmed", "waiting", "cancelled"])
def test_what_somebody_has_a_link_to_stays(state):
    """Whoever withdrew still has an own page and a feed."""
    published, draft = a_congress(state="published"), a_congress(slug="draft", state="draft")
    for congress in (published, draft):
        a_registration(congress, state=state)

    with pytest.raises(SomebodyRegistered):
        change(published.id, CongressState.DRAFT)
    with pytest.raises(SomebodyRegistered):
        deleting.delete_draft(draft.id, actor=ORGANISER, now=OPEN)

    assert published.state == "published"


def test_what_nobody_registered_for_becomes_a_draft_and_comes_back():
    congress = a_congress(state="published")
    for state in (CongressState.DRAFT, CongressState.PUBLISHED):
        change(congress.id, state)
        db.session.refresh(congress)
        assert congress.state == state
