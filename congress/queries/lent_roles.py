"""Roles in a congress that people of a network project have for a while: whether they count.

It is asked each time somebody opens a page, so no job has to end anything.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from congress.base import table_of
from congress.domain.network.projects import ProjectKind, ProjectState
from congress.domain.texts import Texts
from congress.extensions import db, settings
from congress.models import (
    CongressRole,
    ContactPerson,
    NetworkProject,
    Organisation,
    ProjectPart,
    User,
)

PROJECTS, PARTS, ORGANISATIONS = map(table_of, (NetworkProject, ProjectPart, Organisation))
PEOPLE = table_of(ContactPerson)


@dataclass(frozen=True)
class Circle:
    """A running project of the network with people who could help to plan a congress."""

    id: int
    kind: ProjectKind
    title: Texts


@dataclass(frozen=True)
class InCircle:
    """Somebody who is named in a project with an address."""

    part_id: int
    person: str
    email: str
    organisation: str


def day_of(now: datetime) -> date:
    """Return which day it is where the network counts its days."""
    return now.astimezone(ZoneInfo(settings().timezone)).date()


def in_force(now: datetime) -> ColumnElement[bool]:
    """Return whether a role counts: given for good, or lent and neither over nor without cause.

    The cause is gone when the project is over, or when the term of the person as contact person
    of the organisation has ended that brought them into the project.
    """
    day, account = day_of(now), aliased(User)
    same = (
        PEOPLE.c.organisation_id == PARTS.c.organisation_id,
        PEOPLE.c.email_key == account.email_key,
    )
    has_ended = exists().where(*same, PEOPLE.c.ends_on < day)
    holds = exists().where(
        *same,
        PEOPLE.c.starts_on <= day,
        or_(PEOPLE.c.ends_on.is_(None), PEOPLE.c.ends_on >= day),
    )
    has_cause = (
        select(PARTS.c.id)
        .join(PROJECTS, PROJECTS.c.id == PARTS.c.project_id)
        .join(account, account.id == CongressRole.user_id)
        .where(
            PARTS.c.id == CongressRole.project_part_id,
            PROJECTS.c.state == ProjectState.RUNNING,
            or_(PROJECTS.c.ends_on.is_(None), PROJECTS.c.ends_on >= day),
            or_(~has_ended, holds),
        )
        .correlate(CongressRole)
        .exists()
    )
    return or_(CongressRole.until.is_(None), and_(CongressRole.until >= day, has_cause))


def circles() -> list[Circle]:
    """Return the running projects with people in them, initiative circles first, by title."""
    has_people = exists().where(
        PARTS.c.project_id == PROJECTS.c.id, PARTS.c.email != "", PARTS.c.person != ""
    )
    rows = db.session.execute(
        select(PROJECTS.c.id, PROJECTS.c.kind, PROJECTS.c.title)
        .where(PROJECTS.c.state == ProjectState.RUNNING, has_people)
        .order_by(PROJECTS.c.kind != ProjectKind.INITIATIVE_CIRCLE, PROJECTS.c.search)
    )
    return [Circle(row.id, ProjectKind(row.kind), row.title) for row in rows]


def people(project_id: int) -> list[InCircle]:
    """Return who is named in a project with an address, by organisation."""
    rows = db.session.execute(
        select(PARTS.c.id, PARTS.c.person, PARTS.c.email, ORGANISATIONS.c.name)
        .join(ORGANISATIONS, ORGANISATIONS.c.id == PARTS.c.organisation_id)
        .where(PARTS.c.project_id == project_id, PARTS.c.email != "", PARTS.c.person != "")
        .order_by(ORGANISATIONS.c.search, PARTS.c.id)
    )
    return [InCircle(row.id, row.person, row.email, row.name) for row in rows]
