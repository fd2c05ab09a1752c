"""Who is a member on a day, and who speaks for whom: one statement each."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from congress.base import columns_of, table_of
from congress.domain.network.membership import BELONGING, MembershipState
from congress.domain.network.terms import ContactRole
from congress.extensions import db
from congress.models import ContactPerson, Membership, Organisation

RECORDS, PEOPLE = table_of(Membership), table_of(ContactPerson)
ORGANISATIONS = table_of(Organisation)


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


def states_on(day: date, *, known_at: datetime | None = None) -> list[MemberOrganisation]:
    """Return what each organisation was to the network on a day, as known at a moment.

    The rule of `domain.network.membership.state_on`, asked of all at once; in the order of names.
    """
    rank = func.row_number().over(
        partition_by=RECORDS.c.organisation_id,
        order_by=(RECORDS.c.since.desc(), RECORDS.c.recorded_at.desc(), RECORDS.c.id.desc()),
    )
    known = (
        select(*columns_of(RECORDS, "organisation_id state since"), rank.label("rank"))
        .where(RECORDS.c.since <= day, _is_known(known_at))
        .subquery()
    )
    statement = (
        select(*columns_of(ORGANISATIONS, "id name kind district"), known.c.state, known.c.since)
        .join(known, and_(known.c.organisation_id == ORGANISATIONS.c.id, known.c.rank == 1))
        .order_by(ORGANISATIONS.c.search, ORGANISATIONS.c.id)
    )
    return [
        MemberOrganisation(
            row.id, row.name, row.kind, row.district, MembershipState(row.state), row.since
        )
        for row in db.session.execute(statement)
    ]


def members_on(day: date, *, known_at: datetime | None = None) -> list[MemberOrganisation]:
    """Return who belonged to the network on a day: members and partners."""
    return [each for each in states_on(day, known_at=known_at) if each.state in BELONGING]


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


def _is_known(at: datetime | None) -> ColumnElement[bool]:
    believed = RECORDS.c.superseded_at.is_(None)
    if at is None:
        return believed
    return and_(RECORDS.c.recorded_at <= at, or_(believed, RECORDS.c.superseded_at > at))
