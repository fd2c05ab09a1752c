"""Tasks of the modules of a course: set by organisers, done by participants, let go in time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, insert, select, update

from congress.base import table_of
from congress.domain import module_tasks
from congress.domain.access import ATTENDEE, Actor
from congress.domain.attendance import days_of
from congress.domain.congresses import Congress
from congress.domain.module_tasks import (
    MOST_TASKS,
    NothingTaken,
    TaskEditedMeanwhile,
    TaskFacts,
    TaskGone,
    TooManyTasks,
)
from congress.extensions import db
from congress.models import HandIn, ModuleTask
from congress.queries import congresses
from congress.queries import module_tasks as queries
from congress.queries.registrations import congress_of
from congress.queries.retention import long_over
from congress.services import auditing
from congress.transaction import transaction

TASKS, HANDED = table_of(ModuleTask), table_of(HandIn)


def add(congress_id: int, facts: TaskFacts, *, actor: Actor, now: datetime) -> None:
    """Set a task; the same form sent twice sets one. Raises TooManyTasks and TaskGone."""
    with transaction():
        congress = _hold(congress_id)
        there = queries.of_congress(congress_id)
        if facts in [each.facts for each in there]:
            return
        if len(there) >= MOST_TASKS:
            raise TooManyTasks
        _require_module(congress, facts)
        row = ModuleTask(congress_id=congress_id, created_at=now)
        _write(row, facts)
        db.session.add(row)
        _record("task_added", congress_id, facts, actor=actor, now=now)


def correct(
    congress_id: int,
    task_id: int,
    facts: TaskFacts,
    *,
    version: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say otherwise what a task is; with another day to come, people are reminded of that one.

    Raises TaskEditedMeanwhile and TaskGone.
    """
    with transaction():
        congress = _hold(congress_id)
        row = _find(congress_id, task_id)
        if row is None:
            raise TaskGone
        before = queries.facts_of(row)
        if before == facts:
            return
        if before.version != version:
            raise TaskEditedMeanwhile
        _require_module(congress, facts)
        _write(row, facts)
        if before.due_on != facts.due_on:
            row.told_up_to, row.reminded_at = 0, None
        changed = before.changes_to(facts)
        _record("task_changed", congress_id, facts, actor=actor, now=now, fields=changed)


def remove(congress_id: int, task_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete a task, and what was handed in; what is gone already stays gone."""
    with transaction():
        _hold(congress_id)
        row = _find(congress_id, task_id)
        if row is not None:
            facts = queries.facts_of(row)
            db.session.execute(delete(HANDED).where(HANDED.c.task_id == task_id))
            db.session.delete(row)
            _record("task_removed", congress_id, facts, actor=actor, now=now)


def hand_in(
    registration_id: int, task_id: int, *, text: str = "", url: str = "", now: datetime
) -> None:
    """Say that somebody has done a task, with a text and a link; again says it otherwise.

    Raises NothingTaken and TaskGone.
    """
    with transaction():
        congress_id = _require_taken(registration_id, task_id, now=now)
        row = db.session.scalars(_own(registration_id, task_id)).one_or_none()
        if row is None:
            row = HandIn(task_id=task_id, registration_id=registration_id, done_at=now)
            db.session.add(row)
            _record_of(congress_id, "task_done", registration_id, task_id, now=now)
        row.text, row.url = text, url


def take_back(registration_id: int, task_id: int, *, now: datetime) -> None:
    """Say that it is not done after all; what was handed in is gone.

    Raises NothingTaken and TaskGone.
    """
    with transaction():
        congress_id = _require_taken(registration_id, task_id, now=now)
        row = db.session.scalars(_own(registration_id, task_id)).one_or_none()
        if row is not None:
            db.session.delete(row)
            _record_of(congress_id, "task_taken_back", registration_id, task_id, now=now)


def unite(kept: int, other: int) -> None:
    """Let what another registration handed in go on with one, inside a running transaction."""
    mine = select(HANDED.c.task_id).where(HANDED.c.registration_id == kept)
    known = set(db.session.scalars(mine))
    others = HANDED.c.registration_id == other
    db.session.execute(
        update(HANDED).where(others, HANDED.c.task_id.not_in(known)).values(registration_id=kept)
    )
    db.session.execute(delete(HANDED).where(others))


def move(congress_id: int, moves: Mapping[date, date | None]) -> None:
    """Let tasks go along with their modules, inside a running transaction.

    Their own days stay. Those of a module that is no more stay as well, with the next one.
    """
    rows = db.session.scalars(select(ModuleTask).where(ModuleTask.congress_id == congress_id)).all()
    left = sorted(day for day in moves.values() if day is not None)
    for row in rows:
        day = module_tasks.moved(row.day, moves)
        if day is None:
            later = [each for each in left if each >= row.day]
            day = (later or left[-1:] or [row.day])[0]
        row.day = day


def take_along(last_id: int, edition_id: int, weeks: int, *, now: datetime) -> None:
    """Give an edition the tasks of the last one, so many weeks later, with nothing handed in."""
    later = timedelta(weeks=weeks)
    rows = [
        {
            "congress_id": edition_id,
            "created_at": now,
            "whose": each.facts.whose,
            "day": each.facts.day + later,
            "due_on": each.facts.due_on + later,
            "title": dict(each.facts.title),
            "text": dict(each.facts.text),
        }
        for each in queries.of_congress(last_id)
    ]
    if rows:
        db.session.execute(insert(TASKS), rows)


def forget_old(*, now: datetime) -> int:
    """Delete what was handed in a year after a congress; returns how many."""
    old = select(TASKS.c.id).where(TASKS.c.congress_id.in_(long_over(now)))
    with transaction():
        result = db.session.execute(delete(HANDED).where(HANDED.c.task_id.in_(old)))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _hold(congress_id: int) -> Congress:
    return congresses.with_content(congresses.hold(congress_id))


def _require_module(congress: Congress, facts: TaskFacts) -> None:
    if facts.day not in days_of(congress):
        raise TaskGone


def _require_taken(registration_id: int, task_id: int, *, now: datetime) -> int:
    congress_id = congress_of(registration_id)
    congress = _hold(congress_id)
    if not module_tasks.takes_hand_ins(congress, now):
        raise NothingTaken
    if queries.find_doer(registration_id) is None:
        raise NothingTaken
    if queries.find(congress_id, task_id) is None:
        raise TaskGone
    return congress_id


def _own(registration_id: int, task_id: int) -> Select[*tuple[HandIn]]:
    return select(HandIn).where(
        HandIn.registration_id == registration_id, HandIn.task_id == task_id
    )


def _find(congress_id: int, task_id: int) -> ModuleTask | None:
    return db.session.scalars(
        select(ModuleTask).where(ModuleTask.congress_id == congress_id, ModuleTask.id == task_id),
        execution_options={"populate_existing": True},
    ).one_or_none()


def _write(row: ModuleTask, facts: TaskFacts) -> None:
    row.day, row.due_on, row.whose = facts.day, facts.due_on, facts.whose
    row.title, row.text = dict(facts.title), dict(facts.text)


def _record(
    verb: str,
    congress_id: int,
    facts: TaskFacts,
    *,
    actor: Actor,
    now: datetime,
    fields: list[str] | None = None,
) -> None:
    db.session.flush()
    details = {"title": dict(facts.title), "changed": fields or []}
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)


def _record_of(
    congress_id: int, verb: str, registration_id: int, task_id: int, *, now: datetime
) -> None:
    task = queries.find(congress_id, task_id)
    auditing.record(
        verb,
        actor=ATTENDEE,
        now=now,
        congress_id=congress_id,
        registration_id=registration_id,
        details={"title": dict(task.facts.title) if task else {}},
    )
