"""Whose info mail it is: that of a congress, or of the network, which has none.

Here alone the two differ: what is held, who is found, and how the letters read.
"""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from congress.domain.congresses import Congress, CongressState
from congress.domain.mails.readers import Reader, Recipients
from congress.extensions import settings
from congress.formats.letters import Wording
from congress.queries import congresses, mailing_readers
from congress.queries.mailings import WrittenMailing
from congress.queries.network import mail_readers
from congress.services.mails import drafting
from congress.services.mails.mailing_letters import MailingLetters
from congress.services.mails.network_mail_letters import NetworkMailLetters


class MailLetters(Protocol):
    """The letters of one info mail."""

    def rows(self, readers: list[Reader]) -> list[drafting.Row]:
        """Return the mails to some readers as the outbox keeps them."""

    def in_words(self, reader: Reader, *, now: datetime) -> Wording:
        """Return a letter as it would be sent."""

    def test(self, reader: Reader, *, email: str, name: str) -> drafting.Row:
        """Return the letter to a reader as a test to somebody else."""


def hold(congress_id: int | None) -> Congress | None:
    """Hold a congress until the transaction ends; for the network the row of the mail is enough."""
    if congress_id is None:
        return None
    return congresses.with_content(congresses.hold(congress_id))


def state_of(congress: Congress | None) -> CongressState | None:
    """Return where a congress stands; the network stands nowhere else than on."""
    return congress.state if congress else None


def recipients_of(mailing: WrittenMailing, *, now: datetime) -> Recipients:
    """Return who would get an info mail now, and who would not and why."""
    if mailing.congress_id is None:
        return mail_readers.recipients_of(mailing, day_of(now))
    return mailing_readers.recipients_of(mailing)


def still_there(mailing: WrittenMailing, numbers: list[int], *, now: datetime) -> list[Reader]:
    """Return those of some readers whom a mail reaches now, in the order of their numbers."""
    if mailing.congress_id is None:
        return mail_readers.still_there(mailing.audience, numbers, day_of(now))
    return mailing_readers.still_there(mailing, numbers)


def letters(congress: Congress | None, mailing: WrittenMailing) -> MailLetters:
    """Return what writes the letters."""
    return MailingLetters(congress, mailing) if congress else NetworkMailLetters(mailing)


def day_of(now: datetime) -> date:
    """Return which day it is for the network."""
    return now.astimezone(ZoneInfo(settings().timezone)).date()
