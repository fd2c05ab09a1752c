"""Answering proposals: what is decided, and the letter that says so, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from congress import queue
from congress.base import table_of
from congress.domain import calls as rules
from congress.domain.access import Actor
from congress.domain.calls import Proposal, ProposalSettled, ProposalState, ProposalsUnseen
from congress.domain.congresses import Congress
from congress.domain.mails.circulars import Circular
from congress.domain.mails.messages import LATER, MessageKind
from congress.domain.mails.programme_letters import AnswerFacts
from congress.domain.texts import Texts
from congress.extensions import db, settings
from congress.formats.catalogue import catalogue
from congress.formats.letters import Wording, compose
from congress.models import AuditLine
from congress.models import Proposal as Row
from congress.queries import calls, congresses
from congress.services import auditing
from congress.services.calling.proposing import row_of, stated_of
from congress.services.mails import delivering
from congress.services.mails.telling import NEW_MESSAGES
from congress.transaction import after_commit, transaction

KIND = MessageKind.PROPOSAL_ANSWERED
STEP = 500
PROPOSALS = table_of(Row)


@dataclass(frozen=True)
class Answer:
    """What is written, by language; the same `form_key` answers once."""

    text: Texts
    seen: str  # the mark of the proposals it was written to
    form_key: str


def preview(congress: Congress, proposal: Proposal, text: Texts, *, now: datetime) -> Wording:
    """Put a letter into words as it would be sent, with a sentence in the place of its link."""
    language, stated = proposal.mail_language, _stated(congress, proposal, text)
    links = delivering.public_links(stated)
    links["proposal"] = catalogue(language).gettext("[The personal link is here.]")
    zone = ZoneInfo(settings().timezone)
    return compose(KIND, language, stated, links=links, zone=zone, written_at=now)


def decline(
    congress_id: int, answer: Answer, *, proposal_id: int | None, actor: Actor, now: datetime
) -> int:
    """Decline one proposal, or all that are left; returns how many letters are sent.

    Those on the shortlist are left for a decision of their own. The same form sent twice writes
    once. Raises ProposalSettled and ProposalsUnseen.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        if _was_sent(congress_id, answer.form_key):
            return 0
        chosen = calls.undecided(congress_id, proposal_id)
        if not chosen:
            raise ProposalSettled
        if rules.mark_of(chosen) != answer.seen:
            raise ProposalsUnseen
        _tell(congress, chosen, answer.text, ProposalState.DECLINED, now=now)
        about = {"count": len(chosen)} if proposal_id is None else {"proposal": proposal_id}
        auditing.record(
            "proposals_declined" if proposal_id is None else "proposal_declined",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={**about, "form": answer.form_key},
        )
    return len(chosen)


def _tell(
    congress: Congress,
    chosen: Sequence[Proposal],
    text: Texts,
    state: ProposalState,
    *,
    now: datetime,
) -> None:
    values = {"state": state, "told": state, "told_at": now}
    later = {"priority": LATER} if len(chosen) > 1 else {}
    for start in range(0, len(chosen), STEP):
        some = chosen[start : start + STEP]
        ids = [each.id for each in some]
        db.session.execute(update(PROPOSALS).where(PROPOSALS.c.id.in_(ids)).values(values))
        rows = [row_of(_stated(congress, each, text), each, KIND, now=now) | later for each in some]
        db.session.execute(NEW_MESSAGES, rows)
    after_commit(queue.wake)


def _stated(congress: Congress, proposal: Proposal, text: Texts) -> AnswerFacts:
    paragraphs = Circular({}, text).paragraphs(proposal.mail_language)
    return {**stated_of(congress, proposal), "paragraphs": paragraphs}


def _was_sent(congress_id: int, form_key: str) -> bool:
    sent = select(AuditLine.id).where(
        AuditLine.congress_id == congress_id,
        AuditLine.verb.in_(("proposal_declined", "proposals_declined")),
        AuditLine.details["form"].as_string() == form_key,
    )
    return db.session.scalars(sent.limit(1)).first() is not None
