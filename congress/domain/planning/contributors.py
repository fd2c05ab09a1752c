"""People of a programme as one congress asks them: whom a letter reaches, and who may answer."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.programme import ItemKind, PersonState
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot

LONGEST_NOTE = 500  # characters of a line to the organisers
KEPT_AFTER_CONGRESS = timedelta(days=365)  # address, link and line


class NotAskedAnyMore(Refused):
    """The congress is over or called off, or the item is, or somebody else does it."""


class NobodyToInvite(Refused):
    """None of those chosen has an address and something to do in the programme."""


class InvitationsUnseen(Refused):
    """The people, what they do or what they were sent is not as it was when looked at."""


@dataclass(frozen=True)
class Part:
    """What somebody does in one item, as it is planned now."""

    id: int
    item_id: int
    code: str
    kind: ItemKind
    number: int | None
    title: Texts
    slot: TimeSlot
    room: Texts
    role: str
    state: PersonState
    is_cancelled: bool
    answered_at: datetime | None
    note: str

    @property
    def is_on(self) -> bool:
        """Whether it takes place and the person has not declined."""
        return not self.is_cancelled and self.state is not PersonState.DECLINED

    @property
    def is_asked(self) -> bool:
        """Whether an answer is wanted."""
        return not self.is_cancelled and self.state is PersonState.REQUESTED


@dataclass(frozen=True)
class Contributor:
    """Somebody in the programme of one congress; without parts they were in it once."""

    person_id: int
    name: str
    affiliation: Texts
    email: str
    language: str
    invited_at: datetime | None  # last
    has_link: bool
    parts: tuple[Part, ...]

    @property
    def can_be_invited(self) -> bool:
        """Whether there is an address, and something to say."""
        return bool(self.email) and any(part.is_on for part in self.parts)

    @property
    def owes_answer(self) -> bool:
        """Whether they were asked and have not answered."""
        return self.has_link and any(part.is_asked for part in self.parts)

    @property
    def answered_at(self) -> datetime | None:
        """When they answered last."""
        return max((part.answered_at for part in self.parts if part.answered_at), default=None)


def answers_count(state: CongressState, *, is_over: bool) -> bool:
    """Return whether a congress is still to come, so that people are asked and answer."""
    return state in {CongressState.DRAFT, CongressState.PUBLISHED} and not is_over


def require_answerable(part: Part | None, state: CongressState, *, is_over: bool) -> Part:
    """Return the part that somebody answers to; raises NotAskedAnyMore."""
    if part is None or part.is_cancelled or not answers_count(state, is_over=is_over):
        raise NotAskedAnyMore
    return part


def mark_of(people: Iterable[Contributor]) -> str:
    """Return what tells letters to these people from any others, and from a second time."""
    stated = [
        (
            each.person_id,
            each.name,
            each.email,
            each.language,
            each.invited_at and each.invited_at.astimezone(UTC).isoformat(),
            [
                (
                    part.id,
                    sorted(part.title.items()),
                    part.slot.starts_at.astimezone(UTC).isoformat(),
                    part.slot.ends_at.astimezone(UTC).isoformat(),
                    sorted(part.room.items()),
                    part.role,
                    str(part.state),
                    part.is_cancelled,
                )
                for part in each.parts
            ],
        )
        for each in people
    ]
    return hashlib.sha256(repr(stated).encode()).hexdigest()[:16]
