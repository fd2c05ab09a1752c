"""Declining proposals, one or all that are left: the letter is written, looked at, sent."""

from collections.abc import Sequence

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.acceptance import seen_of
from congress.domain.calls import Proposal, ProposalSettled, ProposalState, answer_from
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.formats import proposal_words
from congress.queries import calls as queries
from congress.queries.planning import scheduling
from congress.services.calling import answering
from congress.services.calling.answering import Answer
from congress.web import access
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import answer_letters, frame
from congress.web.organiser.answer_letters import Letter

REFUSED, LATE = 422, 409
ALL = "/call/proposals"


def decline_one(proposal_id: int) -> ResponseReturnValue:
    """Show the letter that declines a proposal, or send it."""
    found = queries.find_proposal(access.workspace().id, proposal_id) or abort(404)
    return _decline(f"{ALL}/{proposal_id}", proposal_id, found.proposal)


def decline_rest() -> ResponseReturnValue:
    """Show the letter to all who have no answer, or send it."""
    return _decline(ALL, None)


def _decline(
    back: str, proposal_id: int | None, one: Proposal | None = None
) -> ResponseReturnValue:
    chosen = queries.to_decline(access.workspace().id, proposal_id)
    letter = _letter(chosen, one)
    if request.method == "GET":
        return _show(back, chosen, letter)
    letter.read(request.form)
    if letter.errors:
        return _show(back, chosen, letter), REFUSED
    if request.form.get("step") != "send":
        return _show(back, chosen, letter)
    if request.form.get("shown") != letter.mark and chosen:
        return _show(back, chosen, letter, is_other=True), LATE
    answer = Answer(letter.texts, request.form.get("seen", ""), letter.key)
    try:
        number = answering.decline(
            access.workspace().id,
            answer,
            proposal_id=proposal_id,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(back, chosen, letter, refusal=refusal), LATE
    done = ngettext(
        "Declined. %(num)d email goes out shortly.",
        "Declined. %(num)d emails go out shortly.",
        number,
    )
    return frame.done(done if number else _("This had been sent already."), back)


def _letter(chosen: Sequence[Proposal], one: Proposal | None) -> Letter:
    """Return the letter; who takes an acceptance back says so."""
    if one is None:
        return answer_letters.usual_letter(chosen, proposal_words.declining)
    said = answer_from(one.state, ProposalState.DECLINED)
    if said is None:  # it was answered meanwhile: what was typed is kept
        return answer_letters.usual_letter([one], proposal_words.declining)
    return answer_letters.usual_letter(
        [one], lambda language: proposal_words.usual_text(said, one.content, language)
    )


def _show(
    back: str,
    chosen: Sequence[Proposal],
    letter: Letter,
    *,
    refusal: Refused | None = None,
    is_other: bool = False,
) -> str:
    if not chosen and refusal is None:
        refusal = ProposalSettled()
    item = queries.item_of(chosen)
    is_draft = access.workspace().state is CongressState.DRAFT
    was_public = item is not None and item.released is not None and not is_draft
    return frame.page(
        "decline.html",
        current="programme",
        back=back,
        chosen=chosen,
        is_one=back != ALL,
        is_taken_back=bool(chosen) and chosen[0].state is ProposalState.ACCEPTED,
        item=item,
        stays=item is not None and (was_public or scheduling.was_booked(item.id)),
        letter=letter,
        samples=answer_letters.samples(letter, chosen, ProposalState.DECLINED),
        seen=seen_of(chosen, item),
        error=answer_letters.why_not_sent(refusal, is_other=is_other),
    )
