"""Info mails of the network: what of one stands in the archive, and who reads it there."""

import re
from collections.abc import Mapping
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.mails.mailings import MailingState
from congress.domain.mails.placeholders import PLACEHOLDER
from congress.domain.network.membership import MembershipState
from congress.domain.texts import Texts

# Whoever has left the network is not among those it writes to.
STANDINGS = tuple(each for each in MembershipState if each is not MembershipState.LEFT)
# "Liebe Frau {Nachname}," says nothing any more without the name.
SALUTATION = re.compile(
    r"(?:(?:sehr|(?:geehrt|verehrt|lieb)e?(?:[/*:_]?r|\(r\))?|dear|frau|herrn?|mr|ms|und|and|oder|or)"
    r"[\s./]*)+[,!]?",
    re.IGNORECASE,
)
SPACED = re.compile(rf"[ \t]*{PLACEHOLDER.pattern}")


class ArchiveReaders(StrEnum):
    """Who reads an info mail in the archive."""

    MEMBERS = "members"  # whoever speaks for a member or partner, in the own view
    PUBLIC = "public"


class NotSentYet(Refused):
    """Only what was sent stands in the archive."""


def require_sent(state: MailingState) -> None:
    """Refuse to archive what has not gone out, or was stopped before everybody had it."""
    if state is not MailingState.SENT:
        raise NotSentYet


def without_reader(texts: Mapping[str, str]) -> Texts:
    """Return texts as everybody may read them: without the names of whom they went to.

    "Guten Tag {Vorname} {Nachname}," becomes "Guten Tag,", and "Liebe {Vorname}," goes as a whole.
    """
    return {language: _without_reader(text) for language, text in texts.items()}


def _without_reader(text: str) -> str:
    first, _end, rest = text.strip().partition("\n")
    without = SPACED.sub("", first).strip()
    if rest and without != first.strip() and SALUTATION.fullmatch(without):
        without = ""
    return f"{without}\n{SPACED.sub('', rest)}".strip()
