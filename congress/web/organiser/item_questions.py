"""What is asked before an item is taken out of the programme, or what was edited is taken back."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning import taking_back
from congress.domain.planning.item_plan import EditedItem
from congress.queries import calls
from congress.queries.planning import scheduling as queries
from congress.services.planning import scheduling
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import calling_off, change_words, frame


def remove_item(code: str) -> ResponseReturnValue:
    """Ask whether to take an item out of the programme, and do so."""
    item = _get(code)
    if request.method == "GET":
        return _ask_to_remove(item)
    now = clock.now()
    try:
        is_gone = scheduling.remove_item(item.id, version=_seen(), actor=access.actor(), now=now)
    except Refused as refusal:
        return _ask_to_remove(_get(code), error=refusals.text(refusal)), 409
    title = languages.text(item.plan.title)
    if is_gone:
        return frame.done(_("“%(title)s” has been removed.", title=title), "/programme", undo=now)
    cancelled = _("“%(title)s” is cancelled as soon as you publish it.", title=title)
    return frame.done(cancelled, "/programme", undo=now)


def take_back(code: str) -> ResponseReturnValue:
    """Ask whether to take back what was edited of an item, and do so."""
    item = _get(code)
    if not can_take_back(item):
        return frame.go_to("/programme")
    if request.method == "GET":
        return _ask_to_take_back(item)
    now = clock.now()
    try:
        scheduling.take_back(item.id, version=_seen(), actor=access.actor(), now=now)
    except Refused as refusal:
        return _ask_to_take_back(_get(code), error=refusals.text(refusal)), 409
    title = languages.text(_get(code).plan.title)
    undone = _("The changes to “%(title)s” have been taken back.", title=title)
    return frame.done(undone, "/programme", undo=now)


def can_take_back(item: EditedItem) -> bool:
    """Return whether an item is public otherwise than it is planned; a draft is not public."""
    workspace = access.workspace()
    if workspace.state is CongressState.DRAFT or not item.changes:
        return False
    return taking_back.can_be_taken_back(item, queries.rooms(workspace.id))


def _get(code: str) -> EditedItem:
    return queries.find_edited(access.workspace().id, code) or abort(404)


def _seen() -> str:
    return request.form.get("version", "")


def _ask_to_remove(item: EditedItem, *, error: str = "") -> str:
    is_draft = access.workspace().state is CongressState.DRAFT
    was_public = item.released is not None and not is_draft
    return frame.page(
        "remove_item.html",
        current="programme",
        item=item,
        is_draft=is_draft,
        stays=was_public or queries.was_booked(item.id),
        proposal=calls.find_by_item(item.id),
        concerned=item.places.taken + item.places.waiting,
        ranked=calling_off.ranked(item),
        error=error,
    )


def _ask_to_take_back(item: EditedItem, *, error: str = "") -> str:
    return frame.page(
        "take_back_item.html",
        current="programme",
        item=item,
        badge=change_words.badge(item),
        lines=change_words.lines(item),
        error=error,
    )
