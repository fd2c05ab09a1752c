"""The training courses that ended in some years, and who completed them: three statements."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Subquery, and_, case, func, select

from congress.base import columns_of, table_of
from congress.domain.congresses import CongressKind
from congress.domain.modes import Mode
from congress.domain.modules import Share
from congress.domain.network.cohort_figures import Cohort, CohortFigures, of_cohorts
from congress.domain.network.funder_report import Period
from congress.domain.network.organisations import Kind
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import Attendance, Congress, CongressDay, Registration
from congress.queries.network.report_people import HAS_PLACE, HELD, occasion_of, registered

CONGRESSES, DAYS, PEOPLE = table_of(Congress), table_of(CongressDay), table_of(Registration)
CAME = table_of(Attendance)


def of_period(period: Period, *, now: datetime) -> CohortFigures:
    """Return what the courses come to whose last day is in these years."""
    ended = _ended(period, now)
    rows = db.session.execute(
        select(*columns_of(CONGRESSES, "id kind rules"), *columns_of(ended, "modules")).join(
            ended, ended.c.id == CONGRESSES.c.id
        )
    ).all()
    people = _people(ended)
    register, joined = registered()
    municipalities = db.session.scalars(
        select(func.count(register.c.id.distinct()))
        .select_from(joined.join(ended, ended.c.id == PEOPLE.c.congress_id))
        .where(HAS_PLACE, register.c.kind == Kind.MUNICIPALITY)
    ).one()
    return of_cohorts([_cohort(row, people[row.id], period) for row in rows], municipalities)


def _ended(period: Period, now: datetime) -> Subquery:
    return (
        select(CONGRESSES.c.id, func.count(DAYS.c.id).label("modules"))
        .join(DAYS, DAYS.c.congress_id == CONGRESSES.c.id)
        .where(CONGRESSES.c.state.in_(HELD), CONGRESSES.c.kind == CongressKind.TRAINING)
        .group_by(CONGRESSES.c.id)
        .having(
            func.max(DAYS.c.day).between(period.starts_on, period.ends_on),
            func.max(DAYS.c.ends_at) <= now,
        )
        .subquery()
    )


def _people(ended: Subquery) -> dict[int, Counter[tuple[str, bool, int]]]:
    """Return how many there were by mode, whether they came, and on how many of the days."""
    each = (
        select(
            *columns_of(PEOPLE, "id congress_id mode"),
            func.count(CAME.c.id).label("ticks"),
            func.count(DAYS.c.day.distinct()).label("days"),
        )
        .join(ended, ended.c.id == PEOPLE.c.congress_id)
        .outerjoin(CAME, CAME.c.registration_id == PEOPLE.c.id)
        .outerjoin(DAYS, and_(DAYS.c.congress_id == PEOPLE.c.congress_id, DAYS.c.day == CAME.c.day))
        .where(HAS_PLACE)
        .group_by(*columns_of(PEOPLE, "id congress_id mode"))
        .subquery()
    )
    has_come = case((each.c.ticks > 0, 1), else_=0)
    rows = db.session.execute(
        select(each.c.congress_id, each.c.mode, has_come, each.c.days, func.count()).group_by(
            *columns_of(each, "congress_id mode days"), has_come
        )
    )
    found: dict[int, Counter[tuple[str, bool, int]]] = defaultdict(Counter)
    for congress_id, mode, came, days, number in rows:
        found[congress_id][mode, bool(came), days] += number
    return found


def _cohort(row: Row[Any], people: Counter[tuple[str, bool, int]], period: Period) -> Cohort:
    rules = Rules.of(row.rules)
    by_presence: Counter[tuple[str, bool]] = Counter()
    completed = 0
    for (mode, came, days), number in people.items():
        by_presence[mode, came] += number
        is_expected = mode != Mode.ONLINE or not rules.is_hybrid
        is_enough = days > 0 and Share(days, row.modules).reaches(rules.certificate_from)
        completed += number if is_expected and is_enough else 0
    occasion = occasion_of(row.kind, row.rules, by_presence, period.last)
    return Cohort(occasion, row.modules, completed)
