"""Letters to people for whom a contact person of their organisation did something."""

from collections.abc import Sequence

from congress.domain.mails.in_groups import SpokenForFacts
from congress.domain.mails.kinds import MessageKind
from congress.domain.names import full_name
from congress.domain.network.contacts import Contact
from congress.domain.people import fold_email, fold_name
from congress.domain.registration_request import Details
from congress.domain.standing import Standing
from congress.services.mails import calendar_entries, drafting, telling
from congress.services.mails.facts import Letters
from congress.services.places import Ledger


def withdrawn(ledger: Ledger, people: Sequence[Standing], contact: Contact, *, asks: bool) -> None:
    """Tell people that a contact person has cancelled for them; `asks` where it was a request."""
    told = calendar_entries.state(ledger.congress, people, now=ledger.now)
    letters, mails = Letters(ledger.congress), []
    for each in people:
        letter = letters.to(each)
        if not _is(each, contact):
            letter["by_municipality"] = _by(contact)
        if asks:
            letter["requested"] = True
        mails.append((each, letter))
    telling.send(letters, MessageKind.WITHDRAWN, mails, told, now=ledger.now)


def named(ledger: Ledger, standing: Standing, colleague: Details, contact: Contact) -> None:
    """Tell somebody whom a contact person has named to come instead of them."""
    if _is(standing, contact) or not standing.gets_mails:
        return
    letter = Letters(ledger.congress).to(standing)
    letter["handed_to"] = full_name(colleague.given_name, colleague.family_name)
    letter["by_municipality"] = _by(contact)
    row = drafting.row(ledger.congress, standing, MessageKind.COLLEAGUE_NAMED, letter)
    telling.store([row], now=ledger.now)


def _by(contact: Contact) -> SpokenForFacts:
    return {"name": contact.name, "organisation": contact.organisation}


def _is(person: Standing, contact: Contact) -> bool:
    """Return whether somebody did it for themselves."""
    theirs = (fold_email(person.email), fold_name(person.given_name, person.family_name))
    keys = contact.details.keys
    return theirs == (keys["email_key"], keys["name_key"])
