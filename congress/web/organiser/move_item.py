"""Moving an item to another time or room: a short form, which the room plan sends by itself."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import EditedItem, ItemPlan
from congress.domain.planning.scheduling import EditedMeanwhile, ItemGone
from congress.queries.planning import scheduling as queries
from congress.services.planning import scheduling
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, item_page
from congress.web.organiser.readers import clock_of, moment_of

PLAN = "/programme?view=rooms"


@dataclass
class MoveForm:
    """When an item begins and where it is; it lasts as long as before."""

    day: Entry
    starts: Entry
    room: Entry
    version: str

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in (self.day, self.starts, self.room) for error in told(entry)]


def move_item(code: str) -> ResponseReturnValue:
    """Ask where an item is to be, and move it there."""
    item = queries.find_edited(access.workspace().id, code)
    if item is None:
        is_gone = "version" in request.form
        return frame.done(refusals.heading(ItemGone()), PLAN) if is_gone else abort(404)
    if request.method == "GET":
        return _show(item, _filled(item.plan))
    form = _typed(request.form)
    starts_at = _start(form, item.plan)
    if starts_at is None or form.errors:
        return _show(item, form), 422
    now = clock.now()
    try:
        is_moved = scheduling.move_item(
            item.id,
            starts_at,
            form.room.value or None,
            version=form.version,
            actor=access.actor(),
            now=now,
        )
    except EditedMeanwhile:
        return _compare(item, form), 409
    except Refused as refusal:
        return _show(item, form, refusal=refusal), 409
    return frame.done(_notice(code, is_moved=is_moved), f"{PLAN}#item-{code}", undo=now)


def _empty() -> MoveForm:
    return MoveForm(
        day=Entry("day", _("Day"), required=True),
        starts=Entry("starts", _("Starts"), required=True),
        room=Entry("room", _("Room")),
        version="",
    )


def _filled(plan: ItemPlan) -> MoveForm:
    form, starts = _empty(), plan.slot.starts_at.astimezone(access.workspace().zone)
    form.day.value, form.starts.value = starts.date().isoformat(), frame.dates().bare_time(starts)
    form.room.value, form.version = plan.room or "", plan.version
    return form


def _typed(sent: MultiDict[str, str]) -> MoveForm:
    form = _empty()
    form.version = sent.get("version", "")[:64]
    for entry in (form.day, form.starts, form.room):
        read_line(entry, sent.get(entry.name, ""), most=40)
    return form


def _start(form: MoveForm, before: ItemPlan) -> datetime | None:
    """Return when the item is to begin, or None when something has to be corrected."""
    workspace = access.workspace()
    rooms = {room.code for room in queries.rooms(workspace.id)}
    if form.room.value and form.room.value not in rooms:
        form.room.errors.append(_("Please choose one of the rooms."))
    day = next((day for day in item_page.days() if day.isoformat() == form.day.value), None)
    if day is None:
        form.day.errors.append(_("Please choose one of the days of the event."))
    starts = clock_of(form.starts)
    if day is None or starts is None:
        return None
    return moment_of(form.starts, day, starts, before.slot.starts_at, workspace.zone)


def _notice(code: str, *, is_moved: bool) -> str:
    """Say where the item is now, whether anybody hears of it, and what is wrong there."""
    workspace = access.workspace()
    item = queries.find_edited(workspace.id, code)
    if item is None:  # somebody else has just removed it
        return refusals.heading(ItemGone())
    title, where = languages.text(item.plan.title), _where(item)
    if not is_moved:
        return _("“%(title)s” stays where it was: %(where)s.", title=title, where=where)
    said = [_("“%(title)s” has been moved: %(where)s.", title=title, where=where)]
    if workspace.state is not CongressState.DRAFT:
        said.append(_("No one is told until you publish it."))
    return " ".join([*said, *item_page.remarks(code, item.plan)])


def _where(item: EditedItem) -> str:
    dates, slot = frame.dates(), item.working.slot
    room = languages.text(item.working.room) or _("no room yet")
    return f"{dates.day(slot.starts_at)}, {dates.range(slot)}, {room}"


def _compare(item: EditedItem, form: MoveForm) -> str:
    """Show both where somebody else has put the item and where it was to be moved."""
    form.version = item.plan.version
    sentence = _(
        "So it has not been moved. It is planned now as follows: %(where)s. Below is what you "
        "wanted; move it if that is still right.",
        where=_where(item),
    )
    return _show(item, form, meanwhile=sentence)


def _show(
    item: EditedItem, form: MoveForm, *, refusal: Refused | None = None, meanwhile: str = ""
) -> str:
    workspace = access.workspace()
    said = refusals.box(refusal or form.errors, workspace.zone)
    if meanwhile:
        heading = refusals.heading(EditedMeanwhile())
        said = {"errors": [(None, meanwhile)], "refused": heading}
    return frame.page(
        "move_item.html",
        current="programme",
        item=item,
        form=form,
        where=_where(item),
        is_draft=workspace.state is CongressState.DRAFT,
        days=item_page.day_choices(),
        rooms=item_page.room_choices(),
        **said,
    )
