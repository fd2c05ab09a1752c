"""Letters to contact persons, as rows written in the transaction of the thing they tell about."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from congress import queue
from congress.base import table_of
from congress.domain.mails.kinds import KINDS, TO_CONTACTS, MessageKind
from congress.domain.mails.network_letters import ContactCodeFacts, ContactFacts, TermFacts
from congress.domain.network.contacts import Contact
from congress.extensions import db
from congress.models import OutboxMessage
from congress.services.mails import drafting, facts
from congress.services.mails.telling import NEW_MESSAGES
from congress.services.network import terms
from congress.transaction import after_commit

MAILS = table_of(OutboxMessage)
WITH_LINK = (MessageKind.CONTACT_LINK, MessageKind.CONTACT_BEGUN)


def links(people: Sequence[Contact], *, now: datetime) -> None:
    """Send people their links."""
    mails = [(MessageKind.CONTACT_LINK, each, _stated(each)) for each in people]
    store(mails, now=now)


def begun(contact: Contact, *, before: str = "", now: datetime) -> None:
    """Tell somebody that they speak for an organisation, with their link."""
    stated = _of_term(contact)
    if before:
        stated["before"] = before
    store([(MessageKind.CONTACT_BEGUN, contact, stated)], now=now)


def ended(contact: Contact, *, successor: str = "", now: datetime) -> None:
    """Tell somebody when their term ends, and who follows."""
    stated = _of_term(contact)
    if successor:
        stated["successor"] = successor
    store([(MessageKind.CONTACT_ENDED, contact, stated)], now=now)


def taken_back(stays: Contact, successor: Contact, *, now: datetime) -> None:
    """Tell both that one goes on speaking for an organisation and the other one does not begin."""
    own: TermFacts = {**_of_term(stays), "stays": stays.name, "is_own": True}
    others: TermFacts = {**_of_term(successor), "stays": stays.name, "is_own": False}
    kind = MessageKind.CONTACT_TAKEN_BACK
    store([(kind, stays, own), (kind, successor, others)], now=now)


def code(contact: Contact, login_id: int, *, now: datetime) -> None:
    """Send somebody a code."""
    stated: ContactCodeFacts = {
        "given_name": contact.details.given_name,
        "family_name": contact.details.family_name,
        "organisation": contact.organisation,
        "contact_login": login_id,
    }
    store([(MessageKind.CONTACT_CODE, contact, stated)], now=now)


def take_back(contact: Contact) -> None:
    """Let no letter go out any more that would bring somebody's link."""
    waiting = select(MAILS.c.id, MAILS.c.facts).where(
        MAILS.c.congress_id.is_(None),
        MAILS.c.kind.in_(WITH_LINK),
        MAILS.c.state == "queued",
        MAILS.c.recipient_key == contact.details.keys["email_key"],
    )
    own = [
        mail.id
        for mail in db.session.execute(waiting)
        if mail.facts.get("contact_person") == contact.id
    ]
    if own:
        db.session.execute(delete(MAILS).where(MAILS.c.id.in_(own)))


def _stated(contact: Contact) -> ContactFacts:
    return {
        "given_name": contact.details.given_name,
        "family_name": contact.details.family_name,
        "organisation": contact.organisation,
        "contact_person": contact.id,
    }


def _of_term(contact: Contact) -> TermFacts:
    term = contact.term
    stated: TermFacts = {
        "given_name": contact.details.given_name,
        "family_name": contact.details.family_name,
        "organisation": contact.organisation,
        "contact_person": contact.id,
        "role": contact.details.role,
        "starts_on": term.starts_on.isoformat(),
    }
    if term.ends_on is not None:
        stated["ends_on"] = term.ends_on.isoformat()
    return stated


def store(
    mails: Sequence[tuple[MessageKind, Contact, Mapping[str, Any]]], *, now: datetime
) -> None:
    """Write letters with these facts, inside a running transaction.

    Whose term is over gets none but those that say so.
    """
    day = terms.today(now)
    mails = [
        (kind, each, stated)
        for kind, each, stated in mails
        if kind not in TO_CONTACTS or not each.term.is_over_on(day)
    ]
    if not mails:
        return
    rows: list[drafting.Row] = [
        {
            "kind": kind,
            "message_id": drafting.new_message_id(),
            "congress_id": None,
            "registration_id": None,
            "language": contact.details.language,
            "facts": dict(stated),
            "created_at": now,
            "due_at": now,
            "priority": KINDS[kind].priority,
            **facts.mailbox(contact.details.email, contact.name),
        }
        for kind, contact, stated in mails
    ]
    db.session.execute(NEW_MESSAGES, rows)
    after_commit(queue.wake)
