"""The runs of an assignment as organisers look at them: how far they are, and what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, select

from congress.base import columns_of, table_of, values_of
from congress.domain.assignment.runs import UNDER_WAY, WORKED_OUT, RunKind, RunState
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import AssignmentRun, Registration, User, WorkshopWish
from congress.queries import assignment_decisions
from congress.queries.wishes import IS_WISH

RUNS, PEOPLE, WISHES = map(table_of, (AssignmentRun, Registration, WorkshopWish))
USERS = table_of(User)
COLUMNS = (
    "id asked_at stage share finished_at released_at seed inputs_hash solver seconds levels"
    " contradictions figures one_more compare_asked_at"
)
LEFT_AT = PEOPLE.c.cancelled_at
ASKED_BY, RELEASED_BY = USERS.alias("asked_by"), USERS.alias("released_by")


@dataclass(frozen=True)
class Run:
    """A run, with the names of the accounts; whom nobody asked for has no name."""

    id: int
    kind: RunKind
    state: RunState
    asked_by: str
    released_by: str
    asked_at: datetime
    stage: str
    share: int  # percent
    finished_at: datetime | None
    released_at: datetime | None
    seed: str
    inputs_hash: str
    solver: str
    seconds: float | None
    levels: Sequence[Mapping[str, Any]] | None
    contradictions: Sequence[Mapping[str, Any]] | None
    figures: Mapping[str, Any] | None
    one_more: Mapping[str, Any] | None
    compare_asked_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(frozen=True)
class Since:
    """What has changed since a moment: how many said other wishes, left, were decided of."""

    wished: int
    left: int
    decisions: int

    @property
    def is_anything(self) -> bool:
        return bool(self.wished or self.left or self.decisions)


def find(congress_id: int, run_id: int) -> Run | None:
    """Return a run of this congress; None for that of another."""
    return _one(_runs(congress_id).where(RUNS.c.id == run_id))


def newest(congress_id: int) -> Run | None:
    """Return the run that was asked for last."""
    return _one(_runs(congress_id).order_by(RUNS.c.id.desc()).limit(1))


def of_congress(congress_id: int, *, limit: int) -> list[Run]:
    """Return so many runs of a congress, the newest first, and all that were released."""
    newest = select(RUNS.c.id).where(RUNS.c.congress_id == congress_id).order_by(RUNS.c.id.desc())
    listed = RUNS.c.id.in_(newest.limit(limit)) | RUNS.c.released_at.is_not(None)
    rows = db.session.execute(_runs(congress_id).where(listed).order_by(RUNS.c.id.desc()))
    return [_as_run(row) for row in rows]


def worked_out(congress_id: int) -> Run | None:
    """Return the newest run that came to a result."""
    statement = _runs(congress_id).where(RUNS.c.state.in_(WORKED_OUT))
    return _one(statement.order_by(RUNS.c.id.desc()).limit(1))


def since(congress_id: int, moment: datetime) -> Since:
    """Return what has changed since a moment, as far as it is quickly seen."""
    wished, left = (func.count(case((each > moment, 1))) for each in (PEOPLE.c.wished_at, LEFT_AT))
    statement = select(wished, left).where(PEOPLE.c.congress_id == congress_id)
    people = db.session.execute(statement).one()
    return Since(*people, decisions=assignment_decisions.count_since(congress_id, moment))


def find_under_way(congress_id: int) -> Run | None:
    """Return the run that waits or is worked out; there is one at most."""
    return _one(_runs(congress_id).where(RUNS.c.state.in_(UNDER_WAY)))


def has_wishes(congress_id: int, item_ids: Sequence[int]) -> bool:
    """Return whether anybody with a place wishes for one of these workshops."""
    wished = exists(
        select(WISHES.c.id)
        .join(PEOPLE, PEOPLE.c.id == WISHES.c.registration_id)
        .where(
            PEOPLE.c.congress_id == congress_id,
            PEOPLE.c.state == RegistrationState.CONFIRMED,
            WISHES.c.item_id.in_(item_ids),
            IS_WISH,
        )
    )
    return bool(db.session.scalars(select(wished)).one())


def _runs(congress_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *columns_of(RUNS, f"{COLUMNS} kind state"),
            _name(ASKED_BY).label("asked_by"),
            _name(RELEASED_BY).label("released_by"),
        )
        .outerjoin(ASKED_BY, ASKED_BY.c.id == RUNS.c.asked_by)
        .outerjoin(RELEASED_BY, RELEASED_BY.c.id == RUNS.c.released_by)
        .where(RUNS.c.congress_id == congress_id)
    )


def _name(users: Any) -> ColumnElement[str]:  # noqa: ANN401 - an alias of a table
    return func.coalesce(func.nullif(users.c.name, ""), users.c.email, "")


def _one(statement: Select[*tuple[Any, ...]]) -> Run | None:
    row = db.session.execute(statement).one_or_none()
    return _as_run(row) if row else None


def _as_run(row: Row[*tuple[Any, ...]]) -> Run:
    return Run(
        **values_of(row, f"{COLUMNS} asked_by released_by"),
        kind=RunKind(row.kind),
        state=RunState(row.state),
    )
