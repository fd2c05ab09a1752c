"""What contact persons do with projects: propose, correct, join and leave."""

from datetime import date, datetime

from sqlalchemy import select

from congress.domain.access import CONTACT
from congress.domain.network.contacts import Contact, TermNotInForce
from congress.domain.network.projects import (
    Part,
    PartFacts,
    PartOfOffice,
    ProjectFacts,
    ProjectState,
    StepNotPossible,
)
from congress.extensions import db
from congress.models import NetworkProject, ProjectPart
from congress.queries.network import contacts, projects
from congress.services.network import joining_projects, project_letters
from congress.services.network.projecting import hold, new, record, revise
from congress.transaction import transaction


def propose(contact_id: int, facts: ProjectFacts, *, today: date, now: datetime) -> int:
    """Propose a project that the own organisation leads; returns its number.

    Pressed twice it is proposed once. Raises TermNotInForce.
    """
    with transaction():
        contact = _speaking(contact_id, today)
        if (known := _same(contact.organisation_id, facts)) is not None:
            return known
        row = new(facts, ProjectState.PROPOSED, now=now)
        row.proposed_by, row.proposed_at = contact.id, now
        record("project_proposed", row, actor=CONTACT, now=now)
        own = PartFacts(Part.LEAD, contact.name, contact.details.email)
        joining_projects.add(row, contact.organisation_id, own, actor=CONTACT, now=now)
        project_letters.proposed(row, contact, now=now)
        return row.id


def correct(
    contact_id: int,
    project_id: int,
    facts: ProjectFacts,
    *,
    version: str,
    today: date,
    now: datetime,
) -> bool:
    """Say something else of a proposal; returns whether it is something else.

    Raises TermNotInForce, StepNotPossible once it was answered, and ProjectEditedMeanwhile.
    """
    with transaction():
        contact = _speaking(contact_id, today)
        row = hold(project_id)
        own = joining_projects.find(row.id, contact.organisation_id)
        if row.state != ProjectState.PROPOSED or own is None or own.part != Part.LEAD:
            raise StepNotPossible(ProjectState(row.state))
        return revise(row, facts, version=version, actor=CONTACT, now=now)


def join(contact_id: int, project_id: int, *, today: date, now: datetime) -> None:
    """Let the own organisation take part in a running project; again changes nothing.

    Raises TermNotInForce, TooManyParts, and StepNotPossible where it is not open to join.
    """
    with transaction():
        contact = _speaking(contact_id, today)
        row = hold(project_id)
        if not (row.is_published and row.state == ProjectState.RUNNING):
            raise StepNotPossible(ProjectState(row.state))
        if joining_projects.find(row.id, contact.organisation_id) is None:
            own = PartFacts(Part.PARTICIPANT, contact.name, contact.details.email)
            joining_projects.add(row, contact.organisation_id, own, actor=CONTACT, now=now)


def leave(contact_id: int, project_id: int, *, today: date, now: datetime) -> None:
    """Let the own organisation take part no more; again changes nothing.

    Raises TermNotInForce, and PartOfOffice where it leads or is a partner.
    """
    with transaction():
        contact = _speaking(contact_id, today)
        row = hold(project_id)
        own = joining_projects.find(row.id, contact.organisation_id)
        if own is None:
            return
        if own.part != Part.PARTICIPANT:
            raise PartOfOffice
        joining_projects.drop(row, own, actor=CONTACT, now=now)


def _speaking(contact_id: int, today: date) -> Contact:
    contact = contacts.find(contact_id)
    if contact is None or not contact.term.holds_on(today):
        raise TermNotInForce
    return contact


def _same(organisation_id: int, facts: ProjectFacts) -> int | None:
    """Return a proposal of an organisation that says the same."""
    rows = db.session.scalars(
        select(NetworkProject)
        .join(ProjectPart, ProjectPart.project_id == NetworkProject.id)
        .where(
            NetworkProject.state == ProjectState.PROPOSED,
            ProjectPart.organisation_id == organisation_id,
        )
    )
    return next((row.id for row in rows if projects.facts_of(row) == facts), None)
