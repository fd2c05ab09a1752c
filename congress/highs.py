"""The assignment by wishes, solved level by level with HiGHS, in a process of its own.

Each level is solved as a linear programme, and what is then no part of any best point is fixed by
its reduced costs: the next level starts from there and has less to look at. Nearly always the last
point is whole, and so the best assignment of all, with the proof. Where it is not, branch and
bound goes through the levels anew.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

import highspy
import numpy as np

from congress.domain.assignment.faults import TooFewTogether
from congress.domain.assignment.problem import Assignment, Problem
from congress.domain.assignment.solved import Impossible, Level, Solved
from congress.domain.wishes import contradictions, objective
from congress.wish_model import UNBOUNDED, Costs, Programme, Rows, ones

Stage = Callable[[str, int], None]  # the name of what it is at, and how much is done, in percent
WHOLE, HALF = 1e-6, 0.5  # how far from a whole number a column may be; what is taken for one
ZERO = 1e-7  # what counts as no reduced cost
ROUNDED = 1e-4  # costs are whole numbers: what a bound may be too high by
LEAST_SECONDS = 0.05
PRIMAL = 4  # simplex: after another level was priced the last point is still one
# With what all levels are weighed together for a point to start from.
STARTS_WITH = {
    "empty_handed": 1e4,
    "unmet": 1e2,
    "moved": 10.0,
    "dissatisfaction": 1.0,
    "uneven": 0.1,
    "lots": 1e-6,
}
OPTIMAL = highspy.HighsModelStatus.kOptimal
NO_WAY = {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}
FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)
# One thread and a fixed seed: the same problem has the same answer.
OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,  # costs are whole numbers
}


class Solver:
    """HiGHS over one programme, level by level."""

    def __init__(self, programme: Programme, seconds: float, on_stage: Stage) -> None:
        self._programme, self._on_stage = programme, on_stage
        self._ends_at = monotonic() + seconds
        self._highs = _filled(programme.rows)
        # What has to be whole; all else counts something of it.
        columns = [*programme.rows.seats.values(), *programme.left_out.values()]
        self._whole = np.array(columns, dtype=np.int32)
        self._values: Any = None if len(self._whole) else self._whole  # the best so far

    @property
    def assignment(self) -> Assignment:
        """The best assignment so far, with everybody who has a place in any case."""
        seats = self._programme.rows.seats
        chosen = {seat for seat, column in seats.items() if self._values[column] > HALF}
        people = self._programme.problem.people.values()
        return frozenset(chosen | {(each.id, key) for each in people for key in each.fixed})

    @property
    def version(self) -> str:
        return f"HiGHS {self._highs.version()}"

    def amounts(self, columns: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
        """Return what columns hold, as far as that is anything, by what they stand for."""
        found = ((key, round(self._values[column])) for key, column in columns.items())
        return tuple((key, amount) for key, amount in found if amount)

    def solve(self) -> dict[str, int] | None:
        """Solve all levels and return what is proven of each; None where nothing keeps all limits.

        Raises `NothingFound`.
        """
        costs = self._programme.costs
        if not len(self._whole):  # nobody wishes for anything that is not settled
            return {name: each.anyway for name, each in costs.items()}
        self._on_stage("building", 0)
        self._price([(each, STARTS_WITH.get(name, 1)) for name, each in costs.items()])
        if self._run() in NO_WAY:
            return None
        self._highs.setOptionValue("simplex_strategy", PRIMAL)
        bounds = {}
        for number, (name, each) in enumerate(costs.items(), 1):
            self._on_stage(name, 100 * number // (len(costs) + 1))
            self._price([(each, 1)])
            if self._run() != OPTIMAL:
                break
            bounds[name] = self._bound(each)
            self._keep_face()
        is_through = len(bounds) == len(costs)
        return bounds if is_through and self._take_if_whole() else self._branch_by_level()

    def _branch_by_level(self) -> dict[str, int] | None:
        """Solve all levels where the best point of the linear programme is not whole."""
        self._highs = _filled(self._programme.rows)
        bounds: dict[str, int] = {}
        for name, each in self._programme.costs.items():
            self._on_stage(name, 100 * len(bounds) // len(self._programme.costs))
            if self._values is not None and (not each.columns or monotonic() >= self._ends_at):
                bounds[name] = each.least
                continue
            bound = self._branch(each)
            if self._highs.getModelStatus() in NO_WAY:
                return None
            if self._values is None:
                raise NothingFound
            bounds[name] = each.least if bound is None else bound
            self._keep_row(each)
        return bounds

    def _branch(self, costs: Costs) -> int | None:
        """Search with branch and bound; returns what is proven, None where nothing was found."""
        whole = np.full(len(self._whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._highs.changeColsIntegrality(len(whole), self._whole, whole)
        self._price([(costs, 1)])
        self._run()
        info = self._highs.getInfo()
        if info.primal_solution_status != FEASIBLE:
            return None
        self._values = np.array(self._highs.getSolution().col_value)
        proven: float = info.mip_dual_bound
        return costs.least if math.isinf(proven) else costs.anyway + math.ceil(proven - ROUNDED)

    def _price(self, costs: Sequence[tuple[Costs, float]]) -> None:
        number = self._highs.getNumCol()
        prices = np.zeros(number)
        for each, factor in costs:
            np.add.at(
                prices, np.array(each.columns, dtype=np.int32), factor * np.array(each.prices)
            )
        self._highs.changeColsCost(number, np.arange(number, dtype=np.int32), prices)

    def _run(self) -> Any:  # noqa: ANN401 - highspy has no types
        left = max(LEAST_SECONDS, self._ends_at - monotonic())  # of this run: it begins at 0
        self._highs.setOptionValue("time_limit", left)
        self._highs.run()
        return self._highs.getModelStatus()

    def _take_if_whole(self) -> bool:
        values = np.array(self._highs.getSolution().col_value)
        whole = values[self._whole]
        if np.abs(whole - np.round(whole)).max(initial=0) > WHOLE:
            return False
        self._values = values
        return True

    def _bound(self, costs: Costs) -> int:
        """Return what a linear programme proves not to be undercut, as a whole number."""
        value: float = self._highs.getInfo().objective_function_value
        return costs.anyway + math.ceil(value - ROUNDED)

    def _keep_face(self) -> None:
        """Let only those points remain that are as good: what has a reduced cost stays put."""
        found = self._highs.getSolution()
        columns = np.flatnonzero(np.abs(np.array(found.col_dual)) > ZERO).astype(np.int32)
        at = np.array(found.col_value)[columns]
        self._highs.changeColsBounds(len(columns), columns, at, at)
        values = found.row_value
        for row in np.flatnonzero(np.abs(np.array(found.row_dual)) > ZERO):
            self._highs.changeRowBounds(int(row), values[row], values[row])

    def _keep_row(self, costs: Costs) -> None:
        columns = np.array(costs.columns, dtype=np.int32)
        prices = np.array(costs.prices, dtype=np.float64)
        spent = float(np.round(self._values[columns]) @ prices)
        self._highs.addRow(-UNBOUNDED, spent, len(columns), columns, prices)


def _filled(rows: Rows) -> Any:  # noqa: ANN401 - highspy has no types
    """Return a solver that has got everything."""
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in OPTIONS.items():
        highs.setOptionValue(name, value)
    upper = np.array(rows.upper, dtype=np.float64)
    nothing, none = np.zeros(len(upper)), np.array([], dtype=np.int32)
    highs.addCols(len(upper), nothing, nothing, upper, 0, none, none, np.array([]))
    highs.addRows(
        len(rows.low),
        np.array(rows.low, dtype=np.float64),
        np.array(rows.high, dtype=np.float64),
        len(rows.columns),
        np.array(rows.starts, dtype=np.int32),
        np.array(rows.columns, dtype=np.int32),
        np.array(rows.factors, dtype=np.float64),
    )
    return highs


class NothingFound(Exception):
    """The time was over before there was any assignment."""


def best(problem: Problem, seconds: float, on_stage: Stage) -> Solved | Impossible:
    """Return the best assignment there is, or what no assignment can keep.

    It stops after so many seconds, with what it has and how much better it could be at most.
    Raises `NothingFound` where it has nothing by then.
    """
    began = monotonic()
    if faults := contradictions(problem):
        return Impossible(tuple(faults))
    on_stage("building", 0)
    programme = Programme(problem)
    solver = Solver(programme, seconds - (monotonic() - began), on_stage)
    bounds = solver.solve()
    if bounds is None:
        return Impossible((_missing(problem, seconds),))
    reached = objective(problem, solver.assignment)
    values = {name: int(getattr(reached, name)) for name in bounds}
    levels = (Level(name, value, min(value, bounds[name])) for name, value in values.items())
    return Solved(solver.assignment, tuple(levels), solver.version, monotonic() - began)


def _missing(problem: Problem, seconds: float) -> TooFewTogether:
    """Return how many people minimum numbers lack at least, as they cannot all be met."""
    programme = Programme(problem, may_lack=True)
    lacking = programme.lacking or {}
    programme.costs = {"lacking": ones(list(lacking.values()))}
    solver = Solver(programme, seconds, lambda _name, _share: None)
    solver.solve()
    return TooFewTogether(solver.amounts(lacking))
