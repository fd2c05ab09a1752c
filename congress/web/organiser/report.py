"""What was told of a workshop by those who carry it: room needs to see, results to publish."""

from collections.abc import Callable, Mapping

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.queries.planning import scheduling, workshop_reports
from congress.services.planning import reporting
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.asking import Question, ask

UNSEEN = 409
LONGEST_MARK = 64


def report(code: str) -> ResponseReturnValue:
    """Show what was told of a workshop, and settle it as it was seen."""
    item = scheduling.find_edited(access.workspace().id, code) or abort(404)
    if request.method == "GET":
        return _show(code)
    acts: Mapping[str, tuple[Callable[..., None], str]] = {
        "seen": (reporting.see_needs, _("Noted: you know what the room needs.")),
        "publish": (reporting.publish, _("The results are published.")),
    }
    act, done = acts.get(request.form.get("act", "")) or abort(400)
    return _settle(code, item.id, act, done)


def discard_results(code: str) -> ResponseReturnValue:
    """Ask whether to discard the results that were sent, and do so."""
    item = scheduling.find_edited(access.workspace().id, code) or abort(404)
    if request.method == "POST":
        done = _("The results that were sent were discarded.")
        return _settle(code, item.id, reporting.discard, done)
    told = workshop_reports.get(item.id)
    if told.draft is None:
        return frame.go_to(_page(code))
    question = Question(
        _("Discard the results that were sent?"),
        _(
            "What was sent is deleted, and what is published stays as it is. No email is "
            "sent. This cannot be undone."
        ),
        _("Discard the results"),
        {"seen": told.mark},
    )
    return ask(
        question,
        f"{_page(code)}/discard",
        current="programme",
        back=_page(code),
        above=_("Room needs and results"),
    )


def _settle(code: str, item_id: int, act: Callable[..., None], done: str) -> ResponseReturnValue:
    seen = request.form.get("seen", "")[:LONGEST_MARK]
    try:
        act(access.workspace().id, item_id, seen=seen, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(code, refusal), UNSEEN
    return frame.done(done, _page(code))


def _page(code: str) -> str:
    return f"/programme/{code}/report"


def _show(code: str, refusal: Refused | None = None) -> str:
    item = scheduling.find_edited(access.workspace().id, code) or abort(404)
    return frame.page(
        "report.html",
        current="programme",
        item=item,
        report=workshop_reports.get(item.id),
        error=refusals.text(refusal) if refusal else "",
    )
