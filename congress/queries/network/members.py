"""Who is a member on a day, and who speaks for whom: one statement each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from congress.base import columns_of, table_of
from congress.domain.folding import fold_sought
from congress.domain.network.membership import BELONGING, MembershipState
from congress.domain.network.terms import ContactRole
from congress.extensions import db
from congress.models import ContactPerson, Membership, Organisation

RECORDS, PEOPLE = table_of(Membership), table_of(ContactPerson)
HISTORY = RECORDS.alias()
ORGANISATIONS = table_of(Organisation)
EVERY = frozenset(MembershipState)
STATES = {str(each): each for each in MembershipState}


@dataclass(frozen=True)
class MemberOrganisation:
    """An organisation of the register and what it is to the network on the day asked for."""

    id: int
    name: str
    kind: str
    district: str | None
    state: MembershipState
    since: date


@dataclass(frozen=True)
class Delegate:
    """Somebody whose term holds on the day asked for, at an organisation that belongs then."""

    id: int
    organisation_id: int
    organisation: str
    role: ContactRole
    given_name: str
    family_name: str
    email: str
    language: str


def states_on(
    day: date,
    *,
    known_at: datetime | None = None,
    states: Collection[MembershipState] = EVERY,
    sought: str = "",
    start: int = 0,
    limit: int | None = None,
    of: Collection[int] | None = None,
) -> list[MemberOrganisation]:
    """Return what each organisation was to the network on a day, as known at a moment.

    The rule of `domain.network.membership.state_on`, asked of all at once or `of` some; in the
    order of names.
    """
    statement = _standing(day, known_at, states, sought, of)
    ordered = statement.order_by(ORGANISATIONS.c.search, ORGANISATIONS.c.id).offset(start or None)
    return [
        MemberOrganisation(number, name, kind, district, STATES[state], since)
        for number, name, kind, district, state, since in db.session.execute(ordered.limit(limit))
    ]


def count_on(
    day: date, *, known_at: datetime | None = None, sought: str = ""
) -> dict[MembershipState, int]:
    """Return how many organisations were what on a day; what none was is left out."""
    state = _standing(day, known_at, EVERY, sought).subquery().c.state
    rows = db.session.execute(select(state, func.count()).group_by(state))
    found: dict[str, int] = {state: many for state, many in rows}  # noqa: C416 - rows, not pairs
    return {each: found[each] for each in MembershipState if each in found}


def members_on(day: date, *, known_at: datetime | None = None) -> list[MemberOrganisation]:
    """Return who belonged to the network on a day: members and partners."""
    return states_on(day, known_at=known_at, states=BELONGING)


def belonging_since(day: date, today: date) -> Select[*tuple[int]]:
    """Return the statement that finds who belonged on at least one day from a day until today."""
    later = RECORDS.alias()
    overtaken = exists().where(
        later.c.organisation_id == RECORDS.c.organisation_id,
        later.c.superseded_at.is_(None),
        later.c.since > RECORDS.c.since,
        later.c.since <= day,
    )
    return select(RECORDS.c.organisation_id).where(
        RECORDS.c.superseded_at.is_(None),
        RECORDS.c.state.in_(sorted(BELONGING)),
        RECORDS.c.since <= today,
        ~overtaken,
    )


def delegates_on(day: date) -> list[Delegate]:
    """Return who speaks for members and partners on a day; ended terms are left out.

    In the order of organisations, then contact persons before deputies, then names.
    """
    belonging = {each.id: each for each in members_on(day)}
    statement = (
        select(*columns_of(PEOPLE, "id organisation_id role given_name family_name email language"))
        .where(
            PEOPLE.c.starts_on <= day,
            or_(PEOPLE.c.ends_on.is_(None), PEOPLE.c.ends_on >= day),
        )
        .order_by(PEOPLE.c.role, PEOPLE.c.name_order, PEOPLE.c.id)
    )
    by_organisation: dict[int, list[Delegate]] = {number: [] for number in belonging}
    for row in db.session.execute(statement):
        if row.organisation_id in belonging:
            name = belonging[row.organisation_id].name
            by_organisation[row.organisation_id].append(
                Delegate(
                    row.id,
                    row.organisation_id,
                    name,
                    ContactRole(row.role),
                    row.given_name,
                    row.family_name,
                    row.email,
                    row.language,
                )
            )
    return [each for number in belonging for each in by_organisation[number]]


def _standing(
    day: date,
    known_at: datetime | None,
    states: Collection[MembershipState],
    sought: str,
    of: Collection[int] | None = None,
) -> Select[*tuple[Any, ...]]:
    """Return the statement about organisations with the one record that counts for each."""
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    counting, on = (_read_at_once if is_postgresql and of is None else _looked_up)(day, known_at)
    statement = select(
        *columns_of(ORGANISATIONS, "id name kind district"), counting.c.state, counting.c.since
    ).join_from(ORGANISATIONS, counting, on)
    if of is not None:
        statement = statement.where(ORGANISATIONS.c.id.in_(of))
    if len(states) < len(EVERY):
        statement = statement.where(counting.c.state.in_(sorted(states)))
    if folded := fold_sought(sought):
        statement = statement.where(ORGANISATIONS.c.search.contains(folded, autoescape=True))
    return statement


def _read_at_once(day: date, known_at: datetime | None) -> tuple[FromClause, ColumnElement[bool]]:
    """Return the records that count, read in one pass over the index from its end.

    PostgreSQL needs a fifth of the time that looking up each one takes it.
    """
    counting = (
        select(*columns_of(RECORDS, "organisation_id state since"))
        .where(RECORDS.c.since <= day, is_known(RECORDS, known_at))
        .ext(distinct_on(RECORDS.c.organisation_id))
        .order_by(RECORDS.c.organisation_id.desc(), *_last_first(RECORDS))
        .subquery()
    )
    return counting, counting.c.organisation_id == ORGANISATIONS.c.id


def _looked_up(day: date, known_at: datetime | None) -> tuple[FromClause, ColumnElement[bool]]:
    """Return the records that count, each looked up in the index: the quickest way on SQLite."""
    last = (
        select(HISTORY.c.id)
        .where(
            HISTORY.c.organisation_id == ORGANISATIONS.c.id,
            HISTORY.c.since <= day,
            is_known(HISTORY, known_at),
        )
        .order_by(*_last_first(HISTORY))
        .limit(1)
        .scalar_subquery()
    )
    return RECORDS, RECORDS.c.id == last


def _last_first(records: FromClause) -> list[ColumnElement[Any]]:
    return [each.desc() for each in columns_of(records, "since recorded_at id")]


def is_known(records: FromClause, at: datetime | None) -> ColumnElement[bool]:
    """Return what holds for records that were held to be true at a moment; None is today."""
    believed = records.c.superseded_at.is_(None)
    if at is None:
        return believed
    return and_(records.c.recorded_at <= at, or_(believed, records.c.superseded_at > at))
