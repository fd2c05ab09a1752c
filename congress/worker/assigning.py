"""Has assignments by wishes worked out while letters are written and delivered.

What is read is solved outside any transaction, in a process of its own (`congress.solver`); what
comes of it is checked by the rules before anybody sees it.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from threading import Lock

from congress import clock, solver
from congress.domain import wishes
from congress.domain.access import SYSTEM
from congress.domain.assignment import comparing
from congress.domain.assignment.explaining import outcomes
from congress.domain.assignment.figures import figures
from congress.domain.assignment.problem import Problem
from congress.domain.assignment.runs import RunKind
from congress.domain.assignment.solved import Impossible, Solved
from congress.domain.errors import Refused
from congress.extensions import settings
from congress.queries import assignment_records, assignments, congresses, programme
from congress.services.assigning import asking, running
from congress.services.assigning.running import Held, Result
from congress.transaction import read_one_state

log = logging.getLogger(__name__)

SAYS_EACH = timedelta(seconds=20)  # that it still works at it
EXPLAINING = 90  # percent are done
_assigning = Lock()


def assign(should_stop: Callable[[], bool] = lambda: False) -> None:
    """Work out every run that is asked for, unless this process is at it, then what else is."""
    if not _assigning.acquire(blocking=False):
        return
    try:
        ask_at_deadline()
        while not should_stop() and (
            ASSIGNMENT.do_next(should_stop) or COMPARISON.do_next(should_stop)
        ):
            pass
    finally:
        _assigning.release()


def ask_at_deadline() -> None:
    """Ask for the first run wherever wishes have closed and nobody has asked since."""
    now = clock.now()
    for congress_id in assignment_records.due(now=now):
        try:
            asking.ask(congress_id, RunKind.FIRST, actor=SYSTEM, now=now)
        except Refused as refused:
            log.info("assignment_not_asked congress=%s why=%s", congress_id, type(refused).__name__)


class WrongResult(Exception):
    """What the solver found is not what it says, by the rules."""


class _Holding:
    """Says that it still works at a run, and hears when that was stopped."""

    def __init__(self, held: Held, should_stop: Callable[[], bool]) -> None:
        self.held = held
        self.is_lost = False
        self._should_stop = should_stop

    def note(self, stage: str, share: int) -> None:
        self.keep(running.note(self.held, stage, share, now=clock.now()))

    def keep(self, held: Held | None) -> None:
        self.is_lost = held is None
        self.held = held or self.held

    def should_stop(self) -> bool:
        left = self.held.until - clock.now()
        if not self.is_lost and left < running.LEASE - SAYS_EACH:
            self.keep(running.hold_on(self.held, now=clock.now()))
        return self.is_lost or self._should_stop()

    def solve(self, problem: Problem) -> Solved | Impossible:
        return self._solve(problem, self.note)

    def solve_quietly(self, problem: Problem) -> Solved | Impossible:
        """Solve what is beside the run; how far that is nobody asks."""
        return self._solve(problem, lambda _stage, _share: None)

    def _solve(self, problem: Problem, on_stage: solver.Stage) -> Solved | Impossible:
        return solver.solve(
            problem,
            seconds=settings().assignment_seconds,
            on_stage=on_stage,
            should_stop=self.should_stop,
        )


@dataclass(frozen=True)
class _Job:
    """What is asked of a run: who takes it, what is done, what comes of a stop and of a fault."""

    name: str
    claim: Callable[..., Held | None]
    work: Callable[[_Holding], None]
    leave: Callable[[Held], object]
    end: Callable[[Held], object]

    def do_next(self, should_stop: Callable[[], bool]) -> bool:
        """Do it for the run that has waited longest; return whether there was one."""
        held = self.claim(now=clock.now())
        if held is None:
            return False
        holding = _Holding(held, should_stop)
        try:
            self.work(holding)
        except solver.Stopped:
            if not holding.is_lost:
                self.leave(holding.held)
        except Exception:
            # Whatever it is, it would be the same again, and others wait for their runs.
            log.exception("%s_failed run=%s", self.name, held.id)
            self.end(holding.held)
        return True


def _work_out(holding: _Holding) -> None:
    problem, arrived = _read(holding.held)
    found = wishes.contradictions(problem)
    solved = Impossible(tuple(found)) if found else holding.solve(problem)
    if isinstance(solved, Impossible):
        running.contradict(holding.held, problem, solved.faults, now=clock.now())
        return
    _require_right(problem, solved)
    holding.note("explaining", EXPLAINING)
    result = Result(
        problem,
        solved,
        figures(problem, solved.assignment, arrived),
        tuple(outcomes(problem, solved.assignment)),
    )
    running.finish(holding.held, result, now=clock.now())


def _read(held: Held) -> tuple[Problem, list[int]]:
    """Return the problem as things stand, all of one moment, and in which order people came."""
    read_one_state()
    congress = congresses.get_congress(held.congress_id)
    items = programme.current_items(congress)
    is_least = held.kind is RunKind.LEAST_CHANGE
    problem = assignments.problem(congress, items, least_change=is_least)
    return problem, assignments.in_order_of_arrival(congress.id, problem)


def _require_right(problem: Problem, solved: Solved) -> None:
    """Refuse what breaks a limit, or costs something else than the solver says."""
    costs = asdict(wishes.objective(problem, solved.assignment))
    if wishes.faults(problem, solved.assignment):
        raise WrongResult("it breaks a limit")
    if any(costs[level.name] != level.value for level in solved.levels):
        raise WrongResult("it costs something else")


def _compare(holding: _Holding) -> None:
    held = holding.held
    run = assignment_records.find(held.congress_id, held.id)
    known = assignment_records.compared_so_far(held.id)
    open_ones = [
        key
        for key in (comparing.full(run.problem, run.assignment) if run else ())
        if str(key) not in known
    ]
    if run is None or not open_ones:
        running.end_comparison(held)
        return
    key = open_ones[0]
    found = holding.solve_quietly(comparing.with_one_more(run.problem, key))
    after = run.assignment if isinstance(found, Impossible) else found.assignment
    change = comparing.difference(run.problem, run.assignment, after)
    running.note_one_more(holding.held, {**known, str(key): asdict(change)})


def _fail(held: Held) -> None:
    running.fail(held, now=clock.now())


ASSIGNMENT = _Job("assignment", running.claim, _work_out, running.give_back, _fail)
# What one more place in one workshop changes.
COMPARISON = _Job(
    "comparison",
    running.claim_comparison,
    _compare,
    running.leave_comparison,
    running.end_comparison,
)
