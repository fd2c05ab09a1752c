"""The call for proposals of a congress: opened, changed and closed on one page."""

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.calls import ProposalKind, ProposalState
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.queries import calls as queries
from congress.services.calling import opening
from congress.web import access, refusals
from congress.web.call import proposal_words
from congress.web.languages import gettext as _
from congress.web.organiser import call_form, frame
from congress.web.organiser.call_form import CallForm

REFUSED, LATE = 422, 409


def edit_call() -> ResponseReturnValue:
    """Show the form of the call, or save it."""
    workspace = access.workspace()
    before = queries.find(workspace.id)
    if request.method == "GET":
        return _show(call_form.filled(before, workspace.zone))
    form = call_form.typed(request.form)
    call = call_form.read_call(form, before, workspace.zone)
    if call is None:
        return _show(form), REFUSED
    try:
        opening.edit(
            workspace.id, call, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        # Whoever saves again has been told that somebody else did.
        form.version = before.version if before else ""
        return _show(form, refusal=refusal), LATE
    saved = _("The call is saved.")
    if call.is_open and workspace.state is CongressState.DRAFT:
        saved += " " + _("It appears once the event is published.")
    return frame.done(saved, "/call")


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
