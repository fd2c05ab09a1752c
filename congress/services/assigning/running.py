"""Working an assignment out, in steps that each are stored: the worker solves in between.

Who works at a run holds it for a while and says again and again that it still does. If it dies,
another one begins the run anew; what somebody says who has lost it counts no more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from congress.base import columns_of, table_of
from congress.domain.assignment import records
from congress.domain.assignment.explaining import Outcome
from congress.domain.assignment.faults import Fault
from congress.domain.assignment.figures import Figures
from congress.domain.assignment.problem import Problem
from congress.domain.assignment.run_records import RunRecord, levels_as_json
from congress.domain.assignment.runs import RunKind, RunState
from congress.domain.assignment.solved import Solved
from congress.domain.retention import KEPT_A_MONTH
from congress.extensions import db
from congress.models import AssignmentOutcome, AssignmentRun, Registration
from congress.queries import congresses
from congress.queries.retention import long_over
from congress.transaction import transaction

RUNS, OUTCOMES, PEOPLE = map(table_of, (AssignmentRun, AssignmentOutcome, Registration))
LEASE = timedelta(minutes=2)
WHOLE = 100  # percent
COLUMNS = "id congress_id kind seed lease_until"
Row = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """A run that somebody works at, until then unless they say that they still do."""

    id: int
    congress_id: int
    kind: RunKind
    seed: str
    until: datetime


@dataclass(frozen=True)
class Result:
    """What came of a run, checked and explained."""

    problem: Problem
    solved: Solved
    figures: Figures
    outcomes: Sequence[Outcome]


def claim(*, now: datetime) -> Held | None:
    """Take the run that has waited longest, or that somebody left; None where there is none."""
    is_left = (RUNS.c.state == RunState.RUNNING) & (RUNS.c.lease_until < now)
    return _claim(
        or_(RUNS.c.state == RunState.QUEUED, is_left),
        now=now,
        state=RunState.RUNNING,
        stage="reading",
        share=0,
    )


def claim_comparison(*, now: datetime) -> Held | None:
    """Take a run of which it was asked what one more place changes; None where there is none."""
    is_asked = (RUNS.c.state == RunState.DONE) & RUNS.c.compare_asked_at.is_not(None)
    is_free = RUNS.c.lease_until.is_(None) | (RUNS.c.lease_until < now)
    return _claim(is_asked & is_free, now=now)


def _claim(condition: ColumnElement[bool], *, now: datetime, **values: object) -> Held | None:
    with transaction():
        first = select(RUNS.c.id).where(condition).order_by(RUNS.c.id).limit(1)
        number = db.session.scalars(first.with_for_update(skip_locked=True)).one_or_none()
        if number is None:
            return None
        row = db.session.execute(
            update(RUNS)
            .where(RUNS.c.id == number)
            .values(lease_until=now + LEASE, **values)
            .returning(*columns_of(RUNS, COLUMNS))
        ).one()
        return Held(row.id, row.congress_id, RunKind(row.kind), row.seed, row.lease_until)


def note(held: Held, stage: str, share: int, *, now: datetime) -> Held | None:
    """Say how far a run is, and go on holding it; None once it was stopped or lost."""
    return _hold_on(held, now=now, stage=stage, share=share)


def hold_on(held: Held, *, now: datetime) -> Held | None:
    """Go on holding a run; None once it was stopped or lost."""
    return _hold_on(held, now=now)


def _hold_on(held: Held, *, now: datetime, **values: object) -> Held | None:
    after = replace(held, until=now + LEASE)
    with transaction():
        is_held = _write(held, lease_until=after.until, **values)
    return after if is_held else None


def finish(held: Held, result: Result, *, now: datetime) -> bool:
    """Store what came of a run, unless it was stopped or lost meanwhile.

    Of older runs that were not released nobody's result is kept.
    """
    solved = result.solved
    # Put together before anybody has to wait for the congress.
    found = {
        "inputs_hash": records.inputs_hash(result.problem, held.seed),
        "solver": solved.version,
        "seconds": solved.seconds,
        "levels": levels_as_json(solved.levels),
        "figures": result.figures.as_json(),
        "record": RunRecord.made(result.problem, held.seed, solved).packed(),
    }
    rows = [_as_row(held.id, each) for each in result.outcomes]
    ended = {"stage": "", "share": WHOLE, "finished_at": now, "lease_until": None}
    with transaction():
        congresses.hold(held.congress_id)  # so that nobody whose result is stored leaves meanwhile
        is_held = _write(held, state=RunState.DONE, **ended, **found)
        if is_held:
            _forget_older(held)
            _store(held, rows)
        return is_held


def contradict(held: Held, problem: Problem, found: Iterable[Fault], *, now: datetime) -> bool:
    """Store what no assignment can keep, by name."""
    return _end(
        held,
        now=now,
        state=RunState.CONTRADICTION,
        inputs_hash=records.inputs_hash(problem, held.seed),
        contradictions=records.faults_as_json(found),
    )


def fail(held: Held, *, now: datetime) -> bool:
    """Note that nothing came of a run: time was too short, or something went wrong."""
    return _end(held, now=now, state=RunState.FAILED)


def _end(held: Held, *, now: datetime, **values: object) -> bool:
    with transaction():
        return _write(held, finished_at=now, lease_until=None, **values)


def give_back(held: Held) -> None:
    """Leave a run to whoever looks next: this worker ends."""
    with transaction():
        _write(held, state=RunState.QUEUED, lease_until=None)


def _write(held: Held, **values: object) -> bool:
    """Write something of a run as long as it is held; return whether it is."""
    mine = (RUNS.c.id == held.id, RUNS.c.lease_until == held.until)
    found = db.session.execute(update(RUNS).where(*mine).values(values).returning(RUNS.c.id))
    return found.one_or_none() is not None


def _forget_older(held: Held) -> None:
    older = select(RUNS.c.id).where(
        RUNS.c.congress_id == held.congress_id,
        RUNS.c.id != held.id,
        RUNS.c.state != RunState.RELEASED,
    )
    db.session.execute(delete(OUTCOMES).where(OUTCOMES.c.run_id.in_(older)))


def _store(held: Held, rows: Iterable[Row]) -> None:
    """Store what everybody gets who is still registered."""
    known = set(
        db.session.scalars(select(PEOPLE.c.id).where(PEOPLE.c.congress_id == held.congress_id))
    )
    left = [row for row in rows if row["registration_id"] in known]
    if left:
        db.session.execute(insert(OUTCOMES).inline(), left)


def _as_row(run_id: int, outcome: Outcome) -> Row:
    return {
        "run_id": run_id,
        "registration_id": outcome.person,
        "slot": outcome.slot,
        "item_id": outcome.item,
        "rank": outcome.rank,
        "any_other": outcome.any_other,
        "how": outcome.how,
        "lot": outcome.lot,
        "reasons": [each.as_json() for each in outcome.reasons],
    }


# --- what one more place would change -------------------------------------------------------------


def note_one_more(held: Held, found: Mapping[str, Any]) -> None:
    """Store what is known so far of one more place, by workshop, and leave the rest for later."""
    with transaction():
        _write(held, one_more=found, lease_until=None)


def end_comparison(held: Held) -> None:
    """Note that there is no more to be known of one more place."""
    with transaction():
        _write(held, compare_asked_at=None, lease_until=None)


def leave_comparison(held: Held) -> None:
    """Leave the rest to whoever looks next: this worker ends."""
    with transaction():
        _write(held, lease_until=None)


# --- how long it is kept --------------------------------------------------------------------------


def forget_old(*, now: datetime) -> int:
    """Delete who got what by which wishes, a month after a congress; returns how many results.

    It says what people wished for, so it goes with their wishes, and so does who stood against
    what in a contradiction. Figures of runs, which name nobody, stay.
    """
    over = select(RUNS.c.id).where(RUNS.c.congress_id.in_(long_over(now, KEPT_A_MONTH)))
    with transaction():
        named = or_(RUNS.c.record.is_not(None), RUNS.c.contradictions.is_not(None))
        names_gone = update(RUNS).where(RUNS.c.id.in_(over), named)
        db.session.execute(names_gone.values(record=None, contradictions=None))
        gone = db.session.execute(delete(OUTCOMES).where(OUTCOMES.c.run_id.in_(over)))
        return int(gone.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows
