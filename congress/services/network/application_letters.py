"""Letters about applications for membership, and the link that they bring."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress import links, queue
from congress.base import table_of
from congress.domain.mails.kinds import KINDS, MessageKind
from congress.domain.mails.network_letters import ApplicationFacts
from congress.domain.network.applications import Application
from congress.domain.people import fold_email
from congress.domain.tokens import ApplicationLink
from congress.extensions import db
from congress.models import MembershipApplication
from congress.services.mails import drafting, facts
from congress.services.mails.telling import NEW_MESSAGES
from congress.services.tokens import make_again
from congress.transaction import after_commit

APPLICATIONS = table_of(MembershipApplication)


def received(application: Application, *, now: datetime) -> None:
    """Say that an application arrived, with the link to its page."""
    _store(MessageKind.APPLICATION_RECEIVED, application, _stated(application), now=now)


def declined(application: Application, words: str, *, now: datetime) -> None:
    """Say that it did not become a member, and why, in the office's words."""
    stated = _stated(application) | {"paragraphs": _paragraphs(words)}
    _store(MessageKind.APPLICATION_DECLINED, application, stated, now=now)


def accepted(
    application: Application, contact_id: int, starts_on: str, words: str, *, now: datetime
) -> None:
    """Say that it is a member, from when on, with the link of its contact person."""
    stated = _stated(application) | {
        "contact_person": contact_id,
        "starts_on": starts_on,
        "paragraphs": _paragraphs(words),
    }
    _store(MessageKind.APPLICATION_ACCEPTED, application, stated, now=now)


def link_for(stated: Mapping[str, Any], recipient: str) -> str | None:
    """Make the link that a letter brings; None once the application is deleted."""
    found = select(APPLICATIONS.c.nonce, APPLICATIONS.c.key_id).where(
        APPLICATIONS.c.id == stated["application"],
        APPLICATIONS.c.email_key == fold_email(recipient),
    )
    row = db.session.execute(found).one_or_none()
    token = make_again(ApplicationLink.APPLICANT, *row) if row else None
    return links.application(token) if token else None


def _stated(application: Application) -> ApplicationFacts:
    return {
        "given_name": application.applicant.given_name,
        "family_name": application.applicant.family_name,
        "organisation": application.called,
        "application": application.id,
    }


def _paragraphs(words: str) -> list[list[str]]:
    blocks = words.split("\n\n")
    return [lines for block in blocks if (lines := block.strip().splitlines())]


def _store(
    kind: MessageKind, application: Application, stated: Mapping[str, Any], *, now: datetime
) -> None:
    row: drafting.Row = {
        "kind": kind,
        "message_id": drafting.new_message_id(),
        "congress_id": None,
        "registration_id": None,
        "language": application.language,
        "facts": dict(stated),
        "created_at": now,
        "due_at": now,
        "priority": KINDS[kind].priority,
        **facts.mailbox(application.applicant.email, application.applicant.name),
    }
    db.session.execute(NEW_MESSAGES, [row])
    after_commit(queue.wake)
