"""Priority groups: who stands before whom in every queue of a congress that has named groups.

A queue's order is (priority, time of joining, number), the lowest priority first. The last group is
everybody's who was given no other, so that a newcomer stands at the end; its priority is 0, which
is also that of everybody in a congress without groups.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, NamedTuple

from congress.domain.errors import Refused
from congress.domain.folding import fold_for_order

MOST_GROUPS, LONGEST_NAME = 9, 40
LONGEST_LIST = MOST_GROUPS * (LONGEST_NAME + 1)  # of their names, one in each line
OTHERS: Final = 0  # the priority of the last group
LOWEST: Final = OTHERS - MOST_GROUPS - 1


class NoSuchGroup(Refused):
    """Groups were named anew since the page was opened, or there are none."""


@dataclass(frozen=True)
class PriorityGroups:
    """The groups of a congress by their names, in the order in which they move up."""

    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, listed: str) -> "PriorityGroups":
        """Return what is listed, one name in each line."""
        names = (" ".join(line.split()) for line in listed.splitlines())
        return cls(tuple(name for name in names if name))

    @property
    def listed(self) -> str:
        """The same, as a rule of registration holds it."""
        return "\n".join(self.names)

    @cached_property
    def by_priority(self) -> dict[int, str]:
        """The names by their priorities, the first to move up first."""
        return {self._priority(at): name for at, name in enumerate(self.names)}

    @property
    def fits(self) -> bool:
        """Whether one can tell them apart and some move up before others, or there are none."""
        is_told_apart = len(set(map(fold_for_order, self.names))) == len(self.names)
        are_short = all(len(name) <= LONGEST_NAME for name in self.names)
        is_order = 1 < len(self.names) <= MOST_GROUPS
        return not self.names or (is_order and is_told_apart and are_short)

    def name_of(self, priority: int) -> str:
        """Return what the group of somebody is called; nothing where there are no groups."""
        return self.by_priority.get(priority, self.names[-1] if self.names else "")

    def ahead_of(self, priority: int) -> tuple[str, ...]:
        """Return the groups that move up before somebody."""
        return tuple(name for each, name in self.by_priority.items() if each < priority)

    def find(self, name: str) -> int | None:
        """Return the priority of a group as somebody wrote its name."""
        meant = fold_for_order(name)
        found = (each for each, known in self.by_priority.items() if fold_for_order(known) == meant)
        return next(found, None)

    def _priority(self, at: int) -> int:
        return OTHERS if at == len(self.names) - 1 else LOWEST + at


NO_GROUPS: Final = PriorityGroups()


def followed(before: PriorityGroups, after: PriorityGroups) -> dict[int, int]:
    """Return which priority people of each group have once groups were named anew.

    They follow the name of their group. A line that is called otherwise in the same place is the
    same group renamed; whoever's group is gone belongs to the last one, as everybody else.
    """
    is_as_long = len(before.names) == len(after.names)
    found = {}
    for priority, name in before.by_priority.items():
        same = after.find(name)
        renamed = after.by_priority.get(priority, "") if is_as_long else ""
        if same is not None:
            found[priority] = same
        else:
            is_renamed = bool(renamed) and before.find(renamed) is None
            found[priority] = priority if is_renamed else OTHERS
    return found


def moved(before: PriorityGroups, after: PriorityGroups) -> dict[int, int]:
    """Return the priorities that become others, each with what it becomes."""
    return {each: to for each, to in followed(before, after).items() if each != to}


class Standing(NamedTuple):
    """Somebody in a queue, by what decides about its order."""

    person: int
    priority: int
    joined_at: datetime
    number: int  # of the row


class Shift(NamedTuple):
    """A position (from 1) in a queue before and after, by the key of its places."""

    key: int | None
    before: int
    after: int


def shifts(
    queues: Mapping[int | None, Iterable[Standing]], priority_of: Callable[[Standing], int]
) -> dict[int, list[Shift]]:
    """Return who would stand elsewhere in which queue with other priorities, by person."""
    found: dict[int, list[Shift]] = {}
    for key, queue in queues.items():
        before = sorted(queue, key=lambda each: each[1:])
        after = sorted(before, key=lambda each: (priority_of(each), *each[2:]))
        stood = {each.number: at for at, each in enumerate(before, start=1)}
        for at, each in enumerate(after, start=1):
            if stood[each.number] != at:
                found.setdefault(each.person, []).append(Shift(key, stood[each.number], at))
    return found
