"""Asking for an assignment, and for what one more place would change; the worker does the rest."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, update

from congress import queue
from congress.base import table_of
from congress.domain import allocation
from congress.domain.access import Actor
from congress.domain.assignment.runs import (
    UNDER_WAY,
    AnotherRunUnderWay,
    NobodyHasWished,
    NotComparable,
    NotHeld,
    NothingIsAssigned,
    NothingTakesWishes,
    NotUnderWay,
    RunKind,
    RunState,
)
from congress.domain.congresses import Congress, CongressState
from congress.domain.programme import ProgrammeItem
from congress.extensions import db
from congress.models import AssignmentRun
from congress.queries import assignment_runs as queries
from congress.queries import congresses, programme
from congress.services import auditing
from congress.transaction import after_commit, transaction

RUNS = table_of(AssignmentRun)


def ask(congress_id: int, kind: RunKind, *, actor: Actor, now: datetime) -> int:
    """Ask for a run and return its number; whoever asks twice gets the one that is under way.

    Raises NotHeld, NothingTakesWishes, NothingIsAssigned, NobodyHasWished, AnotherRunUnderWay.
    """
    with transaction():
        heading = congresses.hold(congress_id)
        congress = congresses.with_content(heading)
        under_way = queries.find_under_way(congress_id)
        if under_way is not None:
            if under_way.kind is not kind:
                raise AnotherRunUnderWay
            return under_way.id
        _require_something_to_assign(congress, programme.kept_items(heading), kind)
        number: int = db.session.execute(
            insert(RUNS)
            .values(
                congress_id=congress_id,
                kind=kind,
                state=RunState.QUEUED,
                asked_by=actor.user_id,
                asked_at=now,
                seed=congress.wish_seed,
            )
            .returning(RUNS.c.id)
        ).scalar_one()
        _record("assignment_asked", congress_id, number, kind, actor=actor, now=now)
        after_commit(queue.wake)
    return number


def stop(congress_id: int, run_id: int, *, actor: Actor, now: datetime) -> None:
    """Stop a run that waits or is worked out; nothing of it is kept. Raises NotUnderWay."""
    with transaction():
        congresses.hold(congress_id)
        stopped = db.session.execute(
            update(RUNS)
            .where(
                RUNS.c.id == run_id, RUNS.c.congress_id == congress_id, RUNS.c.state.in_(UNDER_WAY)
            )
            .values(state=RunState.STOPPED, finished_at=now, lease_until=None)
            .returning(RUNS.c.kind)
        ).scalar_one_or_none()
        if stopped is None:
            raise NotUnderWay
        _record("assignment_stopped", congress_id, run_id, stopped, actor=actor, now=now)


def compare(congress_id: int, run_id: int, *, actor: Actor, now: datetime) -> None:
    """Ask what one more place in each full workshop would change; once it is asked, it is asked.

    Raises NotComparable.
    """
    with transaction():
        congresses.hold(congress_id)
        found = queries.newest(congress_id)
        if found is None or found.id != run_id or found.state is not RunState.DONE:
            raise NotComparable
        if found.compare_asked_at is not None or found.one_more is not None:
            return
        db.session.execute(update(RUNS).where(RUNS.c.id == run_id).values(compare_asked_at=now))
        _record("one_more_asked", congress_id, run_id, found.kind, actor=actor, now=now)
        after_commit(queue.wake)


def _require_something_to_assign(
    congress: Congress, items: Sequence[ProgrammeItem], kind: RunKind
) -> None:
    if congress.state is not CongressState.PUBLISHED:
        raise NotHeld
    is_least = kind is RunKind.LEAST_CHANGE
    slots = allocation.to_give(items, congress.rules.allocation, least_change=is_least)
    if not slots:
        raise NothingIsAssigned if is_least else NothingTakesWishes
    workshops = [item.id for slot in slots for item in slot.workshops]
    if not queries.has_wishes(congress.id, workshops):
        raise NobodyHasWished


def _record(
    verb: str, congress_id: int, run_id: int, kind: str, *, actor: Actor, now: datetime
) -> None:
    details = {"run": run_id, "kind": kind}
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
