"""Contact persons and projects: proposed, corrected, answered by mail, joined and left."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.contacts import TermNotInForce
from congress.domain.network.projects import (
    Part,
    PartOfOffice,
    ProjectEditedMeanwhile,
    ProjectFacts,
    ProjectKind,
    ProjectState,
    ProjectStep,
    StepNotPossible,
)
from congress.models import AuditLine, OutboxMessage
from congress.queries.network import projects
from congress.services.network import projecting, proposing_projects
from tests.network import a_contact, an_organisation
from tests.projects import a_part, a_project

NOW = datetime(2016, 3, 1, 12, tzinfo=UTC)
AT: Any = {"today": date(2016, 3, 1), "now": NOW}
OFFICE: Any = {"actor": COMMAND, "now": NOW}
FACTS = ProjectFacts(ProjectKind.PUBLICATION, {"de": "Leitfaden", "en": "Guide"})


def letters(session):
    return session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def test_a_proposal_is_of_the_organisation_and_confirmed_once(session):
    contact = a_contact(an_organisation())
    number = proposing_projects.propose(contact.id, FACTS, **AT)
    assert proposing_projects.propose(contact.id, FACTS, **AT) == number
    found = projects.find(number)
    assert (found.state, found.facts, found.is_public) == (ProjectState.PROPOSED, FACTS, False)
    [lead] = found.parts
    assert (lead.organisation, lead.facts.part) == ("Stadt Rheine", Part.LEAD)
    assert (lead.facts.person, lead.facts.email) == ("Anna Albers", contact.email)
    [letter] = letters(session)
    assert (letter.kind, letter.recipient) == ("project_proposed", contact.email)
    assert letter.facts["title"] == "Leitfaden"
    actors = set(session.scalars(select(AuditLine.actor)))
    assert actors == {"contact"}


@pytest.mark.parametrize("is_yes", [True, False])
def test_who_proposed_it_is_told_what_became_of_it(session, is_yes):
    contact = a_contact(an_organisation(), language="en")
    number = proposing_projects.propose(contact.id, FACTS, **AT)
    step, reason = (ProjectStep.ACCEPT, "") if is_yes else (ProjectStep.DECLINE, "Nein.\n\nLeider.")
    projecting.take(number, step, reason=reason, **OFFICE)
    _first, letter = letters(session)
    assert (letter.kind, letter.language) == ("project_answered", "en")
    assert (letter.facts["title"], letter.facts["accepted"]) == ("Guide", is_yes)
    said = [["Nein."], ["Leider."]]
    assert letter.facts.get("paragraphs") == (None if is_yes else said)
    if is_yes:
        projecting.take(number, ProjectStep.FINISH, **OFFICE)
        assert len(letters(session)) == 2


def test_an_ended_term_gets_no_answer_and_does_nothing_more(session):
    contact = a_contact(an_organisation())
    number = proposing_projects.propose(contact.id, FACTS, **AT)
    contact.ends_on = date(2016, 2, 29)
    session.commit()
    projecting.take(number, ProjectStep.ACCEPT, **OFFICE)
    assert [each.kind for each in letters(session)] == ["project_proposed"]
    for act in (proposing_projects.join, proposing_projects.leave):
        with pytest.raises(TermNotInForce):
            act(contact.id, number, **AT)
    with pytest.raises(TermNotInForce):
        proposing_projects.propose(contact.id, FACTS, **AT)


def test_a_proposal_is_corrected_until_it_is_answered_by_its_own_organisation(session):
    contact = a_contact(an_organisation())
    stranger = a_contact(an_organisation("Stadt Essen"), "Eva", "Essen")
    number = proposing_projects.propose(contact.id, FACTS, **AT)
    other = replace(FACTS, summary={"de": "Für Räte"})
    seen: Any = AT | {"version": FACTS.version}
    with pytest.raises(StepNotPossible):
        proposing_projects.correct(stranger.id, number, other, **seen)
    assert proposing_projects.correct(contact.id, number, other, **seen)
    with pytest.raises(ProjectEditedMeanwhile):
        proposing_projects.correct(contact.id, number, FACTS, **seen)
    projecting.take(number, ProjectStep.ACCEPT, **OFFICE)
    with pytest.raises(StepNotPossible):
        proposing_projects.correct(contact.id, number, other, **(seen | {"version": other.version}))
    assert projects.find(number).facts == other


def test_an_organisation_joins_a_public_running_project_once_and_leaves_it(session):
    contact, project = a_contact(an_organisation()), a_project()
    for _again in (1, 2):
        proposing_projects.join(contact.id, project.id, **AT)
    [part] = projects.find(project.id).parts
    assert (part.facts.part, part.facts.person) == (Part.PARTICIPANT, "Anna Albers")
    for _again in (1, 2):
        proposing_projects.leave(contact.id, project.id, **AT)
    assert projects.find(project.id).parts == ()
    verbs = session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs == ["project_joined", "project_left"]


@pytest.mark.parametrize(
    "values",
    [{"state": "finished"}, {"is_published": False}, {"state": "proposed", "is_published": False}],
)
def test_nobody_joins_what_is_over_or_not_public(session, values):
    contact, project = a_contact(an_organisation()), a_project(**values)
    with pytest.raises(StepNotPossible):
        proposing_projects.join(contact.id, project.id, **AT)


@pytest.mark.parametrize("part", ["lead", "partner"])
def test_who_leads_or_is_a_partner_leaves_with_the_office(session, part):
    town, project = an_organisation(), a_project()
    contact = a_contact(town)
    a_part(project, town, part)
    proposing_projects.join(contact.id, project.id, **AT)  # changes nothing
    assert [each.facts.part for each in projects.find(project.id).parts] == [part]
    with pytest.raises(PartOfOffice):
        proposing_projects.leave(contact.id, project.id, **AT)
