"""Whom a meeting of the members invites: who speaks for one of them on its first day."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.invitations import Answer, Guest, Invitation
from congress.domain.names import full_name
from congress.domain.network.terms import ContactRole, Term
from congress.domain.people import fold_email, fold_name


class DelegatesUnseen(Refused):
    """Others would be invited than those that were looked at."""


class NobodyToInvite(Refused):
    """Everybody who speaks for a member is invited or left out."""


class NoMembersMeeting(Refused):
    """Only to what is for members their representatives are invited all at once."""


class LeftOut(StrEnum):
    """Why somebody gets no invitation."""

    TERM_ENDED = "term_ended"  # by that day
    TERM_NOT_BEGUN = "term_not_begun"
    NO_MEMBER = "no_member"  # the organisation belongs to the network no more, or not yet
    NO_ADDRESS = "no_address"
    MAILBOX_DEAD = "mailbox_dead"
    DECLINED = "declined"
    INVITED = "invited"  # already, whatever they answered but a no


@dataclass(frozen=True)
class Candidate:
    """Somebody who speaks, spoke or is to speak for an organisation."""

    id: int
    organisation: str
    role: ContactRole
    given_name: str
    family_name: str
    email: str
    language: str
    term: Term
    belongs: bool  # the organisation, to the network on the day

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def key(self) -> tuple[str, str]:
        """What tells one person from another, whomever they speak for."""
        return fold_email(self.email), fold_name(self.given_name, self.family_name)

    @property
    def guest(self) -> Guest:
        """As whom they are invited."""
        return Guest(
            email=self.email,
            given_name=self.given_name,
            family_name=self.family_name,
            organisation=self.organisation,
            language=self.language,
        )


@dataclass(frozen=True)
class Invited:
    """What is known of the invitations of a congress: what became of each, by whom it is for."""

    by_contact: dict[int, Answer]
    by_guest: dict[tuple[str, str], Answer]  # address and name, whatever stands as organisation

    @classmethod
    def of(cls, known: Iterable[Invitation]) -> "Invited":
        """Return them from the invitations; one that was withdrawn keeps nobody from another."""
        held = [each for each in known if each.answer is not Answer.WITHDRAWN]
        return cls(
            {each.contact_id: each.answer for each in held if each.contact_id is not None},
            {
                (each.guest.keys["email_key"], each.guest.keys["name_key"]): each.answer
                for each in held
            },
        )

    def answer(self, who: Candidate) -> Answer | None:
        """Return what became of an invitation of somebody; None if there is none."""
        return self.by_contact.get(who.id) or self.by_guest.get(who.key)


@dataclass(frozen=True)
class Selection:
    """Who would be invited, and who is left out, each with the reason; both in their order."""

    wanted: tuple[Candidate, ...]
    left_out: tuple[tuple[Candidate, LeftOut], ...]

    @property
    def mark(self) -> str:
        """What tells these from any others: nobody invites whom they have not seen."""
        seen = [(each.id, each.guest.version) for each in self.wanted]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def select_for(
    day: date, candidates: Sequence[Candidate], invited: Invited, dead: Collection[str]
) -> Selection:
    """Return who is invited to what begins on a day; of one person with several terms once."""
    wanted: list[Candidate] = []
    left_out: list[tuple[Candidate, LeftOut]] = []
    seen: set[tuple[str, str]] = set()
    for each in candidates:
        why = why_left_out(each, invited, dead, day)
        key = each.key
        if why is None and key in seen:
            why = LeftOut.INVITED
        if why is None:
            seen.add(key)
            wanted.append(each)
        else:
            left_out.append((each, why))
    return Selection(tuple(wanted), tuple(left_out))


def why_left_out(
    who: Candidate, invited: Invited, dead: Collection[str], day: date
) -> LeftOut | None:
    """Return why somebody gets no invitation; None if they get one. `dead` are folded addresses."""
    if not who.term.holds_on(day):
        has_ended = who.term.starts_on <= day
        return LeftOut.TERM_ENDED if has_ended else LeftOut.TERM_NOT_BEGUN
    if not who.belongs:
        return LeftOut.NO_MEMBER
    answer = invited.answer(who)
    if answer is not None:
        return LeftOut.DECLINED if answer is Answer.DECLINED else LeftOut.INVITED
    if not who.email:
        return LeftOut.NO_ADDRESS
    return LeftOut.MAILBOX_DEAD if fold_email(who.email) in dead else None
