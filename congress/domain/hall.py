"""What decides about places, as values: how many there are, who has one, who waits.

A place is one in the congress itself or in one of its workshops. Both follow the same rules, so
both are named by a key: a workshop by its id, the congress by None. Where a congress is hybrid its
places online are counted, and waited for, under a key of their own; somebody's place in it is
named as that of everybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from congress.domain import allocation
from congress.domain.congresses import Congress, CongressState
from congress.domain.kinds import Contingent, Contingents, PersonKind
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.quotas import NOT_COUNTED, Delegation
from congress.domain.registration import BookingState, RegistrationPeriod, RegistrationState
from congress.domain.rules import USUAL, Rules
from congress.domain.workshops import Places, Workshop

Key = int | None
CONGRESS: Final = None
ONLINE: Final = 0  # counted and waited for apart, where a congress is hybrid
NEWCOMER = 0  # the number of whoever is not stored yet


@dataclass(frozen=True)
class Booked:
    """A place in a workshop, or one in its queue; `instead_of` is given up when it is confirmed.

    An offered place is held until `offered_until`. `wish` says which of their wishes of that time
    it is, the dearest first, where places were given by wishes.
    """

    workshop_id: int
    state: BookingState
    instead_of: int | None = None  # the workshop of another place of the same person
    offered_until: datetime | None = field(default=None, compare=False)
    wish: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Person:
    """Somebody with a place in the congress or its queue, and the active bookings, oldest first.

    Of whoever asked to take part and waits for an answer, `holds` says whether the places they
    may get are kept free for them meanwhile.
    """

    id: int
    state: RegistrationState
    bookings: tuple[Booked, ...] = ()
    holds: bool = False
    offered_until: datetime | None = field(default=None, compare=False)
    priority: int = field(default=0, compare=False)  # in every queue, the lowest first
    chooses_until: datetime | None = None  # also after the last day for it
    # The organisation they are counted with; somebody is the same whatever that is.
    quota_key: str = field(default=NOT_COUNTED, compare=False)
    is_invited: bool = False  # asked of newcomers alone
    # Likewise: whether they speak for a member on that day; None until they have said who they are.
    speaks: bool | None = None
    group: int | None = field(default=None, compare=False)  # with whom they were registered
    # How they take part; None where nobody has said it yet.
    mode: Mode | None = field(default=None, compare=False)
    kind: PersonKind = field(default=PersonKind.ATTENDEE, compare=False)
    joined_at: datetime | None = field(default=None, compare=False)  # the queue of the congress

    @property
    def turn(self) -> tuple[int, bool, datetime, int]:
        """What tells whose turn it is, of two in other lines; who has just joined stands last."""
        is_new = self.joined_at is None
        return self.priority, is_new, self.joined_at or datetime.max.replace(tzinfo=UTC), self.id

    @property
    def in_congress(self) -> bool:
        """Whether a place in the congress is taken up, which lets one in to its workshops."""
        return self.state is RegistrationState.CONFIRMED or self.holds

    def taking_part(self, mode: Mode) -> "Person":
        """Return the same person as taking part in one way."""
        return replace(self, mode=mode)

    def booked(self, workshop_id: int | None) -> Booked | None:
        """The place in a workshop, or the one in its queue."""
        return next((each for each in self.bookings if each.workshop_id == workshop_id), None)

    def has_place(self, key: Key) -> bool:
        """Whether somebody sits in the congress, or in a workshop."""
        return self._state_at(key) in {RegistrationState.CONFIRMED, BookingState.CONFIRMED}

    def waits_for(self, key: Key) -> bool:
        """Whether somebody wants a place, for a workshop also while waiting for the congress."""
        return self._state_at(key) in {RegistrationState.WAITING, BookingState.WAITING}

    def is_offered(self, key: Key) -> bool:
        """Whether a place is held for somebody until they answer."""
        return self._state_at(key) in {RegistrationState.OFFERED, BookingState.OFFERED}

    def offer_ends_at(self, key: Key) -> datetime | None:
        """Until when an offered place is held."""
        booked = self.booked(key)
        return booked.offered_until if booked else self.offered_until

    def _state_at(self, key: Key) -> RegistrationState | BookingState | None:
        if key is CONGRESS:
            return self.state
        booked = self.booked(key)
        return booked.state if booked else None


def as_named(key: Key) -> Key:
    """Return how a place is named, which may be counted under another key."""
    return key or CONGRESS


NOBODY = Person(NEWCOMER, RegistrationState.WAITING)


@dataclass(frozen=True)
class Line:
    """The head of a queue, as far as it was read: people in their order.

    `behind` are those further behind whom places are held back for, as far as they were read.
    """

    people: tuple[int, ...] = ()
    is_whole: bool = True
    behind: tuple[int, ...] = ()

    @property
    def everybody(self) -> tuple[int, ...]:
        """All who were read, those further behind last."""
        return (*self.people, *self.behind)

    def with_last(self, person: int, people: Mapping[int, Person]) -> "Line":
        """Return it with somebody more: behind everybody of their group, as it is stored."""
        priority = people[person].priority
        at = next(
            (at for at, each in enumerate(self.people) if people[each].priority > priority),
            len(self.people),
        )
        if at == len(self.people) and not self.is_whole:
            return self
        return replace(self, people=(*self.people[:at], person, *self.people[at:]))

    def without(self, person: int) -> "Line":
        """Return it as it is when somebody does not stand there."""
        people, behind = (
            tuple(each for each in part if each != person) for part in (self.people, self.behind)
        )
        return replace(self, people=people, behind=behind)

    def with_instead(self, person: int, other: int) -> "Line":
        """Return it with somebody where another one stood."""
        people, behind = (
            tuple(person if each == other else each for each in part)
            for part in (self.people, self.behind)
        )
        return replace(self, people=people, behind=behind)


@dataclass(frozen=True)
class Offering:
    """A congress that offers free places instead of giving them: for how long, and until when.

    Every offer runs its whole time, so that the last ones are made that long before the end.
    """

    answer_within: timedelta
    ends_at: datetime

    @classmethod
    def of(cls, rules: Rules, starts_at: datetime) -> "Offering | None":
        """Return how a congress that begins then offers places; None where it gives them."""
        if not rules.offer_hours:
            return None
        ends_at = starts_at - timedelta(hours=rules.offers_end_hours)
        return cls(timedelta(hours=rules.offer_hours), ends_at)

    def until(self, now: datetime) -> datetime | None:
        """Until when a place that becomes free now is offered; None where it is given at once."""
        ends_at = now + self.answer_within
        return ends_at if ends_at <= self.ends_at else None


@dataclass(frozen=True)
class Exchange:
    """Whoever has a place in one workshop and waits for another in its stead, first in line."""

    held: int
    wanted: int


@dataclass(frozen=True)
class Hall:
    """One congress at one moment, as far as places are concerned.

    `people` are those a decision may move: whoever asks, and everybody in the lines. A queue
    that nobody stands in needs no line. `delegations` are those of their organisations, by key,
    where there is a quota, `groups` who is in those that come only together; `contingents` are
    counted where places are held back.
    """

    now: datetime
    state: CongressState
    period: RegistrationPeriod
    starts_at: datetime
    places: Mapping[Key, Places]
    workshops: Mapping[int, Workshop] = field(default_factory=dict)
    people: Mapping[int, Person] = field(default_factory=dict)
    lines: Mapping[Key, Line] = field(default_factory=dict)
    rules: Rules = USUAL
    ends_at: datetime | None = None  # where it matters whether it is over
    last_module_at: datetime | None = None  # of a course: when it begins
    exchanges: Mapping[Exchange, Line] | None = None  # None until somebody asks for them
    delegations: Mapping[str, Delegation] = field(default_factory=dict)
    groups: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    contingents: Contingents = field(default_factory=dict)

    @classmethod
    def of(cls, congress: Congress, items: Iterable[ProgrammeItem], *, now: datetime) -> "Hall":
        """Return the places of a congress and of everything in it that one can book."""
        workshops = [item for item in items if item.bookable]
        waits_for_wishes = allocation.unassigned(workshops, congress.rules.allocation)
        places: dict[Key, Places] = {item.id: item.places for item in workshops}
        if congress.rules.is_hybrid:
            places[ONLINE] = congress.online_places
        return cls(
            now=now,
            state=congress.state,
            period=congress.period,
            starts_at=congress.starts_at,
            places=places | {CONGRESS: congress.places},
            workshops={
                item.id: replace(item.workshop, by_wishes=True)
                if item.id in waits_for_wishes
                else item.workshop
                for item in workshops
            },
            rules=congress.rules,
            ends_at=congress.ends_at,
            last_module_at=congress.changes_hands_until if congress.is_course else None,
        )

    @property
    def offering(self) -> Offering | None:
        """How free places are offered, where they are."""
        return Offering.of(self.rules, self.starts_at)

    def counted_at(self, person: Person, key: Key) -> Key:
        """Under which key a place of somebody is counted: those online under one of their own."""
        is_online = key is CONGRESS and person.mode is Mode.ONLINE
        return ONLINE if is_online and self.rules.is_hybrid else key

    def places_of(self, person: Person, key: Key) -> Places:
        """The places among which that of somebody is, or would be."""
        return self.places[self.counted_at(person, key)]

    def open_to(self, person: Person, key: Key) -> tuple[Key, ...]:
        """Under which keys somebody may find a place: both, who has not said how to take part."""
        if key is CONGRESS and self.rules.is_hybrid and person.mode is None:
            return CONGRESS, ONLINE
        return (self.counted_at(person, key),)

    def contingent(self, person: Person, key: Key) -> Contingent | None:
        """The places held back for people like somebody, where there are any."""
        is_here = key is CONGRESS and self.counted_at(person, key) is CONGRESS
        return self.contingents.get(person.kind) if is_here else None

    def is_held_for(self, person: Person, key: Key) -> bool:
        """Whether there is an empty place that is held back for people like somebody."""
        contingent = self.contingent(person, key)
        return contingent is not None and contingent.left > 0 and self.places[key].empty != 0

    def line(self, key: Key) -> Line:
        """The queue of a place as far as it is known."""
        return self.lines.get(key, Line(is_whole=self.places[key].waiting == 0))
