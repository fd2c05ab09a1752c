"""Telling people of a place that stands in for one in a workshop that is called off."""

from collections.abc import Sequence

from congress.domain.hall import Person
from congress.domain.mails.kinds import LATER, MessageKind
from congress.queries.registrations import standings
from congress.services.mails import calendar_entries, telling
from congress.services.mails.facts import Letters
from congress.services.places import Ledger


def tell(ledger: Ledger, had: Sequence[Person]) -> None:
    """Tell people what organisers gave them in the place of a workshop that is called off.

    Each in one letter, in the place of the news that was written in this transaction.
    """
    congress, items = ledger.congress, ledger.items()
    before = {each.id: each for each in had}
    people = standings(before, items)
    told = calendar_entries.state(congress, people, now=ledger.now)
    letters = Letters(congress)
    mails = []
    for each in people:
        letter = letters.after_change(each, before[each.id], items, by_organiser=True)
        letter["stands_in"] = True
        mails.append((each, letter))
    later = LATER if len(mails) > 1 else 0
    telling.send(letters, MessageKind.CHANGED, mails, told, now=ledger.now, later=later)
