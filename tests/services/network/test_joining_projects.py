"""Which organisations take part in a project: one leads, each stands there once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from congress.domain.access import COMMAND
from congress.domain.network import projects as rules
from congress.domain.network.projects import Part, PartFacts, TooManyParts
from congress.queries.network import projects
from congress.services.network import joining_projects
from tests.network import an_organisation
from tests.projects import a_project

BY: Any = {"actor": COMMAND, "now": datetime(2016, 3, 1, 12, tzinfo=UTC)}


def parts(project):
    found = projects.find(project.id).parts
    return [(each.organisation, each.facts.part) for each in found]


def test_who_led_before_is_a_partner_when_another_one_leads(session):
    project, rheine, essen = a_project(), an_organisation(), an_organisation("Stadt Essen")
    joining_projects.put_in(project.id, rheine.id, PartFacts(Part.LEAD, "Anna Albers"), **BY)
    joining_projects.put_in(project.id, essen.id, PartFacts(Part.PARTICIPANT), **BY)
    assert parts(project) == [("Stadt Rheine", Part.LEAD), ("Stadt Essen", Part.PARTICIPANT)]

    joining_projects.put_in(project.id, essen.id, PartFacts(Part.LEAD), **BY)
    assert parts(project) == [("Stadt Essen", Part.LEAD), ("Stadt Rheine", Part.PARTNER)]


def test_who_is_taken_out_is_out_and_another_project_keeps_its_own(session):
    project, other, rheine = a_project(), a_project("Anderes"), an_organisation()
    for each in (project, other):
        joining_projects.put_in(each.id, rheine.id, PartFacts(Part.PARTNER), **BY)
    [part] = projects.find(project.id).parts
    joining_projects.take_out(other.id, part.id, **BY)
    assert parts(project)
    for _again in (1, 2):
        joining_projects.take_out(project.id, part.id, **BY)
    assert (parts(project), parts(other)) == ([], [("Stadt Rheine", Part.PARTNER)])


def test_a_project_has_room_for_so_many_and_those_in_it_stay(session, monkeypatch):
    project, rheine, essen = a_project(), an_organisation(), an_organisation("Stadt Essen")
    monkeypatch.setattr(joining_projects, "MOST_PARTS", 1)
    assert rules.MOST_PARTS > 1
    joining_projects.put_in(project.id, rheine.id, PartFacts(Part.PARTNER), **BY)
    joining_projects.put_in(project.id, rheine.id, PartFacts(Part.LEAD), **BY)
    with pytest.raises(TooManyParts):
        joining_projects.put_in(project.id, essen.id, PartFacts(Part.PARTNER), **BY)
    assert parts(project) == [("Stadt Rheine", Part.LEAD)]
