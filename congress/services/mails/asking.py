"""Asking a mailbox whether it is meant, and saying that nobody has answered in time."""

from datetime import datetime

from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import AddressFacts, LetterFacts
from congress.domain.standing import Standing
from congress.services.mails import drafting, facts, hearing, telling
from congress.services.mails.facts import Letters


def ask(
    congress: Congress, standing: Standing, *, now: datetime, registered_by: str = ""
) -> MessageKind:
    """Ask somebody to confirm their registration; returns the kind of the mail.

    `registered_by` is the contact of a group who registered them.
    """
    letter = _question(congress, standing)
    if registered_by:
        letter["registered_by"] = registered_by
    return _store(congress, standing, MessageKind.CONFIRM_REGISTRATION, letter, now=now)


def ask_again(
    congress: Congress, standing: Standing, *, now: datetime, is_form: bool = False
) -> None:
    """Ask once more for whoever typed the address again, as often as strangers may (SEC-30).

    Where it was a whole form, the letter says that nothing of it was taken.
    """
    kinds, to = [MessageKind.CONFIRM_REGISTRATION], standing.email
    if hearing.has_just_heard(to, kinds, congress.id, of=standing.id, now=now):
        return
    if hearing.has_heard_enough(to, now=now):
        return
    letter = _question(congress, standing)
    if is_form:
        letter["registered_twice"] = True
    _store(congress, standing, MessageKind.CONFIRM_REGISTRATION, letter, now=now)


def lapsed(congress: Congress, standing: Standing, *, now: datetime) -> None:
    """Say that a registration has ended because nobody confirmed it."""
    _store(congress, standing, MessageKind.LAPSED, Letters(congress).to(standing), now=now)


def ask_address(
    congress: Congress, standing: Standing, change_id: int, *, expires_at: datetime, now: datetime
) -> None:
    """Ask a new mailbox whether it is the one of somebody who says so."""
    question: AddressFacts = {
        "congress": facts.of_congress(congress, standing.language),
        "given_name": standing.given_name,
        "family_name": standing.family_name,
        "change": change_id,
        "expires_at": expires_at.isoformat(),
    }
    telling.store(
        [drafting.row(congress, standing, MessageKind.CONFIRM_ADDRESS, question)], now=now
    )


def _question(congress: Congress, standing: Standing) -> LetterFacts:
    letter = Letters(congress).to(standing)
    if standing.unconfirmed_until is not None:
        letter["expires_at"] = standing.unconfirmed_until.isoformat()
    letter["registration"] = standing.id
    return letter


def _store(
    congress: Congress, standing: Standing, kind: MessageKind, letter: LetterFacts, *, now: datetime
) -> MessageKind:
    letter["links"] = []
    telling.store([drafting.row(congress, standing, kind, letter)], now=now)
    return kind
