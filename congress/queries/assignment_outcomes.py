"""What people get by a run of an assignment, and why not what they wished for more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select

from congress.base import columns_of, table_of, values_of
from congress.domain.names import full_name
from congress.extensions import db
from congress.models import AssignmentOutcome, Registration

OUTCOMES, PEOPLE = table_of(AssignmentOutcome), table_of(Registration)
COLUMNS = "registration_id slot item_id rank how lot reasons any_other"


@dataclass(frozen=True)
class Outcome:
    """What somebody gets of one time, by which wish or how else; nothing is without an item."""

    registration_id: int
    person: str
    organisation: str
    slot: int
    item_id: int | None
    rank: int | None
    how: str
    lot: int
    reasons: Sequence[Mapping[str, Any]]
    any_other: bool


def are_kept(run_id: int) -> bool:
    """Return whether it is kept who gets what by a run, and not only how many get which wish."""
    kept = exists().where(OUTCOMES.c.run_id == run_id)
    return db.session.scalars(select(kept)).one()


def count_in(run_id: int, item_id: int | None) -> int:
    """Return how many get a workshop; without one, how many lists are met by none."""
    statement = select(func.count()).where(*_where(run_id, item_id))
    return db.session.scalars(statement).one()


def people_in(run_id: int, item_id: int | None, *, offset: int, limit: int) -> list[Outcome]:
    """Return who gets a workshop, by name; without one, whose lists are met by none."""
    return _read(_outcomes(*_where(run_id, item_id)).offset(offset).limit(limit))


def of_person(run_id: int, registration_id: int) -> dict[int, Outcome]:
    """Return what somebody gets, by the time."""
    mine = (OUTCOMES.c.run_id == run_id, OUTCOMES.c.registration_id == registration_id)
    return {each.slot: each for each in _read(_outcomes(*mine))}


def _where(run_id: int, item_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return OUTCOMES.c.run_id == run_id, OUTCOMES.c.item_id == item_id


def _outcomes(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *columns_of(OUTCOMES, COLUMNS),
            *columns_of(PEOPLE, "given_name family_name organisation"),
        )
        .join(PEOPLE, PEOPLE.c.id == OUTCOMES.c.registration_id)
        .where(*conditions)
        .order_by(PEOPLE.c.family_key, PEOPLE.c.id, OUTCOMES.c.slot)
    )


def _read(statement: Select[*tuple[Any, ...]]) -> list[Outcome]:
    return [_as_outcome(row) for row in db.session.execute(statement)]


def _as_outcome(row: Row[*tuple[Any, ...]]) -> Outcome:
    name = full_name(row.given_name, row.family_name)
    return Outcome(**values_of(row, f"{COLUMNS} organisation"), person=name)
