"""Tasks of the modules of a course: set, changed, deleted; and who has handed in what."""

from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.attendance import days_of
from congress.domain.errors import Refused
from congress.domain.module_tasks import Task, Whose
from congress.queries import congresses
from congress.queries import module_tasks as queries
from congress.services.planning import tasks
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.module_task_words import as_shown
from congress.web.organiser import frame
from congress.web.organiser.asking import Question, ask
from congress.web.organiser.module_task_form import TaskForm, task_form

REFUSED, LATE = 422, 409
LIST = "/modules/tasks"


def list_tasks() -> str:
    """Show the tasks by their modules; who has done them, to whoever may see who takes part."""
    congress = congresses.get_congress(access.workspace().id)
    sees_names = access.may(Right.SEE_ATTENDEES)
    return frame.page(
        "module_tasks.html",
        current="settings",
        congress=congress,
        tasks=as_shown(congress, now=clock.now()),
        sees_names=sees_names,
    )


def add_task() -> ResponseReturnValue:
    """Show an empty form, or set a task."""
    form = task_form(_days())
    form.entries["day"].value = request.args.get("module", "")[:10]
    if request.method == "GET":
        return _show(form)
    facts = form.read(request.form)
    if facts is None:
        return _show(form), REFUSED
    try:
        tasks.add(access.workspace().id, facts, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(form, refusal=refusal), LATE
    done = _("The task “%(title)s” is set.", title=languages.text(facts.title))
    return frame.done(done, LIST)


def edit_task(task_id: int) -> ResponseReturnValue:
    """Show what a task says in its form, or save it."""
    found = _get(task_id)
    form = task_form(_days(), found.facts)
    if request.method == "GET":
        return _show(form, found)
    facts = form.read(request.form, found.facts)
    if facts is None:
        return _show(form, found), REFUSED
    try:
        tasks.correct(
            access.workspace().id,
            task_id,
            facts,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        form.version = _get(task_id).facts.version  # what is saved next was looked at
        return _show(form, found, refusal=refusal), LATE
    return frame.done(_("The task is saved."), LIST)


def remove_task(task_id: int) -> ResponseReturnValue:
    """Ask whether to delete a task with all that was handed in, and do so."""
    if request.method == "POST":
        tasks.remove(access.workspace().id, task_id, actor=access.actor(), now=clock.now())
        return frame.done(_("The task is deleted."), LIST)
    found = _get(task_id)
    question = Question(
        _("Delete the task “%(title)s”?", title=languages.text(found.facts.title)),
        _("Everything handed in for it is deleted too. This cannot be undone."),
        _("Delete it"),
    )
    return ask(
        question,
        f"{LIST}/{found.id}/remove",
        current="settings",
        back=f"{LIST}/{found.id}",
        above=languages.text(found.facts.title),
    )


def _get(task_id: int) -> Task:
    return queries.find(access.workspace().id, task_id) or abort(404)


def _days() -> tuple[date, ...]:
    return tuple(days_of(congresses.get_congress(access.workspace().id)))


def _show(form: TaskForm, found: Task | None = None, *, refusal: Refused | None = None) -> str:
    congress = congresses.get_congress(access.workspace().id)
    dates = frame.dates()
    modules = [
        (
            day.isoformat(),
            ", ".join(
                filter(None, (dates.date(day), languages.text(congress.module_of(slot).title)))
            ),
        )
        for day, slot in zip(form.days, congress.days, strict=True)
    ]
    whose = [
        (Whose.PERSON.value, _("each participant")),
        (Whose.ORGANISATION.value, _("each municipality together")),
    ]
    return frame.page(
        "module_task.html",
        current="settings",
        form=form,
        entries=form.entries,
        found=found,
        modules=modules,
        whose=whose,
        **refusals.box(refusal or form.errors, access.workspace().zone),
    )
