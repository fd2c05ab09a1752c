"""A project of the network: begun, described, taken a step further, shown and withdrawn."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.folding import fold_for_search
from congress.domain.network.projects import (
    ANSWERS,
    CLOSED,
    KEPT_AFTER_PROJECT,
    SHOWABLE,
    ProjectEditedMeanwhile,
    ProjectFacts,
    ProjectState,
    ProjectStep,
    after,
    require_showable,
)
from congress.domain.slugs import free_code
from congress.extensions import db
from congress.models import CongressRole, NetworkProject, ProjectPart
from congress.queries.network import projects
from congress.services import auditing
from congress.services.network import project_letters
from congress.transaction import transaction

PROJECTS, PARTS = table_of(NetworkProject), table_of(ProjectPart)
ROLES = table_of(CongressRole)


def add(facts: ProjectFacts, *, actor: Actor, now: datetime) -> int:
    """Begin a project, which nobody but the office sees yet; returns its number."""
    with transaction():
        row = new(facts, ProjectState.RUNNING, now=now)
        record("project_added", row, actor=actor, now=now)
        return row.id


def change(
    project_id: int, facts: ProjectFacts, *, version: str, actor: Actor, now: datetime
) -> bool:
    """Say something else of a project; returns whether it is something else.

    Raises ProjectEditedMeanwhile.
    """
    with transaction():
        row = hold(project_id)
        return revise(row, facts, version=version, actor=actor, now=now)


def take(
    project_id: int, step: ProjectStep, *, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Take a project a step further; what is declined is shown to nobody.

    Who proposed it is told what became of that.

    Raises StepNotPossible.
    """
    with transaction():
        row = hold(project_id)
        state = after(ProjectState(row.state), step)
        row.state, row.reason = state, reason
        row.closed_at = now if state in CLOSED else None
        row.is_published = row.is_published and state in SHOWABLE
        record(f"project_{step}", row, actor=actor, now=now)
        if step in ANSWERS:
            project_letters.answered(row, now=now)


def show(project_id: int, *, actor: Actor, now: datetime) -> None:
    """Show a project to everybody; again changes nothing. Raises ProjectNotShown."""
    with transaction():
        row = hold(project_id)
        require_showable(ProjectState(row.state))
        if not row.is_published:
            row.is_published = True
            record("project_published", row, actor=actor, now=now)


def withdraw(project_id: int, *, actor: Actor, now: datetime) -> None:
    """Show a project to the office only; again changes nothing."""
    with transaction():
        row = hold(project_id)
        if row.is_published:
            row.is_published = False
            record("project_withdrawn", row, actor=actor, now=now)


def forget_old(*, now: datetime) -> int:
    """Forget who took part for whom, a year after a project; returns how many people.

    Roles in congresses that they were lent go with it.
    """
    last = (now - KEPT_AFTER_PROJECT).date()
    over = select(PROJECTS.c.id).where(
        (PROJECTS.c.closed_at < now - KEPT_AFTER_PROJECT) | (PROJECTS.c.ends_on < last)
    )
    with transaction():
        db.session.execute(
            update(PROJECTS)
            .where(PROJECTS.c.id.in_(over), PROJECTS.c.contact != "")
            .values(contact="")
        )
        of_over = select(PARTS.c.id).where(PARTS.c.project_id.in_(over))
        db.session.execute(delete(ROLES).where(ROLES.c.project_part_id.in_(of_over)))
        result = db.session.execute(
            update(PARTS)
            .where(PARTS.c.project_id.in_(over), (PARTS.c.person != "") | (PARTS.c.email != ""))
            .values(person="", email="")
        )
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows


def hold(project_id: int) -> NetworkProject:
    """Lock a project that is there."""
    return db.session.scalars(
        select(NetworkProject).where(NetworkProject.id == project_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one()


def new(facts: ProjectFacts, state: ProjectState, *, now: datetime) -> NetworkProject:
    """Store a project, inside a running transaction."""
    code = free_code(facts.title["de"], projects.codes())
    row = NetworkProject(code=code, state=state, created_at=now)
    _write(row, facts)
    db.session.add(row)
    db.session.flush()
    return row


def revise(
    row: NetworkProject, facts: ProjectFacts, *, version: str, actor: Actor, now: datetime
) -> bool:
    """Let a row that is held say these facts. Raises ProjectEditedMeanwhile."""
    before = projects.facts_of(row)
    if before.version != version:
        raise ProjectEditedMeanwhile
    changes = before.changes_to(facts)
    if changes:
        _write(row, facts)
        record("project_changed", row, actor=actor, now=now, fields=changes)
    return bool(changes)


def record(
    verb: str,
    row: NetworkProject,
    *,
    actor: Actor,
    now: datetime,
    fields: Iterable[str] = (),
    details: dict[str, Any] | None = None,
) -> None:
    """Add the line of the log about a project."""
    said = {"project_id": row.id, "title": row.title.get("de", ""), **(details or {})}
    auditing.record(verb, actor=actor, now=now, fields=list(fields), details=said)


def _write(row: NetworkProject, facts: ProjectFacts) -> None:
    row.kind, row.contact = facts.kind, facts.contact
    row.title, row.summary = dict(facts.title), dict(facts.summary)
    row.results = dict(facts.results)
    row.starts_on, row.ends_on = facts.starts_on, facts.ends_on
    row.search = fold_for_search(*(facts.title[each] for each in sorted(facts.title)))
