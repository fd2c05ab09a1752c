"""Who has to move by an assignment with as little change as possible, from where to where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.domain.assignment.runs import RunKind
from congress.domain.wishes import seats_of
from congress.queries import assignment_records, neighbours
from congress.queries.assignment_runs import Run
from congress.queries.neighbours import Neighbour
from congress.web import access


@dataclass(frozen=True)
class Move:
    """Somebody who loses places that they had, with the names of those and of what they get."""

    person: Neighbour
    had: Sequence[str]
    gets: Sequence[str]


def moves(run: Run, names: Mapping[int, str]) -> list[Move]:
    """Return whom a run moves, by name; `names` are those of the workshops."""
    here = access.workspace().id
    if run.kind is not RunKind.LEAST_CHANGE:
        return []
    found = assignment_records.find(here, run.id)
    if found is None:
        return []
    has = seats_of(found.assignment)
    changed = {
        each.id: (had - has.get(each.id, set()), has.get(each.id, set()) - had)
        for each in found.problem.people.values()
        if (had := each.keeps | each.loses) - has.get(each.id, set())
    }
    return [
        Move(person, *(_names(workshops, names) for workshops in changed[person.id]))
        for person in neighbours.people(here, changed)
    ]


def _names(workshops: set[int] | frozenset[int], names: Mapping[int, str]) -> list[str]:
    return [name for key, name in names.items() if key in workshops]
