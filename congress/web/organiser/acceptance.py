"""Accepting a proposal: its letter, and when and where its item of the programme is to be."""

from collections.abc import Mapping

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import acceptance as rules
from congress.domain.calls import Answering, Proposal, ProposalSettled, ProposalState, answer_from
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning import adding
from congress.domain.planning.item_plan import EditedItem, ItemPlan
from congress.domain.programme import ItemKind
from congress.formats import proposal_words
from congress.queries import calls as queries
from congress.queries import congresses
from congress.queries.planning import scheduling
from congress.services.calling import accepting
from congress.services.calling.accepting import Accepted, Address
from congress.services.calling.answering import Answer
from congress.web import access
from congress.web.call import proposal_words as page_words
from congress.web.entries import read_line
from congress.web.languages import gettext as _
from congress.web.organiser import (
    answer_letters,
    frame,
    item_form,
    item_page,
    item_reading,
    new_item_form,
    new_items,
)
from congress.web.organiser.answer_letters import Letter
from congress.web.organiser.item_form import ItemForm

REFUSED, LATE = 422, 409


def accept(proposal_id: int) -> ResponseReturnValue:
    """Show the letter that accepts a proposal, with the time of its item, or send it."""
    found = queries.find_proposal(access.workspace().id, proposal_id) or abort(404)
    proposal = found.proposal
    item = queries.item_of([proposal])
    letter, form = _letter(proposal), _form(proposal, item)
    if request.method == "GET":
        return _show(proposal, item, letter, form)
    letter.read(request.form)
    plan = _read(form, item, request.form) if form else None
    if letter.errors or (form and plan is None):
        return _show(proposal, item, letter, form), REFUSED
    if request.form.get("step") != "send":
        return _show(proposal, item, letter, form)
    if request.form.get("shown") != letter.mark:
        return _show(proposal, item, letter, form, is_other=True), LATE
    if item is not None and plan is not None:
        plan = rules.again(plan, proposal.content)
    answer = Answer(letter.texts, request.form.get("seen", ""), letter.key)
    try:
        done = accepting.accept(
            access.workspace().id,
            proposal_id,
            answer,
            plan,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(proposal, item, letter, form, refusal=refusal), LATE
    return frame.done(_notice(done, plan), f"/call/proposals/{proposal_id}")


def _letter(proposal: Proposal) -> Letter:
    said = answer_from(proposal.state, ProposalState.ACCEPTED) or Answering.ACCEPTED
    return answer_letters.usual_letter(
        [proposal], lambda language: proposal_words.usual_text(said, proposal.content, language)
    )


def _form(proposal: Proposal, item: EditedItem | None) -> ItemForm | None:
    """Return the form of the item: as offered, or as it was before it was called off."""
    if not proposal.has_item:
        return None
    zone = access.workspace().zone
    if item is not None:
        return item_form.filled(item.plan, zone)
    congress = congresses.get_congress(access.workspace().id)
    plans = [each.plan for each in scheduling.edited_items(congress.id)]
    kind, _role = rules.ITEM_KINDS[proposal.content.kind]
    number = adding.next_number(scheduling.spots(congress.id))
    slot = rules.usual_slot(kind, plans, congress.days)
    plan = rules.plan_of(proposal.content, slot, number)
    form = item_form.filled(plan, zone)
    form.kind.value, form.number.value = plan.kind, str(plan.number or "")
    return form


def _read(form: ItemForm, item: EditedItem | None, sent: Mapping[str, str]) -> ItemPlan | None:
    """Return the item with what was typed; of one that is there the number and places stay."""
    asked = [form.day, form.starts, form.ends, form.room]
    if form.kind.value == ItemKind.WORKSHOP:
        asked += [form.number, form.capacity]
    for entry in asked:
        read_line(entry, sent.get(entry.name, entry.value), most=40)
    workspace = access.workspace()
    rooms = [room.code for room in scheduling.rooms(workspace.id)]
    if item is not None:
        return item_reading.read_plan(
            form, item.plan, days=item_page.days(), rooms=rooms, zone=workspace.zone
        )
    days = congresses.get_congress(workspace.id).days
    return new_item_form.read_plan(form, None, days=days, rooms=rooms, zone=workspace.zone)


def _notice(done: Accepted, plan: ItemPlan | None) -> str:
    """Say what was done, and what to know of the item."""
    if not done.is_new:
        return _("This had been sent already.")
    said = [_("Accepted. The email goes out shortly.")]
    if done.address is Address.OTHER_STAYS:
        said.append(_("There was another address under People already; it stays."))
    if done.address is Address.NOT_YOURS:
        said.append(
            _(
                "Someone who may see the registrations enters the address under People: it opens "
                "the list of names of the workshop."
            )
        )
    if done.code and plan:
        said += [*new_items.same_number(done.code, plan), *item_page.remarks(done.code, plan)]
    return " ".join(said)


def _show(
    proposal: Proposal,
    item: EditedItem | None,
    letter: Letter,
    form: ItemForm | None,
    *,
    refusal: Refused | None = None,
    is_other: bool = False,
) -> str:
    can_accept = proposal.may_become(ProposalState.ACCEPTED)
    if not can_accept and refusal is None:
        refusal = ProposalSettled()
    return frame.page(
        "accept.html",
        current="programme",
        proposal=proposal,
        kind=page_words.kind(proposal.content.kind),
        can_accept=can_accept,
        item=item,
        is_draft=access.workspace().state is CongressState.DRAFT,
        is_translated=proposal.content.language == "de",
        letter=letter,
        samples=answer_letters.samples(
            letter, [proposal] if can_accept else [], ProposalState.ACCEPTED
        ),
        seen=rules.seen_of([proposal], item),
        form=form,
        days=item_page.day_choices() if form else [],
        rooms=item_page.room_choices() if form else [],
        errors=[*letter.errors, *(form.errors if form else [])],
        error=answer_letters.why_not_sent(refusal, is_other=is_other),
    )
