"""The assignment by wishes as a linear programme: rows and columns of what `domain.wishes` says.

Each list of somebody has a column for every workshop that can be had, and one for having nothing
of it. The levels of the objective are priced columns, so that any solver can take them in turn.
In whatever order the workshops of a problem are, the programme is the same.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from congress.domain.assignment.problem import Problem, Seat, WishList
from congress.domain.wishes import can_have, exclude_each_other, weight_of_lot

UNBOUNDED = math.inf


class Rows:
    """The rows and columns of a programme while it is put together."""

    def __init__(self) -> None:
        self.seats: dict[Seat, int] = {}
        self.upper: list[float] = []  # of each column; the lower bound is 0
        self.low: list[float] = []
        self.high: list[float] = []
        # One row after the other: where each begins, its columns and their factors.
        self.starts: list[int] = []
        self.columns: list[int] = []
        self.factors: list[float] = []

    def column(self, upper: float = 1) -> int:
        """Add a column and return its number."""
        self.upper.append(upper)
        return len(self.upper) - 1

    def row(
        self, columns: Sequence[int], low: float, high: float, factors: Sequence[float] = ()
    ) -> int:
        """Add a row over these columns, each once unless factors say otherwise."""
        self.starts.append(len(self.columns))
        self.columns += columns
        self.factors += factors or [1] * len(columns)
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def seats_in(self, people: Sequence[int], key: int) -> list[int]:
        """Return the columns of these people in a workshop, as far as they can have it."""
        return [self.seats[who, key] for who in people if (who, key) in self.seats]


@dataclass(frozen=True)
class Costs:
    """What a level costs: columns with their price, and what is paid in any case."""

    columns: tuple[int, ...]
    prices: tuple[int, ...]
    anyway: int = 0

    @property
    def least(self) -> int:
        """What is not undercut in any case."""
        return self.anyway + sum(price for price in self.prices if price < 0)


class Programme:
    """A problem in rows and columns."""

    def __init__(self, problem: Problem, *, may_lack: bool = False) -> None:
        self.problem = problem
        self.lacking: dict[int, int] | None = {} if may_lack else None  # the column, by workshop
        self.rows = Rows()
        self.left_out: dict[WishList, int] = {}  # the column that says that a list is not met
        for each in problem.lists:
            self._offer(each)
        self._bind_people()
        self._limit_workshops()
        self._bind_groups()
        self.costs = self._costs()

    def _offer(self, of: WishList) -> None:
        """Give somebody one column for each workshop of a list that they can have."""
        person, columns = self.problem.people[of.person], []
        for key in sorted(of.ranks, key=lambda key: (of.ranks[key], key)):
            if can_have(self.problem, person, key):
                self.rows.seats[of.person, key] = self.rows.column()
                columns.append(self.rows.seats[of.person, key])
        self.left_out[of] = self.rows.column()
        self.rows.row([*columns, self.left_out[of]], 1, 1)

    def _bind_people(self) -> None:
        """Let nobody have two that exclude each other, nor one without the other it needs."""
        mine: dict[int, list[int]] = {}
        for who, key in self.rows.seats:
            mine.setdefault(who, []).append(key)
        for who, keys in mine.items():
            for clique in self._cliques(keys):
                self.rows.row(self._columns_of(who, clique), 0, 1)
            fixed = self.problem.people[who].fixed
            for key in keys:
                needs = self.problem.offers[key].needs
                if needs and not needs & fixed.keys():
                    others = [other for other in keys if other in needs]
                    columns = self._columns_of(who, [key, *others])
                    self.rows.row(columns, -UNBOUNDED, 0, [1, *[-1] * len(others)])

    def _columns_of(self, who: int, keys: Sequence[int]) -> list[int]:
        return [self.rows.seats[who, key] for key in keys]

    def _cliques(self, keys: Sequence[int]) -> Iterator[list[int]]:
        """Part what excludes each other across time slots into groups with at most one each."""
        offers = self.problem.offers
        seen: set[tuple[int, int]] = set()
        for first in keys:
            for second in keys:
                if first >= second or offers[first].slot == offers[second].slot:
                    continue
                if (first, second) in seen or not exclude_each_other(offers[first], offers[second]):
                    continue
                clique = [first, second]
                for other in keys:
                    if other not in clique and all(
                        exclude_each_other(offers[other], offers[each]) for each in clique
                    ):
                        clique.append(other)
                seen |= {(a, b) for a in clique for b in clique if a < b}
                yield clique

    def _limit_workshops(self) -> None:
        """Keep places, minimum numbers and what one organisation may have."""
        problem = self.problem
        wishing: dict[int, list[int]] = {key: [] for key in problem.offers}
        for who, key in self.rows.seats:
            wishing[key].append(who)
        for key, offer in sorted(problem.offers.items()):
            fixed, limit = problem.fixed_by(key).total(), problem.limit(key)
            columns = self.rows.seats_in(wishing[key], key)
            least = max(0, offer.least - fixed)
            if columns and limit is not None:
                self.rows.row(columns, -UNBOUNDED, limit - fixed)
            if least and self.lacking is not None:
                self.lacking[key] = self.rows.column(least)
                columns.append(self.lacking[key])
            if least:
                self.rows.row(columns, least, UNBOUNDED)
            if problem.most_of_one:
                self._limit_organisations(key, wishing[key])

    def _limit_organisations(self, key: int, wishing: Sequence[int]) -> None:
        of_each: dict[str, list[int]] = {}
        for who in wishing:
            of_each.setdefault(self.problem.people[who].organisation, []).append(who)
        for name, allowed in self.problem.allowed_in(key).items():
            seats = self.rows.seats_in(of_each.get(name, ()), key)
            if len(seats) > allowed:
                self.rows.row(seats, 0, allowed)

    def _bind_groups(self) -> None:
        """Let people of a group have the same workshop, or each another one."""
        problem = self.problem
        for group, slot, own in self._groups(problem.together):
            _wish, others_at = problem.in_slot(group, slot)
            if len(others_at) > 1:
                continue
            for key in self._offered_in(slot):
                columns = self.rows.seats_in(own, key)
                if len(columns) < len(own) or (others_at and key not in others_at):
                    for column in columns:
                        self.rows.upper[column] = 0
                    continue
                for one, other in pairwise(columns):
                    self.rows.row([one, other], 0, 0, [1, -1])
        for group, slot, own in self._groups(problem.apart):
            _wish, others_at = problem.in_slot(group, slot)
            for key in self._offered_in(slot):
                columns = self.rows.seats_in(own, key)
                if columns:
                    self.rows.row(columns, 0, 0 if key in others_at else 1)

    def _groups(
        self, groups: Sequence[frozenset[int]]
    ) -> Iterator[tuple[frozenset[int], int, list[int]]]:
        for group in groups:
            for slot in sorted({offer.slot for offer in self.problem.offers.values()}):
                own, _others_at = self.problem.in_slot(group, slot)
                if own:
                    yield group, slot, own

    def _offered_in(self, slot: int) -> list[int]:
        offers = sorted(self.problem.offers.items())
        return [key for key, offer in offers if offer.slot == slot]

    # --- what each level costs

    def _costs(self) -> dict[str, Costs]:
        of_person: dict[int, list[WishList]] = {}
        for each in self.problem.lists:
            of_person.setdefault(each.person, []).append(each)
        empty: list[int] = []
        uneven: list[int] = []
        for who, lists in of_person.items():
            columns = [self.left_out[each] for each in lists]
            if self.problem.people[who].fixed:
                pass
            elif len(lists) == 1:
                empty.append(columns[0])
            else:
                empty.append(self.rows.column())
                self._counts_beyond(empty[-1], columns, len(lists) - 1)
            if len(lists) > 1:
                uneven.append(self.rows.column(len(lists) - 1))
                bad = [column for each in lists for column in self._bad(each)]
                self._counts_beyond(uneven[-1], bad, 1)
        return {
            "empty_handed": ones(empty),
            "unmet": ones(list(self.left_out.values())),
            "moved": self._moved(),
            "dissatisfaction": self._dissatisfaction(),
            "uneven": ones(uneven),
            "lots": self._lots(),
        }

    def _counts_beyond(self, column: int, columns: Sequence[int], most: int) -> None:
        """Let a column be at least how many of these are one, beyond so many."""
        factors = [-1, *[1] * len(columns)]
        self.rows.row([column, *columns], -UNBOUNDED, most, factors)

    def _bad(self, of: WishList) -> list[int]:
        seats = self.rows.seats
        last = [key for key, rank in of.ranks.items() if of.is_bad(rank)]
        return [
            self.left_out[of],
            *(seats[of.person, key] for key in sorted(last) if (of.person, key) in seats),
        ]

    def _moved(self) -> Costs:
        if not self.problem.least_change:
            return Costs((), ())
        kept, anyway = [], 0
        for who in self.problem.people.values():
            for key in who.keeps - who.fixed.keys():
                anyway += 1
                if (who.id, key) in self.rows.seats:
                    kept.append(self.rows.seats[who.id, key])
        return Costs(tuple(kept), (-1,) * len(kept), anyway)

    def _dissatisfaction(self) -> Costs:
        found = {
            column: each.ranks[key] - 1
            for each in self.problem.lists
            for key, column in self._seats_of(each)
            if each.ranks[key] > 1
        }
        return Costs(tuple(found), tuple(found.values()))

    def _lots(self) -> Costs:
        found = {}
        for each in self.problem.lists:
            weight = weight_of_lot(self.problem, self.problem.people[each.person].lot)
            found[self.left_out[each]] = weight * each.place(None)
            for key, column in self._seats_of(each):
                found[column] = weight * each.place(each.ranks[key])
        return Costs(tuple(found), tuple(found.values()))

    def _seats_of(self, of: WishList) -> list[tuple[int, int]]:
        seats = self.rows.seats
        return [(key, seats[of.person, key]) for key in of.ranks if (of.person, key) in seats]


def ones(columns: Sequence[int]) -> Costs:
    """Return what costs one for each of these columns."""
    return Costs(tuple(columns), (1,) * len(columns))
