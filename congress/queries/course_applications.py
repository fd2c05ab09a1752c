"""Applications for training courses, for whoever sent them and for the office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from congress.base import columns_of, table_of, values_of
from congress.domain import modules, tokens
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.network.course_applications import (
    UNDECIDED,
    Applicant,
    Application,
    Call,
    Named,
    State,
)
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import (
    Congress,
    CongressDay,
    CourseApplication,
    CourseCall,
    CoursePerson,
    Organisation,
    Registration,
)
from congress.queries.congresses import Heading
from congress.queries.kept import Kept

CALLS, APPLICATIONS, PEOPLE = map(table_of, (CourseCall, CourseApplication, CoursePerson))
ORGANISATIONS, REGISTRATIONS = map(table_of, (Organisation, Registration))
CONGRESSES, DAYS = map(table_of, (Congress, CongressDay))
_kept: Kept[Call | None] = Kept()
CALL = "opens_at closes_at people municipalities is_open"
APPLICANT = "given_name family_name function email"
PLAIN = (
    "id congress_id organisation organisation_id motivation language created_at changed_at rank "
    "reason answered_at"
)
ALL = (
    select(
        *columns_of(APPLICATIONS, f"{PLAIN} state chosen {APPLICANT}"),
        ORGANISATIONS.c.name.label("registered"),
    )
    .outerjoin(ORGANISATIONS, ORGANISATIONS.c.id == APPLICATIONS.c.organisation_id)
    .order_by(APPLICATIONS.c.id)
)


@dataclass(frozen=True)
class Offered:
    """A course that one can apply for, and what an organisation has applied with."""

    id: int
    slug: str
    title: Texts
    starts_at: datetime
    closes_at: datetime
    ends_at: datetime
    modules: int  # 0 where its days follow on one another
    applied: tuple[State, ...]


@dataclass(frozen=True)
class Asked:
    """Somebody who was named, and by which application."""

    named: Named
    application: Application


def find_call(congress_id: int) -> Call | None:
    """Return what can be applied for in a congress, open or not."""
    found = select(*columns_of(CALLS, CALL)).where(CALLS.c.congress_id == congress_id)
    row = db.session.execute(found).one_or_none()
    return Call(**values_of(row, CALL)) if row else None


def of_public(heading: Heading) -> Call | None:
    """Return the call of a congress, read once for each state of its content."""

    def read() -> tuple[Call | None, int]:
        found = find_call(heading.id)
        revision = select(CONGRESSES.c.content_revision).where(CONGRESSES.c.id == heading.id)
        return found, db.session.scalars(revision).one()

    return _kept.get(heading, read)


def listed(congress_id: int) -> list[Application]:
    """Return the applications of a course, the earliest first, in two statements."""
    return _all(APPLICATIONS.c.congress_id == congress_id)


def count_new(congress_id: int) -> int:
    """Return how many applications of a course have no answer yet."""
    which = (APPLICATIONS.c.congress_id == congress_id, APPLICATIONS.c.state == State.NEW)
    return db.session.scalars(select(func.count()).select_from(APPLICATIONS).where(*which)).one()


def undecided(congress_id: int) -> list[Application]:
    """Return the applications that wait for an answer or for a place."""
    return _all(APPLICATIONS.c.congress_id == congress_id, APPLICATIONS.c.state.in_(UNDECIDED))


def find(congress_id: int, application_id: int) -> Application | None:
    """Return one application of a course."""
    return _one(APPLICATIONS.c.congress_id == congress_id, APPLICATIONS.c.id == application_id)


def find_by_token(token: str) -> Application | None:
    """Return the application that a personal link opens."""
    return _one(APPLICATIONS.c.digest == tokens.digest(token))


def find_named(token: str) -> Asked | None:
    """Return who was named, by the link to say no."""
    found = select(PEOPLE.c.id, PEOPLE.c.application_id)
    row = db.session.execute(found.where(PEOPLE.c.digest == tokens.digest(token))).one_or_none()
    application = _one(APPLICATIONS.c.id == row.application_id) if row else None
    if row is None or application is None:
        return None
    [named] = [each for each in application.people if each.id == row.id]
    return Asked(named, application)


def offered(organisation_id: int, *, now: datetime) -> list[Offered]:
    """Return the courses that one can apply for now, the next first, and how it stands there."""
    begins = (
        select(
            DAYS.c.congress_id,
            func.min(DAYS.c.starts_at).label("starts_at"),
            func.max(DAYS.c.ends_at).label("ends_at"),
            func.count().label("days"),
        )
        .group_by(DAYS.c.congress_id)
        .subquery()
    )
    open_now = (
        select(*columns_of(CONGRESSES, "id slug title"), CALLS.c.closes_at, begins)
        .join(CALLS, CALLS.c.congress_id == CONGRESSES.c.id)
        .join(begins, begins.c.congress_id == CONGRESSES.c.id)
        .where(
            CONGRESSES.c.kind == CongressKind.TRAINING,
            CONGRESSES.c.state == CongressState.PUBLISHED,
            CALLS.c.is_open,
            CALLS.c.opens_at.is_(None) | (CALLS.c.opens_at <= now),
            CALLS.c.closes_at > now,
        )
        .order_by(begins.c.starts_at, CONGRESSES.c.id)
    )
    rows = db.session.execute(open_now).all()
    theirs = select(APPLICATIONS.c.congress_id, APPLICATIONS.c.state).where(
        APPLICATIONS.c.congress_id.in_([row.id for row in rows]),
        APPLICATIONS.c.organisation_id == organisation_id,
    )
    applied = db.session.execute(theirs.order_by(APPLICATIONS.c.id)).all() if rows else []
    return [
        Offered(
            **values_of(row, "id slug title starts_at closes_at ends_at"),
            modules=modules.count_of(CongressKind.TRAINING, row.days, row.ends_at - row.starts_at),
            applied=tuple(State(each.state) for each in applied if each.congress_id == row.id),
        )
        for row in rows
    ]


def open_for_all(*, now: datetime) -> dict[int, datetime]:
    """Return the courses that anybody can apply for now, with the first moment too late."""
    found = (
        select(CALLS.c.congress_id, CALLS.c.closes_at)
        .join(CONGRESSES, CONGRESSES.c.id == CALLS.c.congress_id)
        .where(
            CONGRESSES.c.kind == CongressKind.TRAINING,
            CONGRESSES.c.state == CongressState.PUBLISHED,
            CALLS.c.is_open,
            CALLS.c.opens_at.is_(None) | (CALLS.c.opens_at <= now),
            CALLS.c.closes_at > now,
        )
    )
    return {row.congress_id: row.closes_at for row in db.session.execute(found)}


def standing_in(registration_ids: Iterable[int]) -> dict[int, int]:
    """Return who stands now for whom, where a place was handed over, also several times."""
    stands = {number: number for number in registration_ids}
    found = select(REGISTRATIONS.c.id, REGISTRATIONS.c.substituted_by_id).where(
        REGISTRATIONS.c.substituted_by_id.is_not(None)
    )
    looked: set[int] = set()
    while new := set(stands.values()) - looked:
        looked |= new
        rows = db.session.execute(found.where(REGISTRATIONS.c.id.in_(new)))
        after = {row.id: row.substituted_by_id for row in rows}
        stands = {first: after.get(last, last) for first, last in stands.items()}
    return stands


def _one(*which: ColumnElement[bool]) -> Application | None:
    found = _all(*which)
    return found[0] if found else None


def _all(*which: ColumnElement[bool]) -> list[Application]:
    rows = db.session.execute(ALL.where(*which)).all()
    people = _people([row.id for row in rows])
    return [_as_application(row, people.get(row.id, [])) for row in rows]


def _people(applications: Sequence[int]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = {}
    columns = f"id {APPLICANT} objected_at registration_id"
    statement = (
        select(*columns_of(PEOPLE, f"application_id {columns}"))
        .where(PEOPLE.c.application_id.in_(applications))
        .order_by(PEOPLE.c.position, PEOPLE.c.id)
    )
    for row in db.session.execute(statement) if applications else ():
        found.setdefault(row.application_id, []).append(Named(**values_of(row, columns)))
    return found


def _as_application(row: Row[*tuple[Any, ...]], people: Sequence[Named]) -> Application:
    return Application(
        **values_of(row, PLAIN),
        state=State(row.state),
        chosen=State(row.chosen) if row.chosen else None,
        registered=row.registered or "",
        applicant=Applicant(**values_of(row, APPLICANT)),
        people=tuple(people),
    )
