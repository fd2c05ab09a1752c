"""The days of a congress on one page; before anybody is told of other ones, a second page asks."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.congress_file.plan import DayPlan
from congress.domain.errors import Refused
from congress.domain.mails.reach import NOBODY
from congress.domain.planning import days as rules
from congress.domain.planning.days import DaysChange, DaysEditedMeanwhile, DaysUnseen, WantedDay
from congress.queries import congresses
from congress.queries.planning import days as queries
from congress.services.planning import moving_days, previewing
from congress.services.planning.previewing import Preview
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import days_form, frame, unreached
from congress.web.organiser.change_words import Line
from congress.web.organiser.days_form import DaysForm

REFUSED, ANOTHER = 422, 409


def edit_days() -> ResponseReturnValue:
    """Show the form of all days, add or take away a row, ask who is to be told, or save it."""
    workspace = access.workspace()
    stored = queries.days(workspace.id)
    if request.method == "GET":
        return _show(days_form.filled(stored, rules.version_of(stored), workspace.zone), stored)
    form = days_form.typed(request.form)
    if "add" in request.form:
        form.add()
        return _show(form, stored)
    if "remove" in request.form:
        form.remove(request.form["remove"])
        return _show(form, stored)
    wanted = days_form.read_days(form, stored, workspace.zone)
    if wanted is None or not wanted:
        return _show(form, stored, is_empty=not form.rows), REFUSED
    return _show(form, stored) if "back" in request.form else _save(form, stored, wanted)


def _save(
    form: DaysForm, stored: Sequence[DayPlan], wanted: Sequence[WantedDay]
) -> ResponseReturnValue:
    workspace, now = access.workspace(), clock.now()
    change, answered = rules.change_of(stored, wanted), request.form.get("seen")
    try:
        if form.version != rules.version_of(stored):
            raise DaysEditedMeanwhile
        rules.require_holds(change, queries.planned(workspace.id), workspace.zone)
        congress = congresses.get_congress(workspace.id)
        rules.require_deadlines(change, congress.period, workspace.zone, congress.wishes_until)
        preview = previewing.of_days(
            workspace.id, change, now=now, with_names=access.may(Right.SEE_ATTENDEES)
        )
        is_asked = bool(preview.reach != NOBODY or change.moves)
        if is_asked and answered != preview.seen:
            error = refusals.text(DaysUnseen()) if answered else ""
            return _ask(form, change, preview, error=error), ANOTHER if answered else 200
        moving_days.edit_days(
            workspace.id,
            wanted,
            version=form.version,
            seen=preview.seen,
            actor=access.actor(),
            now=now,
        )
    except Refused as refusal:
        now_stored = queries.days(workspace.id)
        if isinstance(refusal, DaysEditedMeanwhile):
            form.add_missing(now_stored, workspace.zone)
            form.version = rules.version_of(now_stored)
        return _show(form, now_stored, refusal=refusal), ANOTHER
    return frame.done(_done(change), "/days", at=now, reach=preview.told)


def _ask(form: DaysForm, change: DaysChange, preview: Preview, *, error: str) -> str:
    workspace = access.workspace()
    congress = congresses.get_congress(workspace.id)
    count = sum(
        rules.day_of(item.slots[0], change.before, workspace.zone) in change.moves
        for item in queries.planned(workspace.id)
    )
    return frame.page(
        "confirm_days.html",
        current="settings",
        form=form,
        preview=preview,
        unreached=unreached.named(preview.reach),
        lines=_lines(change),
        moved=count,
        is_late=congress.period.closes_at > change.after[0].slot.starts_at,
        deadline=frame.dates().deadline(congress.period.closes_at) if change.moves else "",
        error=error,
    )


def _lines(change: DaysChange) -> list[Line]:
    """Return from what to what each day changes; what is new or gone has one side only."""
    becomes = {each.was: each.day for each in change.wanted if each.was is not None}
    found = []
    for number, day in enumerate(change.before, 1):
        now = becomes.get(day.day)
        if now != day:
            after = _said(now) if now else _("is no longer planned")
            found.append(Line(_("Day %(number)d", number=number), after, _said(day)))
    new = [each.day for each in change.wanted if each.was is None]
    return [*found, *(Line(_("New day"), _said(day)) for day in new)]


def _said(day: DayPlan) -> str:
    dates = frame.dates()
    return f"{dates.day(day.day)}, {dates.range(day.slot)}"


def _done(change: DaysChange) -> str:
    return _("The days are saved.") if change else _("Nothing was changed.")


def _show(
    form: DaysForm,
    stored: Sequence[DayPlan],
    *,
    refusal: Refused | None = None,
    is_empty: bool = False,
) -> str:
    workspace = access.workspace()
    errors = list(form.errors)
    if is_empty:
        errors.append((None, _("An event needs at least one day.")))
    items = [
        rules.day_of(item.slots[0], stored, workspace.zone)
        for item in queries.planned(workspace.id)
    ]
    return frame.page(
        "days.html",
        current="settings",
        form=form,
        planned={day.day.isoformat(): items.count(day.day) for day in stored},
        **refusals.box(refusal or errors, workspace.zone),
        meanwhile=[_said(day) for day in stored]
        if isinstance(refusal, DaysEditedMeanwhile)
        else [],
    )
