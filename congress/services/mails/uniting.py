"""Telling somebody that two registrations of theirs are one now: letters and calendars.

Each mailbox gets one letter: the one that is kept learns what holds and gets the link, the other
that nothing more goes there. The calendar entry of the registration that goes on goes on; that of
the other one ends where it was sent.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from congress.domain.calendars.calendar_json import entry_facts
from congress.domain.correction import Correction
from congress.domain.fields import NAMES
from congress.domain.hall import Person
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import LetterFacts
from congress.domain.names import full_name
from congress.domain.people import fold_email
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.queries.registrations import standings
from congress.services.mails import calendar_entries, drafting, telling
from congress.services.mails.calendar_entries import Told
from congress.services.mails.facts import Letters
from congress.services.mails.overtaking import Overtaken, send_on
from congress.services.places import Ledger


@dataclass(frozen=True)
class United:
    """What was before: how somebody stood who goes on, what was corrected, what fell away.

    `had` are the workshops of both registrations.
    """

    before: Standing
    had: Person
    changes: Sequence[Correction] = ()
    consents_ended: Collection[str] = ()


def merged(ledger: Ledger, united: United, other_id: int) -> None:
    """Tell both mailboxes, and put the calendars of both registrations right."""
    items, now = ledger.items(), ledger.now
    found = {each.id: each for each in standings([united.before.id, other_id], items)}
    kept, other = found[united.before.id], found[other_id]
    told = calendar_entries.state(ledger.congress, [kept, other], now=now)
    letters = Letters(ledger.congress)
    mine = _moved(letters, united, kept, told[kept.id], ledger)
    letter = letters.after_change(kept, united.had, items, by_organiser=True)
    corrected = letters.of_correction(kept, united.changes, by_organiser=True)
    letter["corrected"] = corrected["corrected"]
    if "has_new_feed" in corrected:
        letter["has_new_feed"] = True
    letter["consents_ended"] = sorted(united.consents_ended)
    is_in = kept.state is RegistrationState.CONFIRMED
    letter["gained_congress"] = is_in and not united.had.in_congress
    if told[other.id] and not other.subscribes and _share(kept, other):
        letter["twice_in_calendar"] = True
    telling.send(letters, MessageKind.MERGED, [(kept, letter)], {kept.id: mine}, now=now)
    if other.has_mailbox:
        _end(letters, other, kept, told[other.id], ledger)


def _moved(letters: Letters, united: United, kept: Standing, told: Told, ledger: Ledger) -> Told:
    """Return what the calendar of who goes on is told: all of it in another mailbox."""
    before, now = united.before, ledger.now
    is_over = ledger.congress.is_over(now)
    if fold_email(before.email) == fold_email(kept.email):
        is_renamed = any(each.field in NAMES for each in united.changes)
        if told or is_over or not is_renamed:
            return told
        old_name = full_name(before.given_name, before.family_name)
        return calendar_entries.state_again(kept.id, now=now, old_name=old_name)
    if not before.has_mailbox:
        return [] if is_over else calendar_entries.state_again(kept.id, now=now)
    has_heard = send_on(kept, before.email)
    left = fold_email(before.email)
    ends, begins = ([], []) if is_over else calendar_entries.move(kept.id, left=left, now=now)
    if has_heard:
        there = replace(kept, email=before.email)
        ended = [entry_facts(each.entry, each.method) for each in ends]
        rows = drafting.rows(
            letters, there, MessageKind.MERGED_AWAY, _farewell(letters, there), ended
        )
        telling.store(rows, now=now)
    return begins


def _end(letters: Letters, other: Standing, kept: Standing, told: Told, ledger: Ledger) -> None:
    """End the entries of a registration that went into another, with a letter to its own mailbox.

    What waits to be sent to it and nobody needs any more does not go out.
    """
    letter, overtaken = _farewell(letters, other), Overtaken.of([other.id])
    kind, objects = overtaken.by(other.id, MessageKind.MERGED_AWAY, letter, told)
    overtaken.write()
    rows = drafting.rows(letters, other, None if _share(kept, other) else kind, letter, objects)
    telling.store(rows, now=ledger.now)


def _share(kept: Standing, other: Standing) -> bool:
    """Return whether both registrations are of one mailbox."""
    return kept.has_mailbox and fold_email(kept.email) == fold_email(other.email)


def _farewell(letters: Letters, standing: Standing) -> LetterFacts:
    letter = letters.to(standing)
    letter["links"] = []
    return letter
