"""Reminders of tasks of modules, on the day before they are due, to who has not done them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.congresses import Congress
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.module_tasks import Task, missing
from congress.domain.people import fold_email
from congress.domain.texts import in_language
from congress.extensions import db
from congress.models import ModuleTask
from congress.queries import congresses, dead_mailboxes
from congress.queries import module_tasks as queries
from congress.queries.registrations import standings
from congress.services.mails import drafting, telling
from congress.services.mails.announcing import STEP
from congress.services.mails.facts import Letters
from congress.services.mails.moments import moment
from congress.transaction import transaction


def next_step(*, now: datetime) -> bool:
    """Remind the next people of a task that is due tomorrow; returns whether there was one."""
    for congress_id, task in queries.unreminded(now=now):
        zone = congresses.get_congress(congress_id).zone
        if task.reminded_at(zone) <= now < task.due_at(zone):
            _remind(congress_id, task.id, now=now)
            return True
    return False


def is_undone(stated: Mapping[str, Any], registration_id: int | None, *, now: datetime) -> bool:
    """Return whether what a mail reminds of is still to be done by its reader, on that day."""
    if "task" not in stated or registration_id is None:
        return True
    doer = queries.find_doer(registration_id)
    found = queries.find_anywhere(stated["task"]["id"])
    if doer is None or found is None:
        return False
    congress_id, task = found
    due_at = task.due_at(congresses.get_congress(congress_id).zone)
    is_same = moment(due_at) == stated["task"]["due_at"]
    return is_same and now < due_at and bool(missing(task, [doer], queries.handed_in(congress_id)))


def _remind(congress_id: int, task_id: int, *, now: datetime) -> None:
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        row = db.session.scalars(
            select(ModuleTask).where(ModuleTask.id == task_id).with_for_update(),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if row is None or row.reminded_at is not None:
            return  # an organiser was faster, or another worker
        task = Task(row.id, queries.facts_of(row))
        people = missing(task, queries.doers(congress_id), queries.handed_in(congress_id))
        numbers = sorted(each.id for each in people if each.id > row.told_up_to)[:STEP]
        if row.created_at >= task.reminded_at(congress.zone):
            numbers = []  # it was set too late to be reminded of
        telling.store(_letters(congress, task, numbers), now=now, later=LATER)
        if numbers:
            row.told_up_to = numbers[-1]
        if len(numbers) < STEP:
            row.reminded_at = now


def _letters(congress: Congress, task: Task, numbers: list[int]) -> list[drafting.Row]:
    """Return a mail to each of these people who can get one."""
    readers = [each for each in standings(numbers) if each.gets_mails] if numbers else []
    dead = dead_mailboxes.among({fold_email(each.email) for each in readers})
    letters, due_at = Letters(congress), moment(task.due_at(congress.zone))
    found = []
    for each in readers:
        if fold_email(each.email) not in dead:
            title = in_language(task.facts.title, each.language)
            said = {"task": {"id": task.id, "title": title, "due_at": due_at}}
            stated = {**letters.to(each), "congress": letters.of_congress(each.language), **said}
            found.append(drafting.row(congress, each, MessageKind.TASK_DUE, stated))
    return found
