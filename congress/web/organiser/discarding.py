"""Asked before all drafts of a programme are taken back: the list of what would go."""

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning import taking_back
from congress.queries.planning import scheduling as queries
from congress.services.planning import scheduling
from congress.web import access, refusals
from congress.web.languages import ngettext
from congress.web.organiser import change_words, frame


def take_back_all() -> ResponseReturnValue:
    """Ask whether to take back all that is not published, and do so."""
    workspace = access.workspace()
    if workspace.state is CongressState.DRAFT:  # nothing is public to go back to
        return frame.go_to("/programme")
    if request.method == "GET":
        return _ask()
    now, seen = clock.now(), request.form.get("seen", "")
    try:
        count = scheduling.take_back_all(workspace.id, seen=seen, actor=access.actor(), now=now)
    except Refused as refusal:
        return _ask(status=409, error=refusals.text(refusal))
    said = ngettext(
        "%(num)d change has been taken back.", "%(num)d changes have been taken back.", count
    )
    return frame.done(said, "/programme", undo=now)


def _ask(*, status: int = 200, error: str = "") -> ResponseReturnValue:
    workspace = access.workspace()
    rooms = queries.rooms(workspace.id)
    items = taking_back.would_go(queries.edited_items(workspace.id), rooms)
    if not items:
        return frame.go_to("/programme")
    page = frame.page(
        "take_back_all.html",
        current="programme",
        items=items,
        has_new=any(item.released is None for item in items),
        seen=taking_back.digest_of(items),
        lines=change_words.lines,
        badge=change_words.badge,
        error=error,
    )
    return page, status
