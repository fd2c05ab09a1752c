"""The call for proposals of a congress: opened, changed and closed on one page."""

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.calls import AuthorsUnseen, Call, ProposalKind, ProposalState
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.mails.reach import NOBODY
from congress.queries import calls as queries
from congress.queries import congresses
from congress.services.calling import opening, telling_authors
from congress.services.calling.telling_authors import Preview
from congress.web import access, refusals
from congress.web.call import proposal_words
from congress.web.languages import gettext as _
from congress.web.organiser import call_form, frame
from congress.web.organiser.call_form import CallForm
from congress.web.organiser.change_words import Line
from congress.web.organiser.unreached import Unreached

REFUSED, LATE = 422, 409


def edit_call() -> ResponseReturnValue:
    """Show the form of the call, ask who is to be told of another last day, or save it."""
    workspace = access.workspace()
    before = queries.find(workspace.id)
    if request.method == "GET":
        return _show(call_form.filled(before, workspace.zone))
    form = call_form.typed(request.form)
    call = call_form.read_call(form, before, workspace.zone)
    if call is None:
        return _show(form), REFUSED
    if "back" in request.form:
        return _show(form)
    now = clock.now()
    asked = telling_authors.preview(congresses.get_congress(workspace.id), call, now=now)
    answered = request.form.get("seen")
    is_latest = before is not None and form.version == before.version
    hear = asked.reach != NOBODY or asked.dead
    if before is not None and is_latest and hear and answered != asked.seen:
        return _ask(before, call, form, asked, is_again=bool(answered)), LATE if answered else 200
    try:
        opening.edit(
            workspace.id,
            call,
            version=form.version,
            seen=asked.seen,
            actor=access.actor(),
            now=now,
        )
    except Refused as refusal:
        # Whoever saves again has been told that somebody else did.
        form.version = before.version if before else ""
        return _show(form, refusal=refusal), LATE
    saved = _("The call is saved.")
    if call.is_open and workspace.state is CongressState.DRAFT:
        saved += " " + _("It appears once the event is published.")
    return frame.done(saved, "/call", reach=asked.reach)


def _ask(before: Call, call: Call, form: CallForm, asked: Preview, *, is_again: bool) -> str:
    """Show what whoever proposed something is told, and how many they are."""
    dates = frame.dates()
    was, becomes = (dates.last_day(each.closes_at) for each in (before, call))
    return frame.page(
        "confirm_call.html",
        current="settings",
        form=form,
        preview=asked,
        unreached=Unreached(0, dead=asked.dead, is_listed=False),
        lines=[Line(form["closes_at"].label, becomes, was)],
        error=refusals.text(AuthorsUnseen()) if is_again else "",
    )


def _show(form: CallForm, *, refusal: Refused | None = None) -> str:
    workspace = access.workspace()
    found = queries.find(workspace.id)
    now = clock.now()
    return frame.page(
        "call.html",
        current="settings",
        form=form,
        call=found,
        count=queries.count(workspace.id, *ProposalState),
        is_taking=found is not None
        and found.takes_proposals(workspace.state, is_over=False, now=now),
        choices=[(str(each), proposal_words.kind(each)) for each in ProposalKind],
        **refusals.box(refusal or form.errors, workspace.zone),
    )
