"""People of a programme as one congress asks them: whom a letter reaches, and who may answer."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.programme import Face, ItemKind, PersonState
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot

LONGEST_NOTE = 500  # characters of a line to the organisers
MOST_TO_ADDRESS, MOST_INVITED = 5, 200  # letters within an hour: to one address, and in all
INVITED_WITHIN = timedelta(hours=1)


class NotAskedAnyMore(Refused):
    """The congress is over or called off, or the item is, or somebody else does it."""


class NobodyToInvite(Refused):
    """None of those chosen has an address and something to do in the programme."""


class InvitedEnough(Refused):
    """So many letters went to one address, or out of one congress, that no more go this hour."""


class InvitationsUnseen(Refused):
    """The people, what they do or what they were sent is not as it was when looked at."""


@dataclass(frozen=True)
class Meeting:
    """When and where an item takes place."""

    slot: TimeSlot
    room: Texts


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
    shown: Face | None = None  # what the public sees of the item
    agreed_to: Meeting | None = None  # what was shown when they answered, if it moved since
    online_link: str = ""

    @property
    def as_known(self) -> "Part":
        """The part as the person knows it: as published; as planned, before it ever was."""
        if self.shown is None:
            return self
        face = self.shown
        return replace(
            self,
            title=face.title,
            slot=face.slot,
            room=face.room,
            is_cancelled=face.cancelled,
            online_link=face.online_link,
        )

    @property
    def may_know_links(self) -> bool:
        """Whether they are told how to take part online: of what is published, and once agreed."""
        has_agreed = self.state is PersonState.CONFIRMED and not self.is_cancelled
        return has_agreed and self.shown is not None

    @property
    def told_link(self) -> str:
        """The link of the item's own that they are told; empty where there is none."""
        return self.online_link if self.may_know_links else ""

    @property
    def moved_since(self) -> Meeting | None:
        """When and where it was to be when they agreed, where it is at another time or place."""
        was = self.agreed_to
        is_other = was is not None and was != Meeting(self.slot, self.room)
        return was if is_other and self.state is PersonState.CONFIRMED else None

    @property
    def is_news(self) -> bool:
        """Whether publishing moves it, calls it off or takes that back; a no is not told more.

        Another link for taking part online is news to whoever is told it.
        """
        was = self.shown
        if was is None or self.state is PersonState.DECLINED:
            return False
        is_moved = (was.slot, was.room) != (self.slot, self.room)
        has_other_link = self.may_know_links and was.online_link != self.online_link
        is_other = (is_moved and not self.is_cancelled) or has_other_link
        return was.cancelled != self.is_cancelled or is_other

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
    def as_known(self) -> "Contributor":
        """The person with what they know of their parts: no draft of the organisers."""
        known = sorted((part.as_known for part in self.parts), key=lambda part: part.slot)
        return replace(self, parts=tuple(known))

    def is_named_in(self, part: Part) -> bool:
        """Return whether the published programme names them in an item."""
        people = part.shown.people if part.shown else ()
        return any((each.name, each.role) == (self.name, part.role) for each in people)

    @property
    def can_be_invited(self) -> bool:
        """Whether there is an address, and something to say."""
        return bool(self.email) and any(part.is_on for part in self.parts)

    @property
    def news(self) -> tuple[Part, ...]:
        """What publishing changes for them, of what they were asked or have agreed to do."""
        confirmed = PersonState.CONFIRMED
        known = [each for each in self.parts if self.has_link or each.state is confirmed]
        return tuple(part for part in known if part.is_news)

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


def require_few(sent: Mapping[str, int], recipients: Iterable[str]) -> None:
    """Refuse to write to strangers without end, whose addresses anybody can type.

    `sent` says how many letters went to each address within the last hour. Raises InvitedEnough.
    """
    new = Counter(recipients)
    is_too_many = sum(sent.values()) + new.total() > MOST_INVITED
    if is_too_many or any(sent.get(each, 0) + new[each] > MOST_TO_ADDRESS for each in new):
        raise InvitedEnough


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
                    part.told_link,
                )
                for part in each.parts
            ],
        )
        for each in people
    ]
    return hashlib.sha256(repr(stated).encode()).hexdigest()[:16]
