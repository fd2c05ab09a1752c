"""Projects at the office: begun, changed, taken further, shown, and what goes a year later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.projects import (
    ProjectEditedMeanwhile,
    ProjectFacts,
    ProjectKind,
    ProjectNotShown,
    ProjectState,
    ProjectStep,
    StepNotPossible,
)
from congress.models import AuditLine, NetworkProject
from congress.queries.network import projects
from congress.services.network import projecting
from tests.network import an_organisation
from tests.projects import a_part, a_project

NOW = datetime(2016, 3, 1, 12, tzinfo=UTC)
FACTS = ProjectFacts(
    ProjectKind.PUBLICATION, {"de": "Handreichung für Räte"}, starts_on=date(2015, 5, 1)
)
BY: Any = {"actor": COMMAND, "now": NOW}


def verbs(session):
    return session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()


def test_a_new_project_runs_and_only_the_office_sees_it(session):
    first, second = projecting.add(FACTS, **BY), projecting.add(FACTS, **BY)
    found = projects.find(first)
    assert (found.state, found.facts, found.is_public) == (ProjectState.RUNNING, FACTS, False)
    assert [found.code, projects.find(second).code] == [
        "handreichung-fur-rate",
        "handreichung-fur-rate-2",
    ]
    assert projects.find_public(found.code) is None


def test_nobody_saves_over_what_they_have_not_seen(session):
    number = projecting.add(FACTS, **BY)
    other = replace(FACTS, results={"de": "Gedruckt"})
    assert projecting.change(number, other, version=FACTS.version, **BY)
    assert not projecting.change(number, other, version=other.version, **BY)
    with pytest.raises(ProjectEditedMeanwhile):
        projecting.change(number, FACTS, version=FACTS.version, **BY)
    assert projects.find(number).facts == other
    lines = session.scalars(select(AuditLine).where(AuditLine.verb == "project_changed")).all()
    assert [line.fields for line in lines] == [["results"]]


def test_what_is_published_is_seen_until_it_is_withdrawn(session):
    project = a_project(is_published=False)
    for _again in (1, 2):
        projecting.show(project.id, **BY)
    assert projects.find_public(project.code).is_public
    for _again in (1, 2):
        projecting.withdraw(project.id, **BY)
    assert projects.find_public(project.code) is None
    assert verbs(session) == ["project_published", "project_withdrawn"]


@pytest.mark.parametrize("state", ["proposed", "declined"])
def test_what_is_not_taken_on_cannot_be_shown(session, state):
    project = a_project(state=state, is_published=False)
    with pytest.raises(ProjectNotShown):
        projecting.show(project.id, **BY)


def test_a_project_is_finished_and_resumed_and_not_finished_twice(session):
    project = a_project()
    projecting.take(project.id, ProjectStep.FINISH, **BY)
    row = session.scalars(select(NetworkProject)).one()
    assert (row.state, row.closed_at, row.is_published) == ("finished", NOW, True)
    with pytest.raises(StepNotPossible):
        projecting.take(project.id, ProjectStep.FINISH, **BY)
    projecting.take(project.id, ProjectStep.RESUME, **BY)
    assert (row.state, row.closed_at) == ("running", None)
    assert verbs(session) == ["project_finish", "project_resume"]


def test_a_declined_proposal_keeps_the_reason_until_it_is_taken_on(session):
    project = a_project(state="proposed", is_published=False)
    projecting.take(project.id, ProjectStep.DECLINE, reason="Gibt es schon.", **BY)
    assert projects.find(project.id).reason == "Gibt es schon."
    projecting.take(project.id, ProjectStep.ACCEPT, **BY)
    assert projects.find(project.id).reason == ""


@pytest.mark.parametrize(
    ("values", "goes"),
    [
        ({"state": "finished", "closed_at": NOW - timedelta(days=366)}, True),
        ({"state": "declined", "is_published": False, "closed_at": NOW - timedelta(366)}, True),
        ({"ends_on": date(2015, 2, 27)}, True),
        ({"state": "finished", "closed_at": NOW - timedelta(days=364)}, False),
        ({"ends_on": date(2015, 3, 3)}, False),
        ({}, False),
    ],
)
def test_names_go_a_year_after_the_project(session, values, goes):
    project = a_project(contact="Eva Essen", **values)
    part = a_part(project, an_organisation(), person="Anna Albers", email="a@example.org")
    assert projecting.forget_old(now=NOW) == goes
    session.refresh(part)
    session.refresh(project)
    kept = ("", "", "") if goes else ("Anna Albers", "a@example.org", "Eva Essen")
    assert (part.person, part.email, project.contact) == kept
    assert projecting.forget_old(now=NOW) == 0
