"""From what is known of people and workshops to the problem that an assignment solves."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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

    `given` and `barred` is what organisers decided, `carries` are workshops they have a part in,
    `booked` those they have a place in, of whatever time.
    """

    id: int
    organisation: str = ""
    mode: Mode = Mode.ONSITE
    wishes: Sequence[Ranked] = ()
    booked: frozenset[int] = frozenset()
    given: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
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
    known = [each for each in entrants if stating.is_concerned(each)]
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
        self.slots, self.rules, self.least_change = slots, rules, least_change
        self.items = {item.id: item for item in items if item.bookable}
        self.slot_of = {item.id: slot.key for slot in slots for item in slot.workshops}
        self.offered = {key: slot.key for slot in slots for key in sorted(ranking.offered(slot))}
        self.excluded = {key: self._excluded_by(key) for key in self.items}
        self.needed = {key: self._needed_for(key) for key in self.offered}

    def _excluded_by(self, key: int) -> frozenset[int]:
        """Return what of all that is offered nobody has beside a workshop."""
        workshop = self.items[key].workshop
        return frozenset(
            each
            for each in self.offered
            if each != key and workshop.excludes(self.items[each].workshop)
        )

    def _needed_for(self, key: int) -> frozenset[int]:
        """Return those of which one is needed for a workshop, whenever they are."""
        workshop = self.items[key].workshop
        return frozenset(
            item.id
            for item in self.items.values()
            if workshop.needs(item.workshop) and item.can_be_had
        )

    # --- workshops ---

    def offers(self, known: Iterable[Entrant], settled: Collection[int]) -> dict[int, Offer]:
        inside = [key for each in known for key in each.booked]
        return {
            key: Offer(
                id=key,
                slot=slot,
                places=self._places(key, inside.count(key)),
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

    def wisher(self, each: Entrant, lot: int) -> Wisher:
        wished = ranking.by_choice(self.slots, each.wishes)
        ranks = {
            key: rank
            for slot in self.slots
            for key, rank in wished[slot.key].ranks(ranking.offered(slot)).items()
        }
        fixed = self._fixed(each, ranks)
        return Wisher(
            id=each.id,
            lot=lot,
            ranks=ranks,
            organisation=each.organisation,
            fixed=fixed,
            barred={key: why for key in ranks if (why := self._barred(each, key, fixed))},
            keeps=self._kept(each, ranks),
        )

    def _kept(self, each: Entrant, ranks: Mapping[int, int]) -> frozenset[int]:
        return each.booked & ranks.keys() if self.least_change else frozenset()

    def _fixed(self, each: Entrant, ranks: Mapping[int, int]) -> dict[int, Fixed]:
        """Return what somebody has in any case, one in each choice."""
        found: dict[int, Fixed] = {}
        booked = each.booked - self._kept(each, ranks) - each.barred
        for key, why in (
            *((key, Fixed.BY_HAND) for key in sorted(each.given)),
            *((key, Fixed.ROLE) for key in self._carried(each)),
            *((key, Fixed.BOOKED) for key in sorted(booked)),
        ):
            taken = {self.offered[other] for other in found}
            if key in self.offered and self.offered[key] not in taken:
                found[key] = why
        return found

    def _carried(self, each: Entrant) -> Iterator[int]:
        """Yield the workshops in which somebody has a place as they carry them.

        Whoever carries two that exclude each other, such as one that is offered twice, has a place
        in the first.
        """
        had = each.given | self._elsewhere(each)
        for key in sorted(each.carries & self.offered.keys() - each.barred):
            if not any(key in self.excluded.get(other, ()) for other in had):
                had |= {key}
                yield key

    def _elsewhere(self, each: Entrant) -> frozenset[int]:
        """Return the places of somebody that are none of those that are given."""
        return frozenset(key for key in each.booked if key not in self.slot_of)

    def _barred(self, each: Entrant, key: int, fixed: Mapping[int, Fixed]) -> Barred | None:
        """Return why somebody cannot have what they wished for."""
        if key in fixed:
            return None
        if key in each.barred:
            return Barred.BY_HAND
        if self.rules.is_hybrid and not self.items[key].mode.fits(each.mode):
            return Barred.MODE
        elsewhere, slot = self._elsewhere(each), self.offered[key]
        busy = {self.offered.get(other) for other in each.carries - fixed.keys()}
        if slot in busy or any(key in self.excluded.get(other, ()) for other in elsewhere):
            return Barred.CLASH
        needed = self.needed[key]
        is_bound = bool(needed) and needed.isdisjoint(self.offered)
        return Barred.ALONE if is_bound and needed.isdisjoint(elsewhere) else None
