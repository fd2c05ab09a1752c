"""What is agreed on at a marketplace: entered at its table, counted, printed, handed out."""

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.errors import Refused
from congress.domain.market import Agreement, counts
from congress.queries import market as queries
from congress.services.exporting import FileFormat
from congress.services.market import agreeing, handing_out
from congress.web import access, handed_out, languages, refusals
from congress.web.languages import gettext as _
from congress.web.market import words
from congress.web.market.forms import AgreementForm, agreement_form
from congress.web.organiser import frame
from congress.web.organiser.asking import Question, ask

REFUSED, LATE = 422, 409
PAGE, CURRENT = "/market/agreements", "check-in"


def market_agreements() -> str:
    """Show what was agreed on, and how much by category and sector."""
    here = access.workspace().id
    there, laid_out = queries.agreements(here), queries.setup(here)
    return frame.page(
        "market_agreements.html",
        current=CURRENT,
        agreements=there,
        counts=counts(there),
        categories=dict(words.categories(laid_out)),
        may_agree=len(queries.parties(here)) > 1,
        words=words,
    )


def new_market_agreement() -> ResponseReturnValue:
    """Show the form for an agreement, or keep what was sent."""
    here = access.workspace().id
    known = queries.parties(here)
    form = agreement_form(queries.setup(here), known, beforehand=request.args)
    if request.method == "GET":
        return _page(form)
    said = form.read(request.form)
    if said is None:
        return _page(form), REFUSED
    try:
        number = agreeing.agree(here, said, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _page(form, refusal=refusal), LATE
    done = _("Agreement %(number)d is saved. You can print its sheet now.", number=number)
    return frame.done(done, PAGE)


def edit_market_agreement(agreement_id: int) -> ResponseReturnValue:
    """Show an agreement in a form, or take what was entered."""
    here, found = access.workspace().id, _get(agreement_id)
    form = agreement_form(queries.setup(here), queries.parties(here), found)
    if request.method == "GET":
        return _page(form, found)
    said = form.read(request.form)
    if said is None:
        return _page(form, found), REFUSED
    try:
        agreeing.change(
            here, found.id, said, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        form.version = found.facts.version
        return _page(form, found, refusal), LATE
    return frame.done(_("Agreement %(number)d is saved.", number=found.number), PAGE)


def remove_market_agreement(agreement_id: int) -> ResponseReturnValue:
    """Ask whether to delete an agreement that was entered by mistake, and do so."""
    if request.method == "POST":
        agreeing.remove(access.workspace().id, agreement_id, actor=access.actor(), now=clock.now())
        return frame.done(_("It is deleted."), PAGE)
    found = _get(agreement_id)
    question = Question(
        _("Delete agreement %(number)d?", number=found.number),
        _("It is counted no longer. This cannot be undone."),
        _("Delete it"),
    )
    return ask(
        question,
        f"{PAGE}/{agreement_id}/remove",
        current=CURRENT,
        back=PAGE,
        above=_("Agreements"),
    )


def market_agreement_sheet(agreement_id: int) -> Response:
    """Hand out the sheet that both sign."""
    return _file([_get(agreement_id)], FileFormat.PDF)


def market_agreements_workbook() -> Response:
    """Hand out all agreements as a workbook."""
    return _file(queries.agreements(access.workspace().id), FileFormat.XLSX)


def _file(which: list[Agreement], file_format: FileFormat) -> Response:
    exported = handing_out.hand_out(
        access.workspace().id,
        which,
        file_format,
        language=languages.current(),
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(exported)


def _get(agreement_id: int) -> Agreement:
    there = queries.agreements(access.workspace().id)
    return next((each for each in there if each.id == agreement_id), None) or abort(404)


def _page(
    form: AgreementForm, agreement: Agreement | None = None, refusal: Refused | None = None
) -> str:
    known = queries.parties(access.workspace().id)
    return frame.page(
        "market_agreement.html",
        current=CURRENT,
        form=form,
        agreement=agreement,
        parties=words.parties(known),
        categories=words.categories(form.market),
        **refusals.box(refusal or form.errors, access.workspace().zone),
    )
