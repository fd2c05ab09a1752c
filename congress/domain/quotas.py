"""How many may come of one organisation: its delegation, its reserve list, its spellings.

Whoever comes beyond the quota waits although places are free: on the reserve list of their
organisation, which is the part of the queue that is theirs. A free place goes to the first in the
queue whose organisation has not sent as many as it may. Whoever names no organisation is counted
with nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from congress.domain.errors import Refused
from congress.domain.organisation_names import nearly

NOT_COUNTED = ""  # the key of whoever comes for themselves
TOLD_APART = "="  # before the key of a spelling that an organiser took out of where it was


@dataclass(eq=False)
class QuotaReached(Refused):
    """As many people of an organisation have a place as may come of it."""

    places: int


class SameOrganisation(Refused):
    """An organisation cannot be put together with itself."""


class OnlySpelling(Refused):
    """The only spelling of an organisation cannot be taken out of it."""


@dataclass(eq=False)
class DomainTaken(Refused):
    """A domain of addresses is that of another organisation already."""

    domain: str


class DomainOfAll(Refused):
    """A domain where anybody may have an address says nothing of an organisation."""


@dataclass(frozen=True)
class Delegation:
    """The people of one organisation; `places` of None has no limit."""

    places: int | None
    taken: int = 0
    waiting: int = 0

    @property
    def is_full(self) -> bool:
        """Whether nobody else of it gets a place; more may have one than would get it now."""
        return self.places is not None and self.taken >= self.places

    @property
    def is_beyond(self) -> bool:
        """Whether more of it have a place than may."""
        return self.places is not None and self.taken > self.places

    @property
    def last_on_reserve(self) -> "OnReserve | None":
        """Where the last one stands who waits, if that is the reserve list."""
        is_reserve = self.places is not None and self.is_full
        return OnReserve(self.waiting, self.places or 0) if is_reserve else None

    def counted(self, taken: int, waiting: int) -> "Delegation":
        """Return it with more or fewer people."""
        return replace(self, taken=self.taken + taken, waiting=self.waiting + waiting)


class OnReserve(NamedTuple):
    """A position (from 1) on the reserve list of an organisation of which so many may come."""

    position: int
    places: int


class Spelling(NamedTuple):
    """How an organisation was typed, what that has in common with others, where it counts."""

    words: str
    likeness: str
    key: str


class Spellings:
    """The spellings known in a congress, and which of them another one counts with."""

    def __init__(self, known: Iterable[Spelling]) -> None:
        self._by_words: dict[str, Spelling] = {}
        self._by_likeness: dict[str, list[Spelling]] = {}
        self._by_letter: dict[str, list[Spelling]] = {}
        for each in known:
            self.add(each)

    def add(self, spelling: Spelling) -> None:
        """Know one more."""
        self._by_words[spelling.words] = spelling
        self._by_likeness.setdefault(spelling.likeness, []).append(spelling)
        self._by_letter.setdefault(spelling.likeness[:1], []).append(spelling)

    def find(self, words: str, likeness: str) -> Spelling | None:
        """Return the spelling with which one counts: the same, or one of the same likeness.

        Of several that were told apart it is the one under the common key.
        """
        if words in self._by_words:
            return self._by_words[words]
        alike = self._by_likeness.get(likeness, ())
        return min(alike, key=lambda each: each.key != likeness, default=None)

    def mistyped(self, likeness: str) -> list[Spelling]:
        """Return the spellings that one may be a slip of, in the order of their keys."""
        same_letter = self._by_letter.get(likeness[:1], ())
        near = [each for each in same_letter if nearly(likeness, each.likeness)]
        return sorted(near, key=lambda each: (each.key, each.words))


def key_apart(words: str) -> str:
    """Return the key under which a spelling counts alone."""
    return f"{TOLD_APART}{words}"
