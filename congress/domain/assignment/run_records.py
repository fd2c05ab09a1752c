"""A run as it is kept and exported: what went in and what came out, without names."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from congress.domain.assignment import records
from congress.domain.assignment.problem import Assignment, Problem
from congress.domain.assignment.records import FORMAT
from congress.domain.assignment.solved import Level, Solved


class NoRecord(Exception):
    """A text is no record of a run, or one of another format."""


class Altered(NoRecord):
    """What went into a run is not what the hash beside it was made of."""


@dataclass(frozen=True)
class RunRecord:
    """What a run worked out, of what, and by which solver."""

    seed: str
    problem: Problem
    assignment: Assignment
    levels: tuple[Level, ...]
    solver: str

    @classmethod
    def made(cls, problem: Problem, seed: str, solved: Solved) -> Self:
        """Return what is kept of a run; people are numbers in it, and so are organisations."""
        nameless = records.without_names(problem)
        return cls(seed, nameless, solved.assignment, solved.levels, solved.version)

    @property
    def inputs_hash(self) -> str:
        return records.inputs_hash(self.problem, self.seed)

    def as_text(self) -> str:
        """Return it as it is exported."""
        return records.as_text(
            {
                "format": FORMAT,
                "inputs_hash": self.inputs_hash,
                "seed": self.seed,
                "solver": self.solver,
                "problem": records.problem_as_json(self.problem),
                "assignment": records.assignment_as_json(self.assignment),
                "levels": levels_as_json(self.levels),
            }
        )

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Return what was exported; raises NoRecord, and Altered where what went in was changed."""
        try:
            stored = json.loads(text)
            found = cls._of(stored)
            is_as_it_was = found.inputs_hash == stored["inputs_hash"]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise NoRecord from error
        if not is_as_it_was:
            raise Altered
        return found

    @classmethod
    def _of(cls, stored: Mapping[str, Any]) -> Self:
        problem = records.problem_of(stored["problem"])
        assignment = records.assignment_of(stored["assignment"])
        levels = tuple(Level(**each) for each in stored["levels"])
        is_whole = all(who in problem.people and key in problem.offers for who, key in assignment)
        are_numbers = all(isinstance(each.value + each.bound, int) for each in levels)
        if stored["format"] != FORMAT or not (is_whole and are_numbers):
            raise NoRecord
        return cls(
            seed=str(stored["seed"]),
            problem=problem,
            assignment=assignment,
            levels=levels,
            solver=str(stored["solver"]),
        )

    def packed(self) -> bytes:
        """Return it as it is stored."""
        return zlib.compress(self.as_text().encode())

    @classmethod
    def unpacked(cls, stored: bytes) -> Self:
        """Return what was stored."""
        return cls._of(json.loads(zlib.decompress(stored)))


def levels_as_json(levels: Iterable[Level]) -> list[dict[str, Any]]:
    """Return the levels of a result as they are stored."""
    return [asdict(each) for each in levels]
