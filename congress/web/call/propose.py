"""The public form of a call: shown, taken, and refused without losing what was typed."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.calls import Call
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.queries import calls
from congress.services.calling import proposing
from congress.web import languages, refusals
from congress.web.call import proposal_words
from congress.web.call.proposal_form import LANGUAGES, ProposalForm, proposal_form
from congress.web.registration import form_tokens
from congress.web.registration.obstacles import TRAP
from congress.web.registration.occasion import occasion
from congress.web.registration.register import public_congress

REFUSED, LATE = 422, 409


def call(slug: str) -> ResponseReturnValue:
    """Show the form, or take it and lead to the page of the proposal."""
    congress = public_congress(slug)
    found = calls.find(congress.id) or abort(404)
    mark = f"{slug}/call"  # no mark of a registration form is one of this form
    if request.method == "GET":
        form = proposal_form(found, form_tokens.issue(mark, now=clock.now()), None)
        return _page(congress, found, form)
    form = proposal_form(found, form_tokens.hold(request.form.get("form_token", ""), mark), None)
    if not form.read(request.form) or form.token is None:
        return _page(congress, found, form), REFUSED
    try:
        proposed = proposing.propose(
            congress.id,
            form.to_content(),
            form.email,
            language=languages.current(),
            form_key=form.token.key,
            now=clock.now(),
        )
    except Refused as refusal:
        refused = refusals.text(refusal, congress.zone)
        return _page(congress, found, form, refused=refused), LATE
    if proposed.token is None:
        abort(404)
    done = "same" if proposed.is_other else "sent"
    address = languages.link(f"/proposal/{proposed.token}?done={done}")
    return redirect(address, code=303)


def _page(congress: Congress, found: Call, form: ProposalForm, *, refused: str = "") -> str:
    now = clock.now()
    is_open = found.takes_proposals(congress.state, is_over=congress.is_over(now), now=now)
    return render_template(
        "call/propose.html",
        congress=congress,
        occasion=occasion(congress),
        call=found,
        form=form,
        is_open=is_open,
        was_sent=request.method == "POST",
        last_day=languages.dates(congress.zone).last_day(found.closes_at),
        kinds=[(str(each), proposal_words.kind(each)) for each in form.kinds],
        languages=[(each, proposal_words.language(each)) for each in LANGUAGES],
        errors=form.errors,
        refused=refused,
        trap=TRAP,
    )
