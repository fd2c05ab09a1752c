"""From what is known of people and workshops to the problem that an assignment solves."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from congress.domain import ranking
from congress.domain.assignment.lots import lots
from congress.domain.assignment.problem import Barred, Fixed, Offer, Problem, Wisher
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import Ranked
from congress.domain.rules import Rules
from congress.domain.slots import Slot

MORE_THAN_ONE = 2


@dataclass(frozen=True)
class Entrant:
    """Somebody with a place at the event, as far as an assignment goes.

    `given` and `barred` is what organisers decided, `none_beside` are workshops at whose time they
    are to have none. `carries` are those they have a part in, `booked` those they have a place in,
    of whatever time.
    """

    id: int
    organisation: str = ""
    mode: Mode = Mode.ONSITE
    wishes: Sequence[Ranked] = ()
    booked: frozenset[int] = frozenset()
    given: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    none_beside: frozenset[int] = frozenset()
    carries: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Groups:
    """Who was registered together and wants to be in the same workshops, or in others each."""

    together: Collection[Collection[int]] = ()
    apart: Collection[Collection[int]] = ()


def state(
    slots: Sequence[Slot],
    items: Iterable[ProgrammeItem],
    entrants: Iterable[Entrant],
    *,
    rules: Rules,
    seed: str,
    settled: Collection[int] = (),
    groups: Groups = Groups(),
    least_change: bool = False,
) -> Problem:
    """Return the problem of giving the places of some choices.

    `settled` workshops take place however few people come. Where least is to change, places are
    kept as far as people ranked them; a place that nobody ranked is theirs in any case.
    """
    stating = _Stating(slots, items, rules, least_change=least_change)
    known = [stating.barring(each) for each in entrants if stating.is_concerned(each)]
    numbers = lots(seed, (each.id for each in known))
    people = {each.id: stating.wisher(each, numbers[each.id]) for each in known}
    return Problem(
        offers=stating.offers(known, settled),
        people=people,
        most_of_one=rules.organisation_most,
        together=_among(groups.together, people),
        apart=_among(groups.apart, people),
        least_change=least_change,
    )


def _among(
    groups: Iterable[Collection[int]], people: Collection[int]
) -> tuple[frozenset[int], ...]:
    found = (frozenset(each for each in group if each in people) for group in groups)
    return tuple(sorted((each for each in found if len(each) >= MORE_THAN_ONE), key=min))


class _Stating:
    """The workshops whose places are given, and how they stand to all others."""

    def __init__(
        self,
        slots: Sequence[Slot],
        items: Iterable[ProgrammeItem],
        rules: Rules,
        *,
        least_change: bool,
    ) -> None:
        self.rules, self.least_change = rules, least_change
        self.items = {item.id: item for item in items if item.bookable}
        self.workshops = {key: item.workshop for key, item in self.items.items()}
        self.slot_of = {item.id: slot.key for slot in slots for item in slot.workshops}
        self.keys = {slot.key: ranking.offered(slot) for slot in slots}
        self.offered = {key: slot for slot, keys in self.keys.items() for key in keys}
        self.excluded = {key: self._excluded_by(key) for key in self.items}
        self.needed = {key: self._needed_for(key) for key in self.offered}
        # What goes only with something whose places are not given here.
        self.bound = {
            key for key, needed in self.needed.items() if needed and needed.isdisjoint(self.offered)
        }

    def _excluded_by(self, key: int) -> frozenset[int]:
        """Return what of all that is offered nobody has beside a workshop."""
        workshop = self.workshops[key]
        return frozenset(
            each for each in self.offered if each != key and workshop.excludes(self.workshops[each])
        )

    def _needed_for(self, key: int) -> frozenset[int]:
        """Return those of which one is needed for a workshop, whenever they are."""
        workshop = self.workshops[key]
        return frozenset(
            each.id
            for each in self.workshops.values()
            if workshop.needs(each) and not each.cancelled
        )

    # --- workshops ---

    def offers(self, known: Iterable[Entrant], settled: Collection[int]) -> dict[int, Offer]:
        inside = Counter(key for each in known for key in each.booked)
        return {
            key: Offer(
                id=key,
                slot=slot,
                places=self._places(key, inside[key]),
                least=0 if key in settled else self.items[key].minimum or 0,
                excludes=frozenset(
                    each for each in self.excluded[key] if self.offered[each] != slot
                ),
                needs=frozenset(self.needed[key] & self.offered.keys()),
            )
            for key, slot in self.offered.items()
        }

    def _places(self, key: int, inside: int) -> int | None:
        """Return the places that are given: those held for people outside are not."""
        places = self.items[key].places
        return None if places.capacity is None else max(0, places.capacity - places.taken + inside)

    # --- people ---

    def is_concerned(self, each: Entrant) -> bool:
        keys = {wish.item_id for wish in each.wishes} | each.booked | each.given | each.carries
        return not keys.isdisjoint(self.offered)

    def barring(self, each: Entrant) -> Entrant:
        """Return somebody with every workshop ruled out of a time at which they are to have none.

        So none that was added since, and none that was called off then and takes place after all.
        """
        whole = {self.slot_of[key] for key in each.none_beside}
        return replace(each, barred=each.barred.union(*(self.keys[slot] for slot in whole)))

    def wisher(self, each: Entrant, lot: int) -> Wisher:
        lines = self._lines(each.wishes)
        ranks = {line.item_id: line.rank for line in lines}
        kept = self._kept(each, ranks)
        fixed = self._fixed(each, kept)
        stays = each.booked & fixed.keys() if self.least_change else frozenset()
        return Wisher(
            id=each.id,
            lot=lot,
            ranks=ranks,
            others=frozenset(line.item_id for line in lines if line.any_other),
            organisation=each.organisation,
            fixed=fixed,
            barred=dict(self._barred(each, ranks.keys() - fixed.keys(), fixed)),
            keeps=kept | stays,
            loses=self._lost(each, fixed, kept),
            against=dict(self._against(each, ranks.keys() - fixed.keys(), fixed)),
        )

    def _lines(self, wished: Iterable[Ranked]) -> list[Ranked]:
        """Return what somebody wishes for of all that is offered."""
        said: dict[int, list[Ranked]] = {}
        for each in wished:
            said.setdefault(self.slot_of[each.item_id], []).append(each)
        return [
            line
            for slot, mine in said.items()
            for line in ranking.of_rows(mine).lines(self.keys[slot])
        ]

    def _kept(self, each: Entrant, ranks: Mapping[int, int]) -> frozenset[int]:
        """Return the places that somebody has and ranked, where least is to change.

        Whoever was given several of one choice has them in any case.
        """
        if not self.least_change:
            return frozenset()
        mine = Counter(self.offered.get(key) for key in each.booked - each.barred)
        ranked = each.booked & ranks.keys()
        return frozenset(key for key in ranked if mine[self.offered[key]] < MORE_THAN_ONE)

    def _fixed(self, each: Entrant, kept: frozenset[int]) -> dict[int, Fixed]:
        """Return what somebody has in any case: one in each choice, or what they had before."""
        found: dict[int, Fixed] = {}
        for key, why in (
            *((key, self._by_hand(each, key)) for key in sorted(each.given)),
            *((key, Fixed.ROLE) for key in self._carried(each)),
        ):
            if key in self.offered and self.offered[key] not in self._slots(found):
                found[key] = why
        settled = self._slots(found)
        for key in sorted(each.booked & self.offered.keys() - kept - each.barred):
            if self.offered[key] not in settled:
                found[key] = Fixed.BOOKED
        return found

    def _by_hand(self, each: Entrant, key: int) -> Fixed:
        is_theirs = self.least_change and key in each.booked
        return Fixed.HELD if is_theirs else Fixed.BY_HAND

    def _lost(
        self, each: Entrant, fixed: Mapping[int, Fixed], kept: frozenset[int]
    ) -> frozenset[int]:
        """Return the places that somebody has and that nothing lets them keep."""
        settled = self._slots(fixed)
        may_stay = {key for key in kept - each.barred if self.offered[key] not in settled}
        return each.booked & self.offered.keys() - fixed.keys() - may_stay

    def _slots(self, keys: Iterable[int]) -> set[int]:
        return {self.offered[key] for key in keys}

    def _against(
        self, each: Entrant, wished: AbstractSet[int], fixed: Mapping[int, Fixed]
    ) -> Iterator[tuple[int, int]]:
        """Yield what was decided of somebody or is wished, with what is against it.

        That is a place elsewhere, else what they carry at that time without a place in it, as it
        does not go with what they have. Whoever has both anyway keeps both where least is to
        change.
        """
        carried = each.carries & self.offered.keys() - fixed.keys()
        for key in sorted(wished):
            found = {one for one in carried - {key} if self.offered[one] == self.offered[key]}
            if key in carried:
                found |= {one for one in fixed if key in self.excluded[one]}
            yield from ((key, other) for other in sorted(found)[:1])
        given = each.given - each.booked if self.least_change else each.given
        for key in sorted((given & self.offered.keys()) | wished):
            for other in sorted(self._elsewhere(each)):
                if key in self.excluded.get(other, ()):
                    yield key, other

    def _carried(self, each: Entrant) -> Iterator[int]:
        """Yield the workshops in which somebody has a place as they carry them.

        Whoever carries two that exclude each other, such as one that is offered twice, has a place
        in the first.
        """
        had = each.given | self._elsewhere(each)
        for key in sorted(each.carries & self.offered.keys() - each.barred):
            clashes = any(key in self.excluded.get(other, ()) for other in had)
            if self._fits(key, each) and not clashes:
                had |= {key}
                yield key

    def _fits(self, key: int, each: Entrant) -> bool:
        """Return whether somebody can be in a workshop the way they take part."""
        return not self.rules.is_hybrid or self.items[key].mode.fits(each.mode)

    def _elsewhere(self, each: Entrant) -> frozenset[int]:
        """Return the places of somebody that are none of those that are given."""
        return frozenset(key for key in each.booked if key not in self.slot_of)

    def _barred(
        self, each: Entrant, keys: Iterable[int], fixed: Mapping[int, Fixed]
    ) -> Iterator[tuple[int, Barred]]:
        """Yield what somebody cannot have of what they wished for, and why."""
        elsewhere = self._elsewhere(each)
        busy = {self.offered.get(other) for other in each.carries - fixed.keys()}
        clashing = frozenset[int]().union(*(self.excluded.get(other, ()) for other in elsewhere))
        for key in sorted(keys):
            if key in each.barred:
                yield key, Barred.BY_HAND
            elif not self._fits(key, each):
                yield key, Barred.MODE
            elif key in clashing or self.offered[key] in busy:
                yield key, Barred.CLASH
            elif key in self.bound and self.needed[key].isdisjoint(elsewhere):
                yield key, Barred.ALONE
