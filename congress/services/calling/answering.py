"""Answering proposals: what is decided, and the letter that says so, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from congress import queue
from congress.base import table_of
from congress.domain.acceptance import seen_of
from congress.domain.access import Actor
from congress.domain.calls import (
    Answering,
    Proposal,
    ProposalSettled,
    ProposalState,
    ProposalsUnseen,
    answer_from,
)
from congress.domain.congresses import Congress
from congress.domain.mails.circulars import Circular
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.mails.programme_letters import AnswerFacts
from congress.domain.texts import Texts
from congress.extensions import db
from congress.formats.catalogue import catalogue
from congress.formats.letters import Wording
from congress.models import AuditLine
from congress.models import Proposal as Row
from congress.queries import calls
from congress.services import auditing
from congress.services.calling import stands
from congress.services.calling.proposing import row_of, stated_of
from congress.services.mails import showing
from congress.services.mails.telling import NEW_MESSAGES
from congress.services.planning import publishing, reworking
from congress.transaction import after_commit, transaction

KIND = MessageKind.PROPOSAL_ANSWERED
STEP = 500
VERBS = (
    "proposal_accepted",
    "proposal_declined",
    "proposal_no_longer_accepted",
    "proposals_declined",
)
PROPOSALS = table_of(Row)


@dataclass(frozen=True)
class Answer:
    """What is written, by language; the same `form_key` answers once."""

    text: Texts
    seen: str  # the mark of the proposals it was written to
    form_key: str


def preview(
    congress: Congress, proposal: Proposal, text: Texts, wanted: ProposalState, *, now: datetime
) -> Wording:
    """Put a letter into words as it would be sent, with a sentence in the place of its link."""
    language, stated = proposal.mail_language, _stated(congress, proposal, text, wanted)
    instead = {"proposal": catalogue(language).gettext("[The personal link is here.]")}
    return showing.in_words(congress.id, KIND, language, stated, instead=instead, now=now)


def decline(
    congress_id: int, answer: Answer, *, proposal_id: int | None, actor: Actor, now: datetime
) -> int:
    """Decline one proposal, or all that have no answer; returns how many letters are sent.

    What was accepted before is taken out of the programme, like anything else: what was public
    is called off by the next release. The same form sent twice writes once. Raises
    ProposalSettled and ProposalsUnseen.
    """
    with transaction():
        _row, congress = publishing.hold(congress_id)
        if was_sent(congress_id, answer.form_key):
            return 0
        chosen = calls.to_decline(congress_id, proposal_id)
        if not chosen:
            raise ProposalSettled
        item = calls.item_of(chosen)
        if seen_of(chosen, item) != answer.seen:
            raise ProposalsUnseen
        tell(congress, chosen, answer.text, ProposalState.DECLINED, now=now)
        if item is not None:
            reworking.remove(reworking.hold(item.id), actor=actor, now=now)
        about = {"count": len(chosen)} if proposal_id is None else {"proposal": proposal_id}
        auditing.record(
            _verb_of(chosen, proposal_id),
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={**about, "form": answer.form_key},
        )
    return len(chosen)


def tell(
    congress: Congress,
    chosen: Sequence[Proposal],
    text: Texts,
    state: ProposalState,
    *,
    now: datetime,
) -> None:
    """Decide and write to whom it concerns, inside a running transaction."""
    values: dict[str, Any] = {"state": state, "told": state, "told_at": now}
    if state is not ProposalState.ACCEPTED:
        values["stand_place"] = ""
    later = {"priority": LATER} if len(chosen) > 1 else {}
    for start in range(0, len(chosen), STEP):
        some = chosen[start : start + STEP]
        ids = [each.id for each in some]
        db.session.execute(update(PROPOSALS).where(PROPOSALS.c.id.in_(ids)).values(values))
        stated = [(_stated(congress, each, text, state), each) for each in some]
        rows = [row_of(facts, each, KIND, now=now) | later for facts, each in stated]
        db.session.execute(NEW_MESSAGES, rows)
    stands.show_anew(congress.id, chosen)
    after_commit(queue.wake)


def was_sent(congress_id: int, form_key: str) -> bool:
    """Return whether this form was answered with before."""
    sent = select(AuditLine.id).where(
        AuditLine.congress_id == congress_id,
        AuditLine.verb.in_(VERBS),
        AuditLine.details["form"].as_string() == form_key,
    )
    return db.session.scalars(sent.limit(1)).first() is not None


def _verb_of(chosen: Sequence[Proposal], proposal_id: int | None) -> str:
    if proposal_id is None:
        return "proposals_declined"
    is_taken_back = chosen[0].state is ProposalState.ACCEPTED
    return "proposal_no_longer_accepted" if is_taken_back else "proposal_declined"


def _stated(
    congress: Congress, proposal: Proposal, text: Texts, wanted: ProposalState
) -> AnswerFacts:
    paragraphs = Circular({}, text).paragraphs(proposal.mail_language)
    answer = answer_from(proposal.state, wanted) or Answering.DECLINED
    return {**stated_of(congress, proposal), "paragraphs": paragraphs, "answer": answer}
