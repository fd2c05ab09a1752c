"""Saved views of the attendee list: a name for filters, order and columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.attendee_list import NAME
from congress.domain.attendee_views import (
    LONGEST_NAME,
    SavedView,
    View,
    ViewNamedAlready,
    named_alike,
)
from congress.domain.errors import Refused
from congress.domain.list_mails import Rhythm
from congress.queries import attendee_views as queries
from congress.services import keeping_views
from congress.web import access, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser import attendee_cells, filters, frame, list_mail_form
from congress.web.organiser.attendees import SORTS
from congress.web.organiser.filters import Filters
from congress.web.organiser.writing import in_words
from congress.web.refusals import Errors

REFUSED, UNSEEN = 422, 409
TICKED = "y"
LONGEST_VERSION = 16


def _entry(name: str = "name") -> Entry:
    return Entry(name, _("Name of the view"), required=True)


@dataclass
class SavingForm:
    """What was typed to save a view; `replaces` is the version of one that was seen."""

    name: Entry = field(default_factory=_entry)
    is_shared: bool = False
    replaces: str = ""


def known() -> list[SavedView]:
    """Return the views that whoever is logged in finds in this congress."""
    return queries.views(access.workspace().id, access.account().id)


def saved_views() -> ResponseReturnValue:
    """Show the views, and save what the address asks of the list as one more."""
    chosen = filters.from_address(access.workspace())
    form = SavingForm()
    if request.method == "GET":
        return page(chosen, form)
    read_name(form.name, request.form.get("name", ""))
    form.is_shared = request.form.get("shared") == TICKED
    form.replaces = request.form.get("replaces", "")[:LONGEST_VERSION]
    if form.name.errors:
        return page(chosen, form, told(form.name)), REFUSED
    _require_right(is_shared=form.is_shared)
    wanted = View(form.name.value, chosen.query(), form.is_shared)
    try:
        keeping_views.save_view(
            access.workspace().id,
            wanted,
            replaces=form.replaces,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        standing = named_alike(known(), wanted)
        form.replaces = standing.version if standing else ""
        return page(chosen, form, refusal, standing=standing), UNSEEN
    return frame.done(_("The view “%(view)s” is saved.", view=wanted.name), _list(chosen))


def rename_view(view_id: int) -> ResponseReturnValue:
    """Give a view another name; the address keeps what the list shows."""
    chosen = filters.from_address(access.workspace())
    _find(view_id)
    typed = _entry(f"name-{view_id}")
    read_name(typed, request.form.get("name", ""))
    if typed.errors:
        return page(chosen, SavingForm(), told(typed), typed=typed), REFUSED
    try:
        keeping_views.rename_view(
            access.workspace().id,
            view_id,
            typed.value,
            version=_version(),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return page(chosen, SavingForm(), refusal, typed=typed), UNSEEN
    return frame.done(_("The view is renamed."), f"/attendees/views{chosen.query()}")


def delete_view(view_id: int) -> ResponseReturnValue:
    """Ask whether to delete a view, and delete it."""
    chosen = filters.from_address(access.workspace())
    view = _find(view_id)
    if request.method == "GET":
        return frame.page(
            "delete_view.html", current="attendees", view=view or abort(404), filters=chosen
        )
    try:
        keeping_views.delete_view(
            access.workspace().id,
            view_id,
            version=_version(),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return page(chosen, SavingForm(), refusal), UNSEEN
    return frame.done(_("The view is deleted."), f"/attendees/views{chosen.query()}")


def read_name(entry: Entry, name: str) -> None:
    """Take over the name of a view."""
    read_line(entry, name, most=LONGEST_NAME, missing=_("Please enter a name for the view."))


def _find(view_id: int) -> SavedView | None:
    """Return a view that whoever is logged in may change."""
    found = next((each for each in known() if each.id == view_id), None)
    if found is not None:
        _require_right(is_shared=found.is_shared)
    return found


def _version() -> str:
    return request.form.get("version", "")[:LONGEST_VERSION]


def _require_right(*, is_shared: bool) -> None:
    """What everybody finds is kept by those who also keep the registrations."""
    if is_shared and not access.may(Right.CHANGE_ATTENDEES):
        abort(403)


def _list(chosen: Filters) -> str:
    return f"/attendees{chosen.query()}"


def page(
    chosen: Filters,
    form: SavingForm,
    wrong: Errors | Refused = (),
    *,
    standing: SavedView | None = None,
    typed: Entry | None = None,
    rhythm: tuple[int, Rhythm] | None = None,
) -> str:
    """Show the views, with what was typed and what is wrong with it."""
    return frame.page(
        "views.html",
        current="attendees",
        filters=chosen,
        form=form,
        rows=[_row(each, typed) for each in known()],
        standing=standing if isinstance(wrong, ViewNamedAlready) else None,
        contents=_contents(chosen),
        links=list_mail_form.links(rhythm),
        **refusals.box(wrong, access.workspace().zone),
    )


def _row(view: SavedView, typed: Entry | None) -> tuple[SavedView, Entry]:
    entry = _entry(f"name-{view.id}")
    if typed is not None and typed.name == entry.name:
        return view, typed
    entry.value = view.name
    return view, entry


def _contents(chosen: Filters) -> Sequence[tuple[str, str]]:
    """Say what a view of this list keeps."""
    words = attendee_cells.headings(chosen) | {NAME: _("Name")}
    by = words[next((each for each, sort in SORTS.items() if sort is chosen.sort), NAME)]
    return (
        (_("Filters"), "; ".join(in_words(chosen)) or _("none: everyone")),
        (_("Order"), _("%(column)s, descending", column=by) if chosen.is_descending else by),
        (_("Columns"), ", ".join(words[each] for each in (NAME, *chosen.columns))),
    )
