"""What is counted while a decision is made: places, organisations, and what is held back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from congress.domain.hall import CONGRESS, Hall, Key, Person
from congress.domain.kinds import Contingents, PersonKind, held_back
from congress.domain.quotas import Delegation
from congress.domain.workshops import Places

Named = TypeVar("Named")
Counted = TypeVar("Counted")


@dataclass(frozen=True)
class Changed:
    """What is another number than before, by what was counted."""

    places: Mapping[Key, Places]
    delegations: Mapping[str, Delegation]
    contingents: Contingents


class Tally:
    """The numbers as they stand so far; each change is seen by whoever looks next."""

    def __init__(self, hall: Hall) -> None:
        self._before = hall
        self.places = dict(hall.places)
        self.delegations = dict(hall.delegations)
        self.contingents = dict(hall.contingents)

    @property
    def changed(self) -> Changed:
        """What is otherwise than before."""
        was = self._before
        return Changed(
            _otherwise(self.places, was.places),
            _otherwise(self.delegations, was.delegations),
            _otherwise(self.contingents, was.contingents),
        )

    @property
    def may_send(self) -> frozenset[str]:
        """The organisations that have fewer people inside than before."""
        was = self._before.delegations
        return frozenset(
            key for key, each in self.delegations.items() if each.taken < was[key].taken
        )

    def count(self, key: Key, of: Person | None, taken: int, waiting: int) -> None:
        """Count somebody in or out; in the congress also with those they belong to."""
        at = key if of is None else self._before.counted_at(of, key)
        self.places[at] = self.places[at].counted(taken, waiting)
        if of is None or key is not CONGRESS:
            return
        if delegation := self.delegations.get(of.quota_key):
            self.delegations[of.quota_key] = delegation.counted(taken, waiting)
        if at is CONGRESS:
            self._count_kind(of.kind, taken, waiting)

    def resize(self, key: Key, capacity: int | None, *, waiting_list: bool) -> bool:
        """Change how many places there are; returns whether that is any different."""
        before = self.places[key]
        self.places[key] = before.resized(capacity, waiting_list_open=waiting_list)
        return (before.capacity, before.waiting_list_open) != (capacity, waiting_list)

    def come_as(self, person: Person, kind: PersonKind, quota_key: str) -> None:
        """Count somebody as of another kind, or with another organisation."""
        sits = int(person.in_congress or person.is_offered(CONGRESS))
        waits = int(person.waits_for(CONGRESS))
        for key, by in ((person.quota_key, -1), (quota_key, 1)):
            if delegation := self.delegations.get(key):
                self.delegations[key] = delegation.counted(by * sits, by * waits)
        if self._before.counted_at(person, CONGRESS) is CONGRESS:
            self._count_kind(person.kind, -sits, -waits)
            self._count_kind(kind, sits, waits)

    def is_anything_for(self, key: Key) -> bool:
        """Whether a place is free, or one is held back for somebody who waits."""
        places = self.places[key]
        waits = key is CONGRESS and any(each.waits for each in self.contingents.values())
        return places.is_free or (waits and places.empty != 0)

    def _count_kind(self, kind: PersonKind, taken: int, waiting: int) -> None:
        if contingent := self.contingents.get(kind):
            self.contingents[kind] = contingent.counted(taken, waiting)
            held = held_back(self.contingents)
            self.places[CONGRESS] = replace(self.places[CONGRESS], held_back=held)


def _otherwise(now: Mapping[Named, Counted], was: Mapping[Named, Counted]) -> dict[Named, Counted]:
    return {name: each for name, each in now.items() if each != was[name]}
