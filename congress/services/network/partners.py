"""Naming local partners for a themed workshop, and taking one back: by a contact person."""

from datetime import date, datetime

from congress.domain.access import CONTACT
from congress.domain.invitations import Guest
from congress.domain.network.contacts import Contact, NotOfYours, TermNotInForce
from congress.domain.network.partners import require_may_name
from congress.queries import congresses, invitations
from congress.queries.network import contacts, register
from congress.services import auditing
from congress.services.invitations import keeping, sending
from congress.transaction import transaction


def name(contact_id: int, congress_id: int, guest: Guest, *, today: date, now: datetime) -> int:
    """Invite somebody in the name of a municipality; their letter says so.

    Raises PartnersNotAsked, EnoughPartners, InvitedAlready, NobodyCanAnswer and TermNotInForce.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        contact = _in_force(contact_id, today)
        here = contact.organisation_id
        found = register.find(here, day=today)
        named = len(invitations.named_by(here, congress_id))
        require_may_name(congress, found.state if found else None, named=named, now=now)
        number = keeping.name_partner(congress_id, guest, here, now=now)
        sending.send_new(congress, number, now=now)
        details = {"invitation": number, "contact": contact.id, "organisation": here}
        auditing.record(
            "partner_named", actor=CONTACT, now=now, congress_id=congress_id, details=details
        )
        return number


def take_back(
    contact_id: int, congress_id: int, invitation_id: int, *, today: date, now: datetime
) -> bool:
    """Withdraw one of the own partners, who is told; whoever is registered stays.

    Raises NotOfYours and TermNotInForce.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        contact = _in_force(contact_id, today)
        mine = invitations.named_by(contact.organisation_id, congress_id)
        found = next((each for each in mine if each.id == invitation_id), None)
        if found is None:
            raise NotOfYours
        return keeping.end(congress, found, is_told=True, actor=CONTACT, now=now)


def _in_force(contact_id: int, today: date) -> Contact:
    contact = contacts.find(contact_id)
    if contact is None or not contact.term.holds_on(today):
        raise TermNotInForce
    return contact
