"""Accepting a proposal: the answer, its letter and the item of the programme in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import uuid4

from sqlalchemy import update

from congress.domain.acceptance import seen_of
from congress.domain.access import Actor
from congress.domain.calls import (
    Proposal,
    ProposalSettled,
    ProposalState,
    ProposalsUnseen,
    TooLateToAccept,
)
from congress.domain.people import fold_email
from congress.domain.planning.contributors import answers_count
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.partners import NamesNotYours
from congress.extensions import db
from congress.models import ProgrammeItem
from congress.queries import calls
from congress.services import auditing
from congress.services.calling import answering
from congress.services.calling.answering import PROPOSALS, Answer
from congress.services.planning import inviting, publishing, reporting, reworking
from congress.transaction import transaction


class Address(Enum):
    """Whether the people of the programme are reached as their proposal says."""

    KNOWN = auto()
    OTHER_STAYS = auto()  # organisers had entered another one
    NOT_YOURS = auto()  # it would open names that who accepts may not see


@dataclass(frozen=True)
class Accepted:
    """What was done: the code of the item, and how its author is reached; None: as sent before."""

    code: str | None = None
    address: Address = Address.KNOWN
    is_new: bool = True


def accept(
    congress_id: int,
    proposal_id: int,
    answer: Answer,
    plan: ItemPlan | None,
    *,
    actor: Actor,
    now: datetime,
) -> Accepted:
    """Accept a proposal; its item is a draft, which the public sees after the next release.

    One that was called off with an earlier answer takes place again. Without a `plan` there is
    no item. The same form sent twice accepts once. Raises ProposalSettled, ProposalsUnseen,
    TooLateToAccept, and what the editor raises: EndsBeforeStart, OutsideCongress, TitleMissing.
    """
    with transaction():
        congress, seen = publishing.hold(congress_id)
        if answering.was_sent(congress_id, answer.form_key):
            return Accepted(is_new=False)
        if not answers_count(seen.state, is_over=seen.is_over(now)):
            raise TooLateToAccept
        found = calls.find_proposal(congress_id, proposal_id)
        if found is None or not found.proposal.may_become(ProposalState.ACCEPTED):
            raise ProposalSettled
        proposal = found.proposal
        before = calls.item_of([proposal])
        is_as_seen = answer.seen == seen_of([proposal], before)
        if not is_as_seen or proposal.has_item is (plan is None):
            raise ProposalsUnseen
        answering.tell(seen, [proposal], answer.text, ProposalState.ACCEPTED, now=now)
        row, address = None, Address.KNOWN
        if plan is not None:
            reworking.require_makes_sense(plan, seen)
            if before is None:
                row = reworking.add(congress, plan, str(uuid4()), actor=actor, now=now)
            else:
                held = reworking.hold(before.id)
                reworking.write(held, plan, "item_edited", actor=actor, now=now)
                row = held.row
            address = _reach(row, proposal, actor, now=now)
            reporting.carry_needs(congress_id, row.id, proposal.content.needs, now=now)
            became = update(PROPOSALS).where(PROPOSALS.c.id == proposal_id)
            db.session.execute(became.values(item_id=row.id))
        auditing.record(
            "proposal_accepted",
            actor=actor,
            now=now,
            congress_id=congress_id,
            item_id=row.id if row else None,
            details={"proposal": proposal_id, "form": answer.form_key},
        )
        return Accepted(row.code if row else None, address)


def _reach(row: ProgrammeItem, proposal: Proposal, actor: Actor, *, now: datetime) -> Address:
    """Let the people of the programme know the address of an author.

    Nobody is reached at an address by it that organisers did not enter: links hang on those.
    """
    named = (each.person for each in row.contributions if each.person is not None)
    person = next((each for each in named if each.name == proposal.content.name), None)
    if person is None:
        return Address.KNOWN
    known = inviting.row_of(row.congress_id, person.id)
    if fold_email(known.email) == fold_email(proposal.email):
        return Address.KNOWN
    if known.email:
        return Address.OTHER_STAYS
    try:
        inviting.require_may_reach(row.congress_id, [person.id], actor, now=now)
    except NamesNotYours:
        return Address.NOT_YOURS
    known.email, known.language = proposal.email, proposal.mail_language
    db.session.flush()
    return Address.KNOWN
