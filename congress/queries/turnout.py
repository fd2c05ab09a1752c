"""How many people registered and withdrew in each week, in one statement however many they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from congress.domain import turnout
from congress.domain.congresses import Congress
from congress.domain.turnout import Week
from congress.extensions import db
from congress.models import Registration

KINDS = {"came": Registration.created_at, "left": Registration.cancelled_at}


def by_week(congress: Congress, *, now: datetime) -> tuple[Week, ...]:
    """Return the weeks since registration opened, until the congress is over."""
    until = min(now, congress.ends_at)
    weeks = turnout.mondays(congress.period.opens_at, until, congress.zone)
    found = _counts(congress.id, turnout.ends(weeks, congress.zone))
    came, left = ({week: found[kind, week] for kind, week in found if kind == of} for of in KINDS)
    return turnout.turnout(weeks, came, left)


def _counts(congress_id: int, ends: Sequence[datetime]) -> dict[tuple[str, int], int]:
    """Return how many people came and left in each week, by its place."""
    moments = union_all(
        *(
            select(literal(kind).label("kind"), _week(moment, ends).label("week")).where(
                Registration.congress_id == congress_id, moment.is_not(None)
            )
            for kind, moment in KINDS.items()
        )
    ).subquery()
    kind, week = moments.c.kind, moments.c.week
    rows = db.session.execute(select(kind, week, func.count()).group_by(kind, week))
    return {(row[0], row[1]): row[2] for row in rows}


def _week(moment: InstrumentedAttribute[Any], ends: Sequence[datetime]) -> ColumnElement[int]:
    cases = [(moment < end, literal(at)) for at, end in enumerate(ends)]
    return case(*cases, else_=literal(len(ends))) if cases else literal(0)
