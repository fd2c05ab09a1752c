"""Saved views: one name once, nothing overwritten unseen, and what goes with whom."""

import pytest
from sqlalchemy import delete, select

from congress.domain.access import COMMAND, Actor, ActorKind
from congress.domain.attendee_views import (
    MOST,
    EnoughViews,
    View,
    ViewEditedMeanwhile,
    ViewNamedAlready,
)
from congress.extensions import db
from congress.models import AuditLine, Congress, User
from congress.queries import attendee_views
from congress.services import keeping_views
from congress.services.logins import accounts
from congress.services.planning.deleting import delete_draft
from tests.builders import OPEN, a_congress

WAITING = "?state=waiting"


@pytest.fixture
def congress_id(database):
    return a_congress(state="draft").id


@pytest.fixture
def colleagues(database):
    emails = ("a@example.org", "b@example.org")
    numbers = [accounts.invite(each, actor=COMMAND, now=OPEN) for each in emails]
    return [Actor(ActorKind.ORGANISER, number) for number in numbers]


def save(congress_id, actor, name, query=WAITING, *, is_shared=False, replaces=""):
    wanted = View(name, query, is_shared)
    keeping_views.save_view(congress_id, wanted, replaces=replaces, actor=actor, now=OPEN)


def found(congress_id, actor):
    db.session.rollback()
    views = attendee_views.views(congress_id, actor.user_id)
    return [(each.name, each.query, each.is_shared) for each in views]


def version_of(congress_id, actor, name):
    views = attendee_views.views(congress_id, actor.user_id)
    [view] = [each for each in views if each.name == name]
    return view.id, view.version


def test_shared_views_are_everybodys_and_own_ones_nobody_elses(congress_id, colleagues):
    one, other = colleagues
    save(congress_id, one, "Warteliste", is_shared=True)
    for actor in colleagues:  # one name each, and one for all
        save(congress_id, actor, "warteliste")
    save(congress_id, one, "Übrige", "")
    save(congress_id, one, "Übrige", "")  # sent twice

    shared = ("Warteliste", WAITING, True)
    assert found(congress_id, one) == [
        shared,
        ("Übrige", "", False),
        ("warteliste", WAITING, False),
    ]
    assert found(congress_id, other) == [shared, ("warteliste", WAITING, False)]
    assert found(a_congress(slug="zweiter").id, one) == []
    verbs = db.session.scalars(select(AuditLine.verb).where(AuditLine.verb.like("view%"))).all()
    assert verbs == ["view_shared"]


def test_nobody_replaces_renames_or_deletes_what_they_have_not_seen(congress_id, colleagues):
    one, other = colleagues
    save(congress_id, one, "Warteliste", is_shared=True)
    with pytest.raises(ViewNamedAlready):
        save(congress_id, other, "WARTELISTE", "?q=x", is_shared=True)
    number, seen = version_of(congress_id, other, "Warteliste")
    save(congress_id, one, "Warteliste", "?q=y", is_shared=True, replaces=seen)
    with pytest.raises(ViewNamedAlready):  # replaced meanwhile
        save(congress_id, other, "Warteliste", "?q=x", is_shared=True, replaces=seen)
    act = {"actor": other, "now": OPEN}
    with pytest.raises(ViewEditedMeanwhile):
        keeping_views.rename_view(congress_id, number, "Neu", version=seen, **act)
    with pytest.raises(ViewEditedMeanwhile):
        keeping_views.delete_view(congress_id, number, version=seen, **act)
    save(congress_id, one, "Meine")
    own, version = version_of(congress_id, one, "Meine")
    with pytest.raises(ViewEditedMeanwhile):  # of a colleague: as if it were not there
        keeping_views.delete_view(congress_id, own, version=version, **act)
    assert found(congress_id, other) == [("Warteliste", "?q=y", True)]

    _, seen = version_of(congress_id, other, "Warteliste")
    keeping_views.rename_view(congress_id, number, "Am Telefon", version=seen, **act)
    save(congress_id, other, "Andere", is_shared=True)
    _, seen = version_of(congress_id, other, "Am Telefon")
    with pytest.raises(ViewNamedAlready):
        keeping_views.rename_view(congress_id, number, "andere", version=seen, **act)
    keeping_views.delete_view(congress_id, number, version=seen, **act)
    assert found(congress_id, other) == [("Andere", WAITING, True)]


@pytest.mark.sqlite_only
def test_there_are_at_most_as_many_as_somebody_can_look_through(congress_id, colleagues):
    one, other = colleagues
    for number in range(MOST):
        save(congress_id, one, f"Ansicht {number}")
    with pytest.raises(EnoughViews):
        save(congress_id, one, "Noch eine")
    save(
        congress_id, one, "Ansicht 1", "?q=x", replaces=version_of(congress_id, one, "Ansicht 1")[1]
    )
    save(congress_id, one, "Für alle", is_shared=True)
    save(congress_id, other, "Noch eine")


def test_own_views_go_with_the_account_and_all_with_the_congress(congress_id, colleagues):
    one, other = colleagues
    for actor in colleagues:
        save(congress_id, actor, "Meine")
    save(congress_id, one, "Für alle", is_shared=True)
    db.session.execute(delete(User).where(User.id == one.user_id))
    db.session.commit()
    assert found(congress_id, one) == [("Für alle", WAITING, True)]

    delete_draft(congress_id, actor=other, now=OPEN)
    assert db.session.get(Congress, congress_id) is None
    assert found(congress_id, other) == []
