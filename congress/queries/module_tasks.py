"""Tasks of the modules of a course, who has to do them, and what was handed in."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.congresses import CongressState
from congress.domain.module_tasks import Doer, HandIn, Task, TaskFacts, Whose
from congress.domain.names import full_name
from congress.extensions import db
from congress.models import Congress, ModuleTask, Registration
from congress.models import HandIn as HandInRow
from congress.queries.attendances import HAS_PLACE

TASKS, HANDED, PEOPLE = map(table_of, (ModuleTask, HandInRow, Registration))
CONGRESSES, A_DAY = table_of(Congress), timedelta(days=1)
FACTS = "day title text due_on whose"
WHO = "given_name family_name organisation organisation_id organisation_key"
IN_ORDER = (TASKS.c.day, TASKS.c.due_on, TASKS.c.id)


def of_congress(congress_id: int) -> list[Task]:
    """Return the tasks of a course, by their modules."""
    statement = select(*columns_of(TASKS, f"id {FACTS}")).where(TASKS.c.congress_id == congress_id)
    return [_task(row) for row in db.session.execute(statement.order_by(*IN_ORDER))]


def find(congress_id: int, task_id: int) -> Task | None:
    """Return a task of this course and no other."""
    here = (TASKS.c.congress_id == congress_id, TASKS.c.id == task_id)
    row = db.session.execute(select(*columns_of(TASKS, f"id {FACTS}")).where(*here)).one_or_none()
    return _task(row) if row else None


def find_anywhere(task_id: int) -> tuple[int, Task] | None:
    """Return a task with the congress that it is of."""
    statement = select(*columns_of(TASKS, f"id congress_id {FACTS}")).where(TASKS.c.id == task_id)
    row = db.session.execute(statement).one_or_none()
    return (row.congress_id, _task(row)) if row else None


def unreminded(*, now: datetime) -> list[tuple[int, Task]]:
    """Return the tasks due about now of which people may still be reminded, with their congress."""
    about = (TASKS.c.due_on >= (now - A_DAY).date(), TASKS.c.due_on <= (now + 2 * A_DAY).date())
    statement = (
        select(*columns_of(TASKS, f"id congress_id {FACTS}"))
        .join(CONGRESSES, CONGRESSES.c.id == TASKS.c.congress_id)
        .where(TASKS.c.reminded_at.is_(None), *about, CONGRESSES.c.state == CongressState.PUBLISHED)
        .order_by(TASKS.c.due_on, TASKS.c.id)
    )
    return [(row.congress_id, _task(row)) for row in db.session.execute(statement)]


def doers(congress_id: int) -> list[Doer]:
    """Return who has a place, by name."""
    statement = (
        select(*columns_of(PEOPLE, f"id {WHO}"))
        .where(PEOPLE.c.congress_id == congress_id, HAS_PLACE)
        .order_by(PEOPLE.c.family_key, PEOPLE.c.id)
    )
    return [_doer(row) for row in db.session.execute(statement)]


def find_doer(registration_id: int) -> Doer | None:
    """Return somebody with a place."""
    here = (PEOPLE.c.id == registration_id, HAS_PLACE)
    row = db.session.execute(select(*columns_of(PEOPLE, f"id {WHO}")).where(*here)).one_or_none()
    return _doer(row) if row else None


def handed_in(congress_id: int) -> list[HandIn]:
    """Return what was handed in, also by whoever has left: it is still of their organisation."""
    statement = (
        select(
            *columns_of(HANDED, "task_id text url done_at"),
            *columns_of(PEOPLE, f"id {WHO}"),
        )
        .join(TASKS, TASKS.c.id == HANDED.c.task_id)
        .join(PEOPLE, PEOPLE.c.id == HANDED.c.registration_id)
        .where(TASKS.c.congress_id == congress_id)
        .order_by(HANDED.c.done_at, HANDED.c.id)
    )
    return [
        HandIn(row.task_id, _doer(row), row.done_at, row.text, row.url)
        for row in db.session.execute(statement)
    ]


def facts_of(row: ModuleTask | Found[Any]) -> TaskFacts:
    """Return what a stored task says."""
    return TaskFacts(row.day, dict(row.title), row.due_on, dict(row.text), Whose(row.whose))


def _task(row: Found[Any]) -> Task:
    return Task(row.id, facts_of(row))


def _doer(row: Found[Any]) -> Doer:
    if row.organisation_id is not None:
        party = f"register {row.organisation_id}"
    else:
        party = f"typed {row.organisation_key}" if row.organisation_key else f"alone {row.id}"
    return Doer(row.id, full_name(row.given_name, row.family_name), row.organisation, party)
