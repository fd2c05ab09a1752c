"""What a contact person does for somebody of their organisation: by the person's own doors.

Whoever is concerned is told who did it. Whoever is of another organisation is as unknown as nobody.
"""

from datetime import date, datetime
from typing import Any

from congress.domain.access import CONTACT
from congress.domain.network.contacts import Contact, NotOfYours, TermNotInForce
from congress.domain.places import Withdraw
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.domain.standing import Standing
from congress.queries.network import contacts, own_people
from congress.queries.registrations import congress_of, standings
from congress.services import handing_over, places
from congress.services.mails import telling
from congress.services.network import standing_in_letters
from congress.services.places import Ledger
from congress.transaction import transaction


def withdraw(contact_id: int, registration_id: int, *, today: date, now: datetime) -> None:
    """End the registration of somebody, who is told by whom; again changes nothing.

    Raises NotOfYours, TermNotInForce, and what the rules of places refuse.
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        contact, standing = _mine(ledger, contact_id, registration_id, today=today)
        if not ledger.carry_out(Withdraw(registration_id)).moves:
            return
        asks = standing.state is RegistrationState.REQUESTED
        ended = standings([registration_id])
        standing_in_letters.withdrawn(ledger, ended, contact, asks=asks)
        telling.moved_up(ledger)
        details = {"moved_up": sorted(ledger.gains)} | ({"requested": True} if asks else {})
        ledger.record(
            "withdrawn",
            actor=CONTACT,
            registration_id=registration_id,
            details=details | _by(contact),
        )


def name_colleague(
    contact_id: int, registration_id: int, colleague: Details, *, today: date, now: datetime
) -> None:
    """Name who comes instead of somebody, who is told by whom; a link goes to the colleague.

    Nothing changes until they accept. The same twice is once. Raises NotOfYours, TermNotInForce
    and what stands in the way of handing over.
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        contact, standing = _mine(ledger, contact_id, registration_id, today=today)
        said = _by(contact)
        if handing_over.name(ledger, registration_id, colleague, actor=CONTACT, details=said):
            standing_in_letters.named(ledger, standing, colleague, contact)


def _mine(
    ledger: Ledger, contact_id: int, registration_id: int, *, today: date
) -> tuple[Contact, Standing]:
    """Return who acts and for whom, as they stand now."""
    contact = contacts.find(contact_id)
    if contact is None or not contact.term.holds_on(today):
        raise TermNotInForce
    standing = own_people.find(contact.organisation_id, ledger.heading.id, registration_id)
    if standing is None:
        raise NotOfYours
    ledger.know([registration_id])
    return contact, standing


def _by(contact: Contact) -> dict[str, Any]:
    return {"by_municipality": True, "contact": contact.id}
