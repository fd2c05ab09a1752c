"""Proposing something in answer to a call, correcting and withdrawing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from congress import queue
from congress.base import table_of
from congress.domain.access import ATTENDEE
from congress.domain.calls import (
    Call,
    CallClosed,
    Content,
    NotProposable,
    Proposal,
    ProposalSettled,
    ProposalState,
    ProposedEnough,
)
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.programme_letters import ProposalFacts
from congress.domain.people import fold_email
from congress.domain.tokens import PersonLink
from congress.extensions import db
from congress.formats.proposal_words import kind_name
from congress.models import Proposal as Row
from congress.queries import calls, congresses
from congress.queries.retention import long_over
from congress.services import auditing, consenting
from congress.services.mails import drafting, facts
from congress.services.mails.hearing import STRANGER_MAILS_PER_HOUR
from congress.services.mails.telling import NEW_MESSAGES
from congress.services.tokens import fresh, make_again
from congress.transaction import after_commit, transaction

PROPOSALS = table_of(Row)


@dataclass(frozen=True)
class Proposed:
    """The link to the page of a proposal.

    `is_other` where the form was sent before and said something else then.
    """

    token: str | None
    is_other: bool = False


def propose(
    congress_id: int, content: Content, email: str, *, language: str, form_key: str, now: datetime
) -> Proposed:
    """Store a proposal and send its author a receipt with the link to it.

    The same form sent twice is one proposal. Raises CallClosed, NotProposable and ProposedEnough.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        made = db.session.scalars(
            select(Row).where(Row.congress_id == congress_id, Row.form_key == form_key)
        ).one_or_none()
        if made is not None:
            is_same = all(getattr(made, name) == value for name, value in vars(content).items())
            is_other = not is_same or made.email_key != fold_email(email)
            return Proposed(make_again(PersonLink.PROPOSAL, made.nonce, made.key_id), is_other)
        call = calls.find(congress_id)
        is_over = congress.is_over(now)
        if call is None or not call.takes_proposals(congress.state, is_over=is_over, now=now):
            raise CallClosed
        _require_asked_for(call, content)
        _require_few(email, now=now)
        token, kept = fresh(PersonLink.PROPOSAL)
        row = Row(
            **vars(content) | kept,
            congress_id=congress_id,
            state=ProposalState.NEW,
            email=email,
            email_key=fold_email(email),
            mail_language=language,
            form_key=form_key,
            text_version=consenting.notice_version(congress),
            created_at=now,
            changed_at=now,
        )
        db.session.add(row)
        db.session.flush()
        proposal = calls.find_proposal(congress_id, row.id)
        if proposal is not None:
            stated = stated_of(congress, proposal.proposal)
            store(stated, proposal.proposal, MessageKind.PROPOSAL_RECEIVED, now=now)
        _record("proposal_made", congress_id, row.id, now=now)
    return Proposed(token)


def correct(proposal_id: int, content: Content, *, now: datetime) -> None:
    """Save what its author says now. Raises ProposalSettled, CallClosed and NotProposable."""
    with transaction():
        before, call = _hold(proposal_id)
        if not before.may_be_corrected(call.closes_at, now=now):
            raise ProposalSettled
        if content.kind is not before.content.kind:
            _require_asked_for(call, content)
        changed = [
            name for name, value in vars(content).items() if value != getattr(before.content, name)
        ]
        if not changed:
            return
        values = vars(content) | {"changed_at": now}
        db.session.execute(update(PROPOSALS).where(PROPOSALS.c.id == proposal_id).values(values))
        _record("proposal_corrected", before.congress_id, proposal_id, now=now)


def withdraw(proposal_id: int, *, now: datetime) -> None:
    """Take a proposal back; a second time changes nothing. Raises ProposalSettled."""
    with transaction():
        before, _call = _hold(proposal_id)
        if before.state is ProposalState.WITHDRAWN:
            return
        if not before.may_be_withdrawn:
            raise ProposalSettled
        values = {"state": ProposalState.WITHDRAWN, "changed_at": now}
        db.session.execute(update(PROPOSALS).where(PROPOSALS.c.id == proposal_id).values(values))
        _record("proposal_withdrawn", before.congress_id, proposal_id, now=now)


def forget_old(*, now: datetime) -> int:
    """Delete proposals a year after the last day of their congress; returns how many."""
    over = long_over(now)
    with transaction():
        result = db.session.execute(delete(PROPOSALS).where(PROPOSALS.c.congress_id.in_(over)))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def stated_of(congress: Congress, proposal: Proposal) -> ProposalFacts:
    """Return what every letter about a proposal states."""
    language, content = proposal.mail_language, proposal.content
    return {
        "congress": facts.of_congress(congress, language),
        "given_name": "",
        "family_name": content.name,
        "proposal": proposal.id,
        "title": content.title,
        "kind": kind_name(content.kind, language),
    }


def store(
    stated: Mapping[str, Any], proposal: Proposal, kind: MessageKind, *, now: datetime
) -> None:
    """Write a letter to the author of a proposal, inside a running transaction."""
    db.session.execute(NEW_MESSAGES, [row_of(stated, proposal, kind, now=now)])
    after_commit(queue.wake)


def row_of(
    stated: Mapping[str, Any], proposal: Proposal, kind: MessageKind, *, now: datetime
) -> dict[str, Any]:
    """Return the row of a letter to the author of a proposal."""
    return {
        "kind": kind,
        "message_id": drafting.new_message_id(),
        "congress_id": proposal.congress_id,
        "registration_id": None,
        "language": proposal.mail_language,
        "facts": dict(stated),
        "created_at": now,
        "due_at": now,
        "priority": 0,
        **facts.mailbox(proposal.email, proposal.name),
    }


def _hold(proposal_id: int) -> tuple[Proposal, Call]:
    number = select(PROPOSALS.c.congress_id).where(PROPOSALS.c.id == proposal_id)
    congress_id = db.session.scalars(number).one_or_none()
    if congress_id is None:
        raise ProposalSettled
    congresses.hold(congress_id)
    found, call = calls.find_proposal(congress_id, proposal_id), calls.find(congress_id)
    if found is None or call is None:
        raise ProposalSettled
    return found.proposal, call


def _require_asked_for(call: Call, content: Content) -> None:
    if content.kind not in call.kinds:
        raise NotProposable


def _require_few(email: str, *, now: datetime) -> None:
    """A stranger may type any address, and each proposal sends a letter there (SEC-30)."""
    mine = (PROPOSALS.c.email_key == fold_email(email),)
    since = PROPOSALS.c.created_at > now - timedelta(hours=1)
    found = select(func.count()).select_from(PROPOSALS).where(*mine, since)
    if db.session.scalars(found).one() >= STRANGER_MAILS_PER_HOUR:
        raise ProposedEnough


def _record(verb: str, congress_id: int, proposal_id: int, *, now: datetime) -> None:
    details = {"proposal": proposal_id}
    auditing.record(verb, actor=ATTENDEE, now=now, congress_id=congress_id, details=details)
