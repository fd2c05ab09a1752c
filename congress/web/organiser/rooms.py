"""The rooms of a congress on one page: names, chairs, order, and what is planned in each."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congress_file.plan import RoomPlan
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.rooms import RoomsChange, RoomsEditedMeanwhile, version_of
from congress.queries.planning import scheduling as queries
from congress.services.planning import furnishing
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame, rooms_form, translations
from congress.web.organiser.rooms_form import RoomsForm


def edit_rooms() -> ResponseReturnValue:
    """Show the form of all rooms, add, take away or move a row of it, or save it."""
    stored = queries.rooms(access.workspace().id)
    if request.method == "GET":
        return _show(rooms_form.filled(stored, version_of(stored)))
    form = rooms_form.typed(request.form)
    if _changes_rows(form):
        return _show(form)
    rooms = rooms_form.read_rooms(form, stored)
    return _save(form, rooms) if rooms is not None else (_show(form), 422)


def _changes_rows(form: RoomsForm) -> bool:
    pressed = next((name for name in ("add", "remove", "up", "down") if name in request.form), "")
    number = request.form.get(pressed, "")
    if pressed == "add":
        form.add()
    elif pressed == "remove":
        form.remove(number)
    elif pressed:
        form.move(number, -1 if pressed == "up" else 1)
    return bool(pressed)


def _save(form: RoomsForm, rooms: Sequence[RoomPlan]) -> ResponseReturnValue:
    workspace = access.workspace()
    try:
        change = furnishing.edit_rooms(
            workspace.id, rooms, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        # What is stored now comes beside what was typed; whoever saves again has seen both.
        stored = queries.rooms(workspace.id)
        form.add_missing(stored)
        form.version = version_of(stored)
        meanwhile = stored if isinstance(refusal, RoomsEditedMeanwhile) else ()
        return _show(form, refusal=refusal, meanwhile=meanwhile), 409
    return frame.done(_done(change), "/rooms")


def _done(change: RoomsChange) -> str:
    if not change:
        return _("Nothing was changed.")
    said = [_("The rooms are saved.")]
    if change.renamed and access.workspace().state is not CongressState.DRAFT:
        said.append(_("A new name becomes public when you publish the programme."))
    names = [
        translations.Changed(languages.text(now.name), was.name, now.name)
        for was, now in change.renamed
    ]
    return " ".join([*said, *translations.unchanged(names)])


def _show(
    form: RoomsForm, *, refusal: Refused | None = None, meanwhile: Sequence[RoomPlan] = ()
) -> str:
    workspace = access.workspace()
    items = queries.items_by_room(workspace.id)
    return frame.page(
        "rooms.html",
        current="settings",
        form=form,
        planned={
            code: [languages.short_name(item.number, item) for item in here]
            for code, here in items.items()
        },
        **refusals.box(refusal or form.errors, workspace.zone),
        meanwhile=[(languages.text(room.name), room.seats) for room in meanwhile],
        is_draft=workspace.state is CongressState.DRAFT,
    )
