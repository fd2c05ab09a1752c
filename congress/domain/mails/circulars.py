"""Circulars: what organisers write to people in words of their own, and whom it reaches."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.names import full_name
from congress.domain.people import fold_email
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts, in_language, language_of


class NotForDrafts(Refused):
    """Nobody knows of a draft, so nobody is written to about it."""


class NobodyToWriteTo(Refused):
    """No mail would reach anybody among those who were chosen."""


class ReadersUnseen(Refused):
    """The people or the text are others than those that were looked at."""


class Addressee(NamedTuple):
    """Somebody in a congress, as far as a letter has to know them; a tuple, for there are many."""

    id: int
    state: RegistrationState
    given_name: str
    family_name: str
    email: str
    language: str
    is_unconfirmed: bool = False

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class Circular:
    """Subject and text, German always and English where somebody wrote it."""

    subject: Texts
    text: Texts
    with_link: bool = False  # each mail with its reader's personal link

    def language_for(self, addressee: Addressee) -> str:
        """Return the language of a whole letter: that of the text which its reader gets."""
        return language_of(self.text, addressee.language)

    def paragraphs(self, language: str) -> list[list[str]]:
        """Return the text as paragraphs, parted by empty lines, each with its lines."""
        found: list[list[str]] = [[]]
        for line in in_language(self.text, language).splitlines():
            if line.strip():
                found[-1].append(line.strip())
            elif found[-1]:
                found.append([])
        return [each for each in found if each]


@dataclass(frozen=True)
class Readers:
    """Those who were chosen: whom mails reach, whom none does, how many get none else."""

    reached: tuple[Addressee, ...]
    without_mailbox: tuple[Addressee, ...] = ()
    dead: tuple[Addressee, ...] = ()  # whose address takes no mail
    withdrawn: int = 0
    unconfirmed: int = 0  # nobody has said yet that the address is theirs


def readers(people: Iterable[Addressee], dead: Collection[str] = ()) -> Readers:
    """Part those who were chosen; whoever has withdrawn gets nothing.

    `dead` are folded addresses that take nothing.
    """
    everybody = tuple(people)
    there = [each for each in everybody if each.state is not RegistrationState.CANCELLED]
    asked = [each for each in there if each.email and not each.is_unconfirmed]
    gone = {each.id for each in asked if dead and fold_email(each.email) in dead}
    return Readers(
        reached=tuple(each for each in asked if each.id not in gone),
        dead=tuple(each for each in asked if each.id in gone),
        without_mailbox=tuple(each for each in there if not each.email),
        withdrawn=len(everybody) - len(there),
        unconfirmed=sum(each.is_unconfirmed for each in there),
    )


def mark_of(circular: Circular, chosen: Readers) -> str:
    """Return what tells this text to these people from any other."""
    text = [dict(circular.subject), dict(circular.text), circular.with_link]
    people = [sorted(each.id for each in some) for some in (chosen.reached, chosen.without_mailbox)]
    return hashlib.sha256(json.dumps([text, people], sort_keys=True).encode()).hexdigest()


def require_sendable(
    state: CongressState, circular: Circular, chosen: Readers, *, seen: str
) -> None:
    """Refuse what nobody may send, what reaches nobody, and what was not looked at."""
    if state is CongressState.DRAFT:
        raise NotForDrafts
    if seen != mark_of(circular, chosen):
        raise ReadersUnseen
    if not chosen.reached:
        raise NobodyToWriteTo
