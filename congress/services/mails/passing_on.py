"""The letters to whom a place is passed on: who won one, is offered one, left it too long."""

from collections.abc import Mapping, Sequence

from congress.domain.hall import CONGRESS
from congress.domain.programme import ProgrammeItem
from congress.domain.standing import Standing
from congress.domain.texts import in_language
from congress.queries import groups
from congress.services.mails.drafting import Mail
from congress.services.mails.facts import Letters
from congress.services.places import Ledger


def gained(letters: Letters, people: Sequence[Standing], ledger: Ledger) -> list[Mail]:
    """Return the letters to whom somebody's place was given."""
    items = ledger.items()
    return [_gained(letters, each, ledger, items) for each in people if each.id in ledger.gains]


def _gained(
    letters: Letters, standing: Standing, ledger: Ledger, items: Mapping[int, ProgrammeItem]
) -> Mail:
    gain, language = ledger.gains[standing.id], standing.language
    found = (gain.kept, gain.lost, gain.ended)
    kept, lost, ended = ([items[each] for each in keys] for keys in found)
    released = [item for item in lost if not item.face.cancelled]
    letter = letters.after_moving_up(standing, kept, lost, ended)
    letter["gained_congress"] = gain.congress
    by = ledger.accepted_by.named_to(standing) if ledger.accepted_by else ""
    if standing.id in ledger.accepted_for and by:
        letter["by_contact"] = by
    elif standing.id in ledger.accepted_for and not ledger.accepted_by:
        letter["accepted_for_all"] = True
    letter["gained"] = [in_language(item.face.title, language) for item in kept]
    letter["lost"] = [in_language(item.face.title, language) for item in released]
    won = [CONGRESS] if gain.congress else gain.workshops
    letter["others_wait"] = any(ledger.hall.places[key].waiting for key in won)
    return standing, letter


def offered(letters: Letters, people: Sequence[Standing], ledger: Ledger) -> list[Mail]:
    """Return the letters to whom a place is offered, and has not been taken since."""
    still = (
        each
        for each in people
        if each.id in ledger.offers and (each.offered_until is not None or each.offered)
    )
    mails = [(each, letters.to(each)) for each in still]
    return with_groups(mails) if ledger.mates else mails


def with_groups(mails: list[Mail]) -> list[Mail]:
    """Return letters that say where an offer of a place in the congress is one to a whole group."""
    asked = [each.id for each, letter in mails if "offered_until" in letter]
    found = groups.offered_with(asked) if asked else {}
    for standing, letter in mails:
        if found.get(standing.id, 1) > 1:
            letter["offered_with"] = found[standing.id]
    return mails


def expired(
    letters: Letters,
    people: Sequence[Standing],
    missed: Mapping[int, Sequence[int]],
    ledger: Ledger,
) -> list[Mail]:
    """Return the letters to who left offers too long; `missed` are the workshops, by person."""
    items, found = ledger.items(), []
    for standing in people:
        letter = letters.to(standing)
        letter["missed"] = [
            in_language(items[each].face.title, standing.language) for each in missed[standing.id]
        ]
        found.append((standing, letter))
    return found
