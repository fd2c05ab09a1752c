"""The tasks of a course behind the link of one's own page: read, done, taken back."""

from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.attendance import days_of
from congress.domain.errors import Refused
from congress.domain.module_tasks import LONGEST_TEXT, takes_hand_ins
from congress.queries.planning import materials
from congress.queries.registrations import Opened
from congress.services.planning import tasks
from congress.web import languages, refusals
from congress.web.contribution.results_form import read_link
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.module_task_words import Own, of_own
from congress.web.refusals import Errors
from congress.web.registration.occasion import occasion
from congress.web.registration.opened import opened

REFUSED = 422


def of_own_page(own: Opened) -> dict[str, Any]:
    """Return the tasks and the documents of modules that the page of a registration lists."""
    if not own.congress.is_course:
        return {"tasks": [], "of_modules": []}
    found = [each for each in materials.published(own.congress.id) if each.described.day]
    days = [
        (slot, [each for each in found if each.described.day == day])
        for slot, day in zip(own.congress.days, days_of(own.congress), strict=True)
    ]
    return {
        "tasks": of_own(own.congress, own.registration.id, now=clock.now()),
        "of_modules": [(slot, papers) for slot, papers in days if papers],
    }


def own_task(token: str, task_id: int) -> ResponseReturnValue:
    """Show a task with what was handed in, or take it as done."""
    own = opened(token)
    found = _get(own, task_id)
    handed = found.handed if found.is_mine else None
    text = Entry("text", _("Text"), handed.text if handed else "")
    url = Entry("url", _("Link"), handed.url if handed else "")
    if request.method == "GET":
        return _show(own, found, [text, url], [])
    read_text(text, request.form.get("text", ""), most=LONGEST_TEXT)
    read_link(url, request.form.get("url", ""))
    if errors := [*told(text), *told(url)]:
        return _show(own, found, [text, url], errors), REFUSED
    try:
        tasks.hand_in(own.registration.id, task_id, text=text.value, url=url.value, now=clock.now())
    except Refused as refusal:
        return _show(own, found, [text, url], refusal), REFUSED
    return _back(own, task_id)


def take_task_back(token: str, task_id: int) -> ResponseReturnValue:
    """Say that a task is not done after all."""
    own = opened(token)
    found = _get(own, task_id)
    try:
        tasks.take_back(own.registration.id, task_id, now=clock.now())
    except Refused as refusal:
        return _show(own, found, [Entry("text", _("Text")), Entry("url", _("Link"))], refusal), 422
    return _back(own, task_id)


def _get(own: Opened, task_id: int) -> Own:
    shown = of_own(own.congress, own.registration.id, now=clock.now())
    return next((each for each in shown if each.task.id == task_id), None) or abort(404)


def _back(own: Opened, task_id: int) -> Response:
    return redirect(languages.link(f"/registration/{own.token}/tasks/{task_id}"), code=303)


def _show(own: Opened, found: Own, entries: list[Entry], wrong: Errors | Refused) -> str:
    return render_template(
        "registration/own_task.html",
        congress=own.congress,
        occasion=occasion(own.congress),
        token=own.token,
        own=found,
        entries=entries,
        is_open=takes_hand_ins(own.congress, clock.now()),
        **refusals.box(wrong, own.congress.zone),
    )
