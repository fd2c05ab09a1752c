"""One-time codes by mail, behind which a contact person sees names (`services.login_codes`)."""

from datetime import date, datetime

from congress.base import table_of
from congress.domain.access import CONTACT
from congress.domain.network.contacts import TermNotInForce
from congress.extensions import db
from congress.models import ContactLogin, ContactPerson
from congress.queries.network import contacts
from congress.services import auditing, login_codes
from congress.services.network import contact_letters
from congress.transaction import transaction

LOGINS = table_of(ContactLogin)


def ask(contact_id: int, *, today: date, now: datetime) -> int:
    """Send somebody a code; returns its number, which opens nothing.

    Raises TooManyCodes, and TermNotInForce where they do not speak for the organisation today.
    """
    with transaction():
        # Held, so that nobody gets more codes by asking at once.
        db.session.get(ContactPerson, contact_id, with_for_update=True, populate_existing=True)
        contact = contacts.find(contact_id)
        if contact is None or not contact.term.holds_on(today):
            raise TermNotInForce
        login_codes.require_few(LOGINS, LOGINS.c.contact_id == contact_id, now=now)
        sent = ContactLogin(contact_id=contact_id, **login_codes.fresh(now=now))
        db.session.add(sent)
        db.session.flush()
        contact_letters.code(contact, sent.id, now=now)
        return sent.id


def enter(login_id: int, contact_id: int, typed: str, *, now: datetime) -> str | None:
    """Log somebody in whose code is right, and return the secret of the login; None if not.

    A code is right once. The log says whose names can be read from then on.
    """
    with transaction():
        sent = db.session.get(ContactLogin, login_id, with_for_update=True, populate_existing=True)
        if sent is None or sent.contact_id != contact_id:
            return None
        secret = login_codes.enter(sent, typed, now=now)
        if secret is not None:
            contact = contacts.find(contact_id)
            details = {"contact": contact_id}
            details |= {"organisation": contact.organisation_id} if contact else {}
            auditing.record("municipality_opened", actor=CONTACT, now=now, details=details)
        return secret


def end(secret: str) -> None:
    """End a login for every copy of its cookie; ending it twice is the same."""
    login_codes.end(LOGINS, secret)


def forget_old(*, now: datetime) -> int:
    """Forget codes and logins that are over; returns how many."""
    return login_codes.forget_old(LOGINS, now=now)
