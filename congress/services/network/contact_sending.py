"""Sending contact persons the link to their own view."""

from datetime import date, datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.network.contacts import TermNotInForce
from congress.domain.tokens import MunicipalityLink
from congress.extensions import db
from congress.models import ContactPerson
from congress.queries.network import contacts
from congress.services import auditing
from congress.services.network import contact_letters
from congress.services.tokens import fresh, make_again
from congress.transaction import transaction

AT_ONCE = 200  # letters in one transaction


def send_link(contact_id: int, *, actor: Actor, today: date, now: datetime) -> None:
    """Send somebody the link to their own view, for the first time or again.

    Raises TermNotInForce for whoever does not speak for the organisation today.
    """
    with transaction():
        row = db.session.get_one(
            ContactPerson, contact_id, with_for_update=True, populate_existing=True
        )
        contact = contacts.find(contact_id)
        if contact is None or not contact.term.holds_on(today):
            raise TermNotInForce
        link(row, now=now)
        contact_letters.links([contact], now=now)
        details = {"contact": contact_id, "organisation": contact.organisation_id}
        auditing.record("contact_link_sent", actor=actor, now=now, details=details)


def send_missing(*, actor: Actor, today: date, now: datetime) -> int:
    """Send the link to all who speak for an organisation today and never got one.

    Some at a time, so that nobody waits for the database meanwhile; returns how many. Whoever is
    sent theirs meanwhile is left out.
    """
    count = 0
    while some := contacts.without_link(today, limit=AT_ONCE):
        with transaction():
            held = select(ContactPerson).where(
                ContactPerson.id.in_(some), ContactPerson.invited_at.is_(None)
            )
            rows = db.session.scalars(held.order_by(ContactPerson.id).with_for_update()).all()
            for row in rows:
                link(row, now=now)
            db.session.flush()
            contact_letters.links(contacts.some([row.id for row in rows]), now=now)
            count += len(rows)
            details = {"count": len(rows)}
            auditing.record("contact_links_sent", actor=actor, now=now, details=details)
    return count


def link(row: ContactPerson, *, now: datetime) -> None:
    """Let somebody have a link that a mail can bring, inside a running transaction."""
    if (
        row.nonce is None
        or make_again(MunicipalityLink.CONTACT, row.nonce, row.key_id or "") is None
    ):
        _link, kept = fresh(MunicipalityLink.CONTACT)
        row.nonce, row.key_id, row.digest = kept["nonce"], kept["key_id"], kept["digest"]
    row.invited_at = now
