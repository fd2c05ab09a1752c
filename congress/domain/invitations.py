"""Invitations: who may register by a personal link, how often, and what came of each.

One is for somebody by name and makes one registration, or for an organisation that names its own
people, up to a number of places. What became of it follows from who is registered by it now, so
that nothing has to be kept in step.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.folding import fold_for_order
from congress.domain.hall import NOBODY, Person
from congress.domain.kinds import PersonKind
from congress.domain.names import full_name
from congress.domain.people import fold_email, fold_name, likeness
from congress.domain.registration import CongressHasBegun, CongressNotTakingPart, Phase

MOST_PLACES = 500  # by one link: whoever has more writes several invitations
LONGEST_REASON = 500  # characters
LONGEST_NAME = 200
KEPT_WITHDRAWN = timedelta(days=30)  # so long a link still says why it opens nothing
GUEST = Person(NOBODY.id, NOBODY.state, is_invited=True)  # who comes with a link that holds


class Answer(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REPRESENTED = "represented"  # somebody else comes, or was named
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by organisers


class InvitationWithdrawn(Refused):
    """Organisers took the invitation back, so its link opens nothing."""


class InvitationUsed(Refused):
    """As many people are registered by an invitation as it has places."""


class InvitationAccepted(Refused):
    """Somebody is registered by an invitation, so it cannot be declined as a whole."""


class InvitationEditedMeanwhile(Refused):
    """Somebody else saved or answered it after this form was opened."""


class InvitedAlready(Refused):
    """The same person or organisation is invited already under this address."""


class FewerPlacesThanUsed(Refused):
    """More people are registered by an invitation than it would have places."""


class NothingToSend(Refused):
    """Every invitation was sent already."""


class TermOver(Refused):
    """Whoever is invited for a member speaks for it no more on the day of the meeting."""


class InvitationsUnseen(Refused):
    """Others would be written to than those that were looked at."""


class NobodyCanAnswer(Refused):
    """Nobody is invited to what is not published, is over, or takes no registrations any more."""


@dataclass(frozen=True)
class Guest:
    """Whom an invitation is for, as organisers enter it."""

    email: str
    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    language: str = "de"
    places: int = 1
    kind: PersonKind = PersonKind.ATTENDEE  # as which whoever registers by it comes

    @property
    def name(self) -> str:
        """The person; none where an organisation names its people itself."""
        return full_name(self.given_name, self.family_name)

    @property
    def is_organisation(self) -> bool:
        """Whether whoever is invited names other people."""
        return self.places > 1 or not self.name

    @property
    def called(self) -> str:
        """What it stands under in lists."""
        parts = (self.organisation, self.name) if self.is_organisation else (self.name,)
        return ", ".join(filter(None, parts)) or self.email

    @property
    def keys(self) -> dict[str, str]:
        """What tells one from another: two with the same keys are one and the same."""
        return {
            "email_key": fold_email(self.email),
            "name_key": fold_name(self.given_name, self.family_name),
            "organisation_key": fold_for_order(self.organisation),
        }

    @property
    def version(self) -> str:
        """What tells it from any other: nobody overwrites what they have not seen."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def changed(self, after: "Guest") -> tuple[str, ...]:
        """Return the names of what is different."""
        names = (each.name for each in fields(self))
        return tuple(name for name in names if getattr(self, name) != getattr(after, name))


@dataclass(frozen=True)
class Comer:
    """Somebody who registered by an invitation, and whether they still are."""

    id: int
    name: str
    likeness: str  # of the name: titles and spellings do not make it somebody else
    is_registered: bool
    has_withdrawn: bool = False  # after they had confirmed it, and not merged with another


@dataclass(frozen=True)
class Invitation:
    """One invitation with all that became of it."""

    id: int
    congress_id: int
    guest: Guest
    created_at: datetime
    sent_at: datetime | None = None
    told_off_at: datetime | None = None  # that the congress is called off
    declined_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str = ""
    represented_by: str = ""
    contact_id: int | None = None  # who speaks for a member, where they are invited for that
    named_by: str = ""  # the municipality, of a local partner
    comers: tuple[Comer, ...] = ()

    @property
    def registered(self) -> tuple[Comer, ...]:
        """Who is registered by it now."""
        return tuple(each for each in self.comers if each.is_registered)

    @property
    def left(self) -> int:
        """How many people can still register by it."""
        return max(0, self.guest.places - len(self.registered))

    @property
    def comer(self) -> Person:
        """Whoever comes by its link, as the rules of places know them."""
        return replace(GUEST, kind=self.guest.kind)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_told_off(self) -> bool:
        """Whether a mail said since it was sent that the congress is called off."""
        if self.answer is not Answer.OPEN or self.sent_at is None or self.told_off_at is None:
            return False
        return self.told_off_at > self.sent_at

    @property
    def answer(self) -> Answer:
        """What became of it: who comes counts most, and whoever withdrew does not come."""
        if self.registered:
            return Answer.REPRESENTED if self._is_somebody_else() else Answer.ACCEPTED
        if self.is_withdrawn:
            return Answer.WITHDRAWN
        if self.declined_at is not None:
            return Answer.REPRESENTED if self.represented_by else Answer.DECLINED
        has_withdrawn = any(each.has_withdrawn for each in self.comers)
        return Answer.DECLINED if has_withdrawn else Answer.OPEN

    @property
    def is_represented(self) -> bool:
        return self.answer is Answer.REPRESENTED

    @property
    def representative(self) -> str:
        """Who comes in the place of whoever is invited, or is to."""
        if not self.is_represented:
            return ""
        return self.registered[0].name if self.registered else self.represented_by

    @property
    def mark(self) -> str:
        """What tells this state of it from any other."""
        seen = (self.guest.version, self.declined_at, self.withdrawn_at, len(self.registered))
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]

    def _is_somebody_else(self) -> bool:
        mine = likeness(self.guest.given_name, self.guest.family_name)
        is_one = not self.guest.is_organisation
        return is_one and all(each.likeness != mine for each in self.registered)


@dataclass(frozen=True)
class Counts:
    """How many invitations there are by what became of them, and how many places they have."""

    by_answer: dict[Answer, int]
    unsent: int
    unanswered: int  # of those that were sent
    places: int  # of all that hold
    used: int

    @property
    def all(self) -> int:
        return sum(self.by_answer.values())

    @classmethod
    def of(cls, invitations: Sequence[Invitation]) -> "Counts":
        """Return the counts of some invitations."""
        holding = [each for each in invitations if not each.is_withdrawn]
        return cls(
            {answer: sum(each.answer is answer for each in invitations) for answer in Answer},
            unsent=len(unsent(invitations)),
            unanswered=len(unanswered(invitations)),
            places=sum(each.guest.places for each in holding),
            used=sum(len(each.registered) for each in invitations),
        )


def unsent(invitations: Sequence[Invitation]) -> list[Invitation]:
    """Return those that have not been sent and are still open."""
    return [each for each in invitations if each.sent_at is None and each.answer is Answer.OPEN]


def unanswered(invitations: Sequence[Invitation]) -> list[Invitation]:
    """Return those that were sent and have no answer, by their numbers."""
    found = [each for each in invitations if each.sent_at and each.answer is Answer.OPEN]
    return sorted(found, key=lambda each: each.id)


def untold(invitations: Sequence[Invitation]) -> list[Invitation]:
    """Return the unanswered who were not told yet, since they were sent, that it is called off."""
    return [
        each
        for each in unanswered(invitations)
        if each.sent_at and (each.told_off_at is None or each.told_off_at < each.sent_at)
    ]


def mark_of(invitations: Sequence[Invitation]) -> str:
    """Return what tells these from any others: nobody writes to whom they have not seen."""
    seen = sorted((each.id, each.guest.version, str(each.sent_at)) for each in invitations)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def require_usable(invitation: Invitation) -> None:
    """Refuse one more registration by an invitation that was withdrawn or is used up."""
    if invitation.is_withdrawn:
        raise InvitationWithdrawn
    if not invitation.left:
        raise InvitationUsed


def require_declinable(invitation: Invitation, congress: Congress, *, now: datetime) -> None:
    """Refuse a no where there is nothing to say no to; until the beginning it is still of use."""
    if invitation.is_withdrawn:
        raise InvitationWithdrawn
    if invitation.registered:
        raise InvitationAccepted
    if congress.state is not CongressState.PUBLISHED:
        raise CongressNotTakingPart
    if now >= congress.starts_at:
        raise CongressHasBegun(congress.starts_at)


def require_room(invitation: Invitation, after: Guest) -> None:
    """Refuse fewer places than people have by it already: nobody loses theirs by that."""
    if after.places < len(invitation.registered):
        raise FewerPlacesThanUsed


def may_be_sent(congress: Congress, *, now: datetime) -> bool:
    """Return whether an invitation to a congress can still be answered."""
    is_open = congress.period.phase(now) is not Phase.CLOSED
    return congress.state is CongressState.PUBLISHED and is_open and now < congress.starts_at


def confirms_address(invitation: Invitation, email_key: str) -> bool:
    """Return whether an address needs no confirmation: the link came to its mailbox."""
    return invitation.sent_at is not None and invitation.guest.keys["email_key"] == email_key
