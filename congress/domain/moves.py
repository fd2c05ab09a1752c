"""What a decision about places is made of: single moves, and what they bring whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Key
from congress.domain.kinds import Contingents
from congress.domain.modes import Mode
from congress.domain.quotas import Delegation
from congress.domain.workshops import Places


@dataclass(frozen=True)
class Grant:
    """Somebody has a place from now on; with `moved_up` it was waited for.

    One that was not is their `wish` of that number, where places are given by wishes.
    """

    person: int
    key: Key
    moved_up: bool = False
    wish: int | None = None


@dataclass(frozen=True)
class Queue:
    """Somebody joins a queue and keeps another workshop until the place is sure.

    Where places were given by wishes, `wish` says which of theirs it is.
    """

    person: int
    key: Key
    instead_of: int | None = None
    wish: int | None = None


@dataclass(frozen=True)
class Release:
    """Somebody has a place, or one in a queue, no longer; with `moved_on` for a better one.

    What they had not got yet, and want no more with the better one, has `waited`.
    """

    person: int
    key: Key
    moved_on: bool = False
    waited: bool = False


@dataclass(frozen=True)
class Offer:
    """A free place is held for who waited for it, until they answer or that moment comes."""

    person: int
    key: Key
    until: datetime


@dataclass(frozen=True)
class Follow:
    """Somebody in a queue stands where another one of theirs stood, if that is further ahead.

    Where both are the same they stay where they stand, and keep another workshop meanwhile.
    """

    person: int
    key: Key
    other: int
    instead_of: int | None = None
    wish: int | None = None


@dataclass(frozen=True)
class Ask:
    """Somebody asks to take part; with `holds` a place is kept free until that is decided."""

    person: int
    holds: bool = False
    key: None = CONGRESS


@dataclass(frozen=True)
class Switch:
    """Somebody takes part in the other way from now on; who waits stands at the end of its line."""

    person: int
    mode: Mode
    waits: bool = False
    key: None = CONGRESS


Move = Grant | Queue | Offer | Release | Follow | Ask | Switch


@dataclass
class Gain:
    """What one person won by moving up, and the workshops given up for it.

    With a dearer wish come true `ended` are the others that are not waited for any more.
    """

    congress: bool = False
    workshops: list[int] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)

    def add(self, other: "Gain") -> None:
        """Count in what a later decision brought."""
        self.congress |= other.congress
        self.workshops += other.workshops
        self.given_up += other.given_up
        self.ended += other.ended

    @property
    def kept(self) -> list[int]:
        """The workshops won that were not given up at once for a better one."""
        return [each for each in self.workshops if each not in self.given_up]

    @property
    def lost(self) -> list[int]:
        """The workshops held before that were given up."""
        return [each for each in self.given_up if each not in self.workshops]

    def includes(self, key: Key) -> bool:
        return self.congress if key is CONGRESS else key in self.workshops


@dataclass(frozen=True)
class Decision:
    """The answer: moves in their order and the places that result, or a refusal.

    With something unread it is no answer yet: so many people of these queues have to be known,
    among them whoever waits only since their organisation `may_send` one more.
    """

    moves: tuple[Move, ...] = ()
    refusal: Refused | None = None
    places: Mapping[Key, Places] = field(default_factory=dict)  # of what changed
    passed_over: Mapping[tuple[int, Key], Refused] = field(default_factory=dict)
    unread: Mapping[Key, int] = field(default_factory=dict)
    delegations: Mapping[str, Delegation] = field(default_factory=dict)  # that changed
    contingents: Contingents = field(default_factory=dict)  # that changed
    may_send: frozenset[str] = frozenset()
    unread_exchanges: int = 0  # so many of those who hold one workshop and wait for another
    served: int = 0  # places that were passed on
    goes_on: bool = False  # others could move up, whom another decision is to be about

    def require(self) -> None:
        """Raise the refusal, where it is one."""
        if self.refusal is not None:
            raise self.refusal

    @property
    def gains(self) -> dict[int, Gain]:
        """Who moved up, and what it brought them."""
        found: dict[int, Gain] = {}
        for move in self.moves:
            if isinstance(move, Grant) and move.moved_up:
                gain = found.setdefault(move.person, Gain())
                if move.key is CONGRESS:
                    gain.congress = True
                else:
                    gain.workshops.append(move.key)
            elif isinstance(move, Release) and move.moved_on and move.key is not CONGRESS:
                gain = found[move.person]
                (gain.ended if move.waited else gain.given_up).append(move.key)
        return found

    @property
    def offers(self) -> dict[int, list[Offer]]:
        """Who is offered a place, and which."""
        found: dict[int, list[Offer]] = {}
        for move in self.moves:
            if isinstance(move, Offer):
                found.setdefault(move.person, []).append(move)
        return found

    def freed_by(self, person: int) -> list[int]:
        """The workshops that somebody gave up of their own will."""
        given_up = [move for move in self.moves if isinstance(move, Release) and not move.moved_on]
        mine = (each.key for each in given_up if each.person == person)
        return sorted(key for key in mine if key is not CONGRESS)

    def concerns(self, person: int) -> bool:
        """Whether anything changes for somebody."""
        return any(move.person == person for move in self.moves)
