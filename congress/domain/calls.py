"""A call for practice examples, workshops and stands, and what is proposed in answer to it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.registration import is_other_deadline
from congress.domain.texts import Texts

LONGEST_ABSTRACT, LONGEST_NEEDS, LONGEST_PHONE, LONGEST_COMMENT = 3000, 1000, 40, 1000
LONGEST_PLACE = 60
FITTINGS = ("needs_table", "needs_power", "needs_wall")  # what a stand can be given
POINTS = range(1, 6)


class ProposalKind(StrEnum):
    """What can be proposed."""

    PRACTICE_EXAMPLE = "practice_example"
    WORKSHOP = "workshop"
    STAND = "stand"


class ProposalState(StrEnum):
    """How far a proposal is."""

    NEW = "new"
    SHORTLISTED = "shortlisted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


UNDECIDED = frozenset({ProposalState.NEW, ProposalState.SHORTLISTED})


class Answering(StrEnum):
    """What an answer says; whoever had another one before is told both."""

    ACCEPTED = "accepted"
    ACCEPTED_AFTER_ALL = "accepted_after_all"
    DECLINED = "declined"
    NO_LONGER_ACCEPTED = "no_longer_accepted"


ANSWERS = {
    **{(each, ProposalState.ACCEPTED): Answering.ACCEPTED for each in UNDECIDED},
    **{(each, ProposalState.DECLINED): Answering.DECLINED for each in UNDECIDED},
    (ProposalState.DECLINED, ProposalState.ACCEPTED): Answering.ACCEPTED_AFTER_ALL,
    (ProposalState.ACCEPTED, ProposalState.DECLINED): Answering.NO_LONGER_ACCEPTED,
}


def answer_from(before: ProposalState, wanted: ProposalState) -> Answering | None:
    """Return what is told to whom a proposal belongs; None where there is nothing to decide."""
    return ANSWERS.get((before, wanted))


class CallClosed(Refused):
    """Nothing is proposed any more: the deadline has passed, or organisers closed the call."""


class CallEditedMeanwhile(Refused):
    """Somebody else saved the call after the form was opened."""


class AuthorsUnseen(Refused):
    """The call, or whom another last day of it is told, is other than when it was asked about."""


class NotProposable(Refused):
    """The call asks for other kinds by now."""


class ProposedEnough(Refused):
    """Many proposals came under one address within an hour."""


class ProposalsUnseen(Refused):
    """A proposal, or which ones there are, is other than what an answer was written to."""


class TooLateToAccept(Refused):
    """The congress is over or called off: nothing becomes part of its programme."""


class ProposalSettled(Refused):
    """It was answered or withdrawn, or the deadline has passed: it stays as it is."""


@dataclass(frozen=True)
class Call:
    """What is asked for, and until when; `closes_at` is the first moment too late."""

    title: Texts
    text: Texts
    kinds: tuple[ProposalKind, ...]
    closes_at: datetime
    is_open: bool

    @property
    def version(self) -> str:
        """What tells it from any other: two organisers do not overwrite each other."""
        texts = (sorted(self.title.items()), sorted(self.text.items()))
        closes_at = self.closes_at.astimezone(UTC).isoformat()
        values = (texts, [str(each) for each in self.kinds], closes_at, self.is_open)
        return hashlib.sha256(repr(values).encode()).hexdigest()[:16]

    def takes_proposals(self, state: CongressState, *, is_over: bool, now: datetime) -> bool:
        """Return whether the public can propose something now."""
        is_public = state is CongressState.PUBLISHED and not is_over
        return is_public and self.is_open and now < self.closes_at

    def closes_otherwise(self, after: "Call", now: datetime) -> bool:
        """Return whether another last day matters to who can correct a proposal, or could."""
        return is_other_deadline(self.closes_at, after.closes_at, now)


@dataclass(frozen=True)
class Content:
    """What somebody proposes, and who they are; the address stays that of the first letter."""

    kind: ProposalKind
    name: str
    organisation: str
    phone: str
    title: str
    abstract: str
    needs: str
    language: str  # in which it is held
    needs_table: bool = False
    needs_power: bool = False
    needs_wall: bool = False

    @property
    def fittings(self) -> tuple[str, ...]:
        """What a stand needs; anything else needs a room, and says so in words."""
        is_stand = self.kind is ProposalKind.STAND
        return tuple(each for each in FITTINGS if is_stand and getattr(self, each))


@dataclass(frozen=True)
class Proposal:
    """A proposal as it is stored; `mail_language` is that of the letters."""

    id: int
    congress_id: int
    state: ProposalState
    content: Content
    email: str
    mail_language: str
    created_at: datetime
    changed_at: datetime
    told: ProposalState | None  # the answer they were sent last
    told_at: datetime | None
    item_id: int | None = None  # of the programme, once it is accepted
    stand_place: str = ""  # where its stand is, as organisers wrote it

    @property
    def name(self) -> str:
        """Whom letters address."""
        return self.content.name

    def may_be_corrected(self, closes_at: datetime, *, now: datetime) -> bool:
        """Return whether its author can still change it."""
        return self.may_be_withdrawn and now < closes_at

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether nobody has decided: afterwards others plan with the decision."""
        return self.state in UNDECIDED

    @property
    def has_item(self) -> bool:
        """Whether an item of the programme comes of it; a stand has no time of its own."""
        return self.content.kind is not ProposalKind.STAND

    @property
    def is_stand(self) -> bool:
        """Whether it is a stand that was accepted: the market of possibilities shows it."""
        return self.state is ProposalState.ACCEPTED and not self.has_item

    @property
    def is_item_gone(self) -> bool:
        """Whether it was accepted, and its item was taken out of the programme afterwards."""
        is_accepted = self.state is ProposalState.ACCEPTED
        return is_accepted and self.has_item and self.item_id is None

    def may_become(self, wanted: ProposalState) -> bool:
        """Return whether organisers can still decide so."""
        return answer_from(self.state, wanted) is not None


@dataclass(frozen=True)
class Stand:
    """A stand of the market of possibilities, as the public sees it."""

    title: str
    abstract: str
    language: str
    who: str  # the organisation, or the person where there is none
    place: str


class NotAStand(Refused):
    """A place is given to a stand that was accepted, and to nothing else."""


def wanted_fittings(stands: Iterable[Content]) -> dict[str, int]:
    """Return how many stands need what, in the order of the form; what nobody needs is left out."""
    needed = [each for stand in stands for each in stand.fittings]
    return {each: needed.count(each) for each in FITTINGS if each in needed}


def mark_of(proposals: Iterable[Proposal]) -> str:
    """Return what tells these proposals, as they are, from any others or later versions."""
    values = [
        (each.id, str(each.state), each.changed_at.astimezone(UTC).isoformat())
        for each in sorted(proposals, key=lambda each: each.id)
    ]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Rating:
    """What a member of the planning circle thinks of a proposal."""

    user_id: int
    who: str
    points: int
    comment: str


def average(ratings: Sequence[Rating]) -> float | None:
    """Return the mean of the points; None where nobody has rated."""
    return sum(each.points for each in ratings) / len(ratings) if ratings else None
