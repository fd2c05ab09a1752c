"""Letters about groups: to each person as to anybody, with who registered them; one to the contact.

The contact gets no calendar object and no letter about somebody's places: their page says those.
"""

from collections.abc import Sequence
from datetime import datetime

from congress.domain.congresses import Congress
from congress.domain.groups import Contact
from congress.domain.hall import Person
from congress.domain.mails.groups import GroupFacts
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.readers import Reader
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.queries import groups as queries
from congress.queries import wishes
from congress.queries.groups import Group
from congress.queries.registrations import standings
from congress.services.mails import calendar_entries, drafting, facts, hearing, telling
from congress.services.mails.facts import Letters
from congress.services.mails.moments import moment
from congress.services.mails.overtaking import Overtaken
from congress.services.places import Ledger


def registered(
    congress: Congress, standing: Standing, contact: Contact, *, came_back: bool, now: datetime
) -> None:
    """Tell somebody that they are registered, by whom, and where they stand.

    Whoever has to confirm their address is asked that instead.
    """
    told = calendar_entries.state(congress, [standing], now=now, are_new=not came_back)
    if not standing.gets_mails:
        return
    letters = Letters(congress)
    letter = letters.to(standing)
    if by := contact.named_to(standing):
        letter["registered_by"] = by
    overtaken = Overtaken.left_behind(standing.id) if came_back else Overtaken()
    kind = telling.FIRST[standing.state]
    telling.send(letters, kind, [(standing, letter)], told, now=now, overtaken=overtaken)


def changed(ledger: Ledger, had: Person, contact: Contact) -> None:
    """Tell somebody what the contact changed: their workshops, or how they take part."""
    congress, items = ledger.congress, ledger.items()
    people = standings([had.id], items)
    told = calendar_entries.state(congress, people, now=ledger.now)
    letters, mails = Letters(congress), []
    for each in people:
        letter = letters.after_change(each, had, items, by_organiser=False)
        if by := contact.named_to(each):
            letter["by_contact"] = by
        mails.append((each, letter))
    telling.send(letters, MessageKind.CHANGED, mails, told, now=ledger.now)


def withdrawn(ledger: Ledger, people: Sequence[Standing], contact: Contact, *, asks: bool) -> None:
    """Tell people that the contact has cancelled for them; `asks` where it was a request."""
    told = calendar_entries.state(ledger.congress, people, now=ledger.now)
    letters, mails = Letters(ledger.congress), []
    for each in people:
        letter = letters.to(each)
        if by := contact.named_to(each):
            letter["by_contact"] = by
        if asks:
            letter["requested"] = True
        mails.append((each, letter))
    telling.send(letters, MessageKind.WITHDRAWN, mails, told, now=ledger.now)


def to_contact(congress: Congress, group: Group, names: Sequence[str], *, now: datetime) -> None:
    """Bring the contact the link to their group, and the names of those they registered."""
    contact = group.contact
    stated: GroupFacts = {
        "congress": facts.of_congress(congress, contact.language),
        "given_name": contact.given_name,
        "family_name": contact.family_name,
        "group": group.id,
        "names": list(names),
    }
    if group.together:
        stated["together"] = True
        stated["by_offer"] = congress.rules.offer_hours > 0
    if wishes.taking_wishes(congress):
        stated["wishes_until"] = moment(congress.wishes_close_at)
    to = Reader(group.id, contact.given_name, contact.family_name, contact.email, contact.language)
    row = drafting.row(congress, to, MessageKind.GROUP_REGISTERED, stated)
    telling.store([row | {"registration_id": None}], now=now)


def send_links(congress: Congress, email_key: str, *, now: datetime) -> None:
    """Mail the links of the groups that somebody registered, inside a running transaction."""
    for number in queries.of_contact(congress.id, email_key):
        group = queries.find_by_id(number)
        kinds = [MessageKind.GROUP_REGISTERED]
        if group is None or hearing.has_heard_enough(group.contact.email, kinds, now=now):
            return
        here = queries.shown(number)
        names = [each.name for each in here if each.state is not RegistrationState.CANCELLED]
        to_contact(congress, group, names, now=now)
