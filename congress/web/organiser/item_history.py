"""What became of one item: every draft and every publication of it, newest first."""

from flask import abort

from congress.domain.access import Right
from congress.domain.congresses import CongressState
from congress.queries import audit
from congress.queries.planning import scheduling
from congress.web import access
from congress.web.organiser import change_words, frame, log

LINES = 100


def item_history(code: str) -> str:
    """Show the lines of the log about the planning of an item, and what is not published yet.

    Who did it is for whoever may see the log; who registered is never among it.
    """
    workspace = access.workspace()
    item = scheduling.find_edited(workspace.id, code) or abort(404)
    lines = log.in_words(audit.of_item(workspace.id, item.id, limit=LINES + 1))
    if not access.may(Right.SEE_LOG):
        lines = [line | {"actor": ""} for line in lines]
    return frame.page(
        "item_history.html",
        current="programme",
        item=item,
        lines=lines[:LINES],
        has_older=len(lines) > LINES,
        changes=[] if workspace.state is CongressState.DRAFT else change_words.lines(item),
        badge=change_words.badge(item),
    )
