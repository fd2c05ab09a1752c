"""The page of a proposal for its author: seeing, correcting and withdrawing it."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import acceptance
from congress.domain.calls import Proposal
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.queries import calls, congresses
from congress.services.calling import proposing
from congress.web import languages, refusals
from congress.web.call import proposal_words
from congress.web.call.proposal_form import LANGUAGES, ProposalForm, proposal_form
from congress.web.languages import gettext as _
from congress.web.registration.occasion import occasion

REFUSED, LATE = 422, 409


def proposal(token: str) -> str:
    """Show a proposal; changes nothing."""
    return _show(_open(token), token)


def correct_proposal(token: str) -> ResponseReturnValue:
    """Show a proposal in a form, or save what its author says now."""
    found = _open(token)
    call = calls.find(found.congress_id) or abort(404)
    form = proposal_form(call, None, found.content)
    if request.method == "GET":
        if not found.may_be_corrected(call.closes_at, now=clock.now()):
            return redirect(languages.link(f"/proposal/{token}"), code=303)
        return _form(found, token, form)
    if not form.read(request.form):
        return _form(found, token, form), REFUSED
    try:
        proposing.correct(found.id, form.to_content(), now=clock.now())
    except Refused as refusal:
        return _form(found, token, form, refused=refusals.text(refusal)), LATE
    return redirect(languages.link(f"/proposal/{token}?done=corrected"), code=303)


def withdraw_proposal(token: str) -> ResponseReturnValue:
    """Ask whether to take a proposal back, and do it."""
    found = _open(token)
    if request.method == "GET":
        if not found.may_be_withdrawn:
            return redirect(languages.link(f"/proposal/{token}"), code=303)
        return _render("call/withdraw.html", found, token)
    try:
        proposing.withdraw(found.id, now=clock.now())
    except Refused as refusal:
        return _show(_open(token), token, refused=refusals.text(refusal)), LATE
    return redirect(languages.link(f"/proposal/{token}"), code=303)


def _open(token: str) -> Proposal:
    return calls.find_by_token(token) or abort(404)


def _show(found: Proposal, token: str, *, refused: str = "") -> str:
    call, now = calls.find(found.congress_id), clock.now()
    item, heading = calls.item_of([found]), congresses.get_heading(found.congress_id)
    face = item.released if item is not None and heading.is_public else None
    notices = {
        "sent": _(
            "Thank you. Your proposal has been received. Its link is on its way to you by email."
        ),
        "corrected": _("Your changes have been saved."),
        "same": _(
            "This form had been sent before. Below is what was sent first; you can correct it here."
        ),
    }
    return _render(
        "call/proposal.html",
        found,
        token,
        notice=notices.get(request.args.get("done", ""), ""),
        refused=refused,
        can_correct=call is not None and found.may_be_corrected(call.closes_at, now=now),
        closes_at=call.closes_at if call else None,
        item=item,
        face=face,
        prospect=acceptance.prospect(found, face, is_off=item is not None and item.plan.cancelled),
    )


def _form(found: Proposal, token: str, form: ProposalForm, *, refused: str = "") -> str:
    return _render(
        "call/correct.html",
        found,
        token,
        form=form,
        kinds=[(str(each), proposal_words.kind(each)) for each in form.kinds],
        languages=[(each, proposal_words.language(each)) for each in LANGUAGES],
        errors=form.errors,
        refused=refused,
    )


def _render(template: str, found: Proposal, token: str, **context: object) -> str:
    congress = congresses.get_congress(found.congress_id)
    return render_template(
        template,
        congress=congress,
        occasion=occasion(congress),
        dates=languages.dates(congress.zone),
        is_draft=congress.state is CongressState.DRAFT,
        token=token,
        proposal=found,
        kind=proposal_words.kind(found.content.kind),
        fittings=proposal_words.fittings,
        spoken=proposal_words.language(found.content.language),
        badge_of=proposal_words.state_for_author(found.state),
        **context,
    )
