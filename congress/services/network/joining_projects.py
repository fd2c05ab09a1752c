"""Which organisations take part in a project of the network, and in which way."""

from datetime import datetime

from sqlalchemy import func, select

from congress.domain.access import Actor
from congress.domain.network.projects import MOST_PARTS, Part, PartFacts, TooManyParts
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import NetworkProject, Organisation, ProjectPart
from congress.services.logins import lending
from congress.services.network.projecting import hold, record
from congress.transaction import transaction


def put_in(
    project_id: int, organisation_id: int, facts: PartFacts, *, actor: Actor, now: datetime
) -> None:
    """Let an organisation take part, or take part otherwise; who led before is a partner then.

    Raises TooManyParts.
    """
    with transaction():
        add(hold(project_id), organisation_id, facts, actor=actor, now=now)


def take_out(project_id: int, part_id: int, *, actor: Actor, now: datetime) -> None:
    """Let an organisation take part no more; who is gone already stays gone."""
    with transaction():
        project = hold(project_id)
        row = db.session.get(ProjectPart, part_id)
        if row is not None and row.project_id == project.id:
            drop(project, row, actor=actor, now=now)


def add(
    project: NetworkProject,
    organisation_id: int,
    facts: PartFacts,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Let an organisation take part in a project that is held. Raises TooManyParts."""
    if facts.part is Part.LEAD:
        _hand_on(project.id, organisation_id)
    row = find(project.id, organisation_id)
    if row is None:
        _require_room(project.id)
        row = ProjectPart(project_id=project.id, organisation_id=organisation_id, joined_at=now)
        db.session.add(row)
    elif fold_email(row.email or "") != fold_email(facts.email):
        lending.take_back(row.id)  # they were lent to somebody else
    row.part, row.person, row.email = facts.part, facts.person, facts.email
    db.session.flush()
    said = _said(organisation_id) | {"part": str(facts.part)}
    record("project_joined", project, actor=actor, now=now, details=said)


def drop(project: NetworkProject, row: ProjectPart, *, actor: Actor, now: datetime) -> None:
    """Let an organisation take part no more in a project that is held."""
    db.session.delete(row)
    said = _said(row.organisation_id)
    record("project_left", project, actor=actor, now=now, details=said)


def find(project_id: int, organisation_id: int) -> ProjectPart | None:
    """Return the part of an organisation in a project."""
    return db.session.scalars(
        select(ProjectPart).where(
            ProjectPart.project_id == project_id, ProjectPart.organisation_id == organisation_id
        ),
        execution_options={"populate_existing": True},
    ).one_or_none()


def _hand_on(project_id: int, organisation_id: int) -> None:
    leading = select(ProjectPart).where(
        ProjectPart.project_id == project_id,
        ProjectPart.part == Part.LEAD,
        ProjectPart.organisation_id != organisation_id,
    )
    for row in db.session.scalars(leading):
        row.part = Part.PARTNER


def _require_room(project_id: int) -> None:
    there = select(func.count()).where(ProjectPart.project_id == project_id)
    if db.session.scalars(there).one() >= MOST_PARTS:
        raise TooManyParts


def _said(organisation_id: int) -> dict[str, object]:
    name = db.session.scalars(
        select(Organisation.name).where(Organisation.id == organisation_id)
    ).one()
    return {"organisation_id": organisation_id, "name": name}
