"""People of a planning circle in the team of a congress: until when their role counts."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from congress import clock
from congress.domain.access import COMMAND, Actor, ActorKind, Right, Role
from congress.domain.network.projects import Part, PartFacts, ProjectStep
from congress.extensions import db
from congress.models import CongressRole, OutboxMessage, User
from congress.queries import accounts as account_queries
from congress.queries import lent_roles, team
from congress.queries.network import contacts
from congress.services.logins import accounts, lending
from congress.services.logins import team as team_services
from congress.services.network import appointing, joining_projects, projecting
from tests import builders
from tests.network import a_contact, an_organisation
from tests.projects import a_part, a_project

pytestmark = pytest.mark.usefixtures("database")

NOW = builders.OPEN
TODAY = NOW.date()
LAST = TODAY + timedelta(days=30)
MAIL = "max@example.org"
BY: Any = {"actor": COMMAND, "now": NOW}


@pytest.fixture
def house():
    with time_machine.travel(NOW, tick=False):
        town, circle = an_organisation(), a_project(kind="initiative_circle")
        part = a_part(circle, town, person="Max Muster", email=MAIL)
        congress = builders.a_congress()
        yield SimpleNamespace(congress=congress.id, project=circle.id, part=part.id, town=town)


def lend(house, role=Role.PROGRAMME, until=LAST, now=NOW):
    said = BY | {"now": now}
    return lending.lend(house.congress, house.project, [house.part], role, until, **said)


def may(house, right=Right.EDIT_PROGRAMME):
    number = db.session.scalars(select(User.id).where(User.email == MAIL)).one()
    actor = Actor(ActorKind.ORGANISER, number)
    return account_queries.is_allowed(actor, right, house.congress, now=clock.now())


def counts(house):
    """Return what counts for the pages of the team, and whether the role is over."""
    found = {each.email: each for each in team.members(house.congress, now=clock.now())}[MAIL]
    return set(found.roles), found.is_over


def test_a_role_ends_with_its_last_day_and_nobody_has_to_end_it(house):
    assert lend(house) == ([MAIL], [])
    assert may(house)
    assert not may(house, Right.GRANT_RIGHTS)
    assert counts(house) == ({Role.PROGRAMME}, False)
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert may(house)
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        assert not may(house)
        assert counts(house) == (set(), True)
    kinds = db.session.scalars(select(OutboxMessage.kind)).all()
    assert kinds == ["organiser_invited"]


def test_what_is_over_is_lent_anew_and_who_is_there_stays_as_they_are(house):
    lend(house, until=TODAY)
    assert lend(house) == ([], [MAIL])
    later = NOW + timedelta(days=1)
    with time_machine.travel(later, tick=False):
        assert lend(house, Role.READER, now=later) == ([MAIL], [])
        assert counts(house) == ({Role.READER}, False)
        assert not may(house)


def test_a_role_for_good_is_not_touched(house):
    accounts.invite(MAIL, roles={house.congress: Role.READER}, **BY)
    assert lend(house) == ([], [MAIL])
    with time_machine.travel(NOW + timedelta(days=900), tick=False):
        assert may(house, Right.SEE_CONGRESS)


def test_another_role_ends_as_the_one_before(house):
    lend(house)
    number = db.session.scalars(select(User.id).where(User.email == MAIL)).one()
    team_services.change_roles(house.congress, number, {Role.READER}, **BY)
    row = db.session.scalars(select(CongressRole)).one()
    assert (row.role, row.until, row.project_part_id) == ("reader", LAST, house.part)


def test_whoever_is_taken_out_of_the_project_has_no_role_any_more(house):
    lend(house)
    joining_projects.take_out(house.project, house.part, **BY)
    assert not may(house)
    assert db.session.scalars(select(CongressRole)).all() == []


def test_somebody_else_in_the_project_does_not_inherit_the_role(house):
    lend(house)
    same = PartFacts(Part.PARTNER, "Max Muster", MAIL.upper())
    joining_projects.put_in(house.project, house.town.id, same, **BY)
    assert may(house)
    other = PartFacts(Part.PARTNER, "Eva Neu", "eva@example.org")
    joining_projects.put_in(house.project, house.town.id, other, **BY)
    assert not may(house)


def test_a_finished_project_lends_nothing(house):
    lend(house)
    projecting.take(house.project, ProjectStep.FINISH, **BY)
    assert not may(house)
    assert counts(house) == (set(), True)
    assert lent_roles.circles() == []
    assert lend(house) == ([], [])
    projecting.take(house.project, ProjectStep.RESUME, **BY)
    assert may(house)  # the cause is back, and the last day is to come


@pytest.mark.parametrize(
    ("ends", "holds"), [(-1, False), (0, True), (None, True)], ids=["ended", "last day", "open"]
)
def test_the_term_of_a_contact_person_bears_the_role(house, ends, holds):
    ends_on = None if ends is None else TODAY + timedelta(days=ends)
    a_contact(house.town, email=MAIL, starts_on=date(2014, 1, 1), ends_on=ends_on)
    lend(house)
    assert may(house) is holds


def test_a_new_term_bears_it_again_and_that_of_another_organisation_does_not_matter(house):
    yesterday = TODAY - timedelta(days=1)
    a_contact(house.town, email=MAIL, starts_on=date(2014, 1, 1), ends_on=yesterday)
    a_contact(house.town, "Neu", email=MAIL, starts_on=TODAY)
    a_contact(an_organisation("Stadt Essen"), email=MAIL, ends_on=yesterday)
    lend(house)
    assert may(house)


@pytest.mark.parametrize(
    ("again", "holds"), [(None, False), ("Stadt Bonn", False), ("own", True)], ids=str
)
def test_a_role_does_not_come_back_once_the_term_that_ended_it_is_forgotten(house, again, holds):
    """Contact persons go a year after their term, and a role may be lent for three."""
    a_contact(house.town, email=MAIL, starts_on=date(2014, 1, 1), ends_on=TODAY)
    lend(house, until=TODAY + timedelta(days=1000))
    later = NOW + timedelta(days=400)
    with time_machine.travel(later, tick=False):
        assert not may(house)
        if again:
            town = house.town if again == "own" else an_organisation(again)
            a_contact(town, "Neu", email=MAIL, starts_on=later.date())
        assert appointing.forget_old(now=later) == 1
        assert may(house) is holds


@pytest.mark.parametrize(
    ("also", "holds"), [(None, False), ("Stadt Bonn", False), ("own", True)], ids=str
)
def test_a_role_ends_when_the_contact_person_has_another_address(house, also, holds):
    """What is lent to an address could not be ended any more by the end of the term."""
    number = a_contact(house.town, email=MAIL, starts_on=date(2014, 1, 1)).id
    if also:
        a_contact(house.town if also == "own" else an_organisation(also), "Neu", email=MAIL)
    lend(house)
    before = contacts.find(number)
    details = replace(before.details, email="neu@example.org")
    appointing.change(number, details, before.term, version=before.version, **BY)
    assert may(house) is holds
