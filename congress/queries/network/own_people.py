"""Who of an organisation is registered where: what its contact persons see, and nobody else's.

Of an organisation is whoever chose it in the register, typed its name or another of its names, or
has an address in a mail domain that was confirmed as its own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from congress.base import columns_of, table_of
from congress.domain import modules
from congress.domain.congresses import Congress, CongressKind, CongressState
from congress.domain.folding import fold_for_order
from congress.domain.quotas import Delegation
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import Congress as CongressRow
from congress.models import (
    CongressDay,
    Organisation,
    OrganisationAlias,
    OrganisationDomain,
    Registration,
)
from congress.queries.delegations import delegations
from congress.queries.registrations import STANDS_ALONE, standings

SHOWN_AFTER = timedelta(days=90)  # after the last day: who was there, for the travel costs
HELD = (CongressState.PUBLISHED, CongressState.FINISHED, CongressState.CANCELLED)
PEOPLE, DAYS, CONGRESSES = map(table_of, (Registration, CongressDay, CongressRow))
NAMES, ALIASES, DOMAINS = map(table_of, (Organisation, OrganisationAlias, OrganisationDomain))


@dataclass(frozen=True)
class Event:
    """A congress, and how many of an organisation are registered for it."""

    id: int
    slug: str
    title: Texts
    state: CongressState
    starts_at: datetime
    ends_at: datetime
    modules: int  # of a training course; 0 where its days follow on one another
    placed: int
    others: int  # who wait, or are not answered yet


def events(organisation_id: int, *, now: datetime) -> list[Event]:
    """Return what is public, coming or just over, the next first, in three statements."""
    span = (
        select(
            DAYS.c.congress_id,
            func.min(DAYS.c.starts_at).label("starts_at"),
            func.max(DAYS.c.ends_at).label("ends_at"),
            func.count().label("days"),
        )
        .group_by(DAYS.c.congress_id)
        .having(func.max(DAYS.c.ends_at) > now - SHOWN_AFTER)
        .subquery()
    )
    statement = (
        select(*columns_of(CONGRESSES, "id slug title state kind"), span)
        .join(span, span.c.congress_id == CONGRESSES.c.id)
        .where(CONGRESSES.c.state.in_(HELD))
        .order_by(span.c.starts_at, CONGRESSES.c.id)
    )
    rows = db.session.execute(statement).all()
    is_placed = PEOPLE.c.state == RegistrationState.CONFIRMED
    counted = (
        select(
            PEOPLE.c.congress_id,
            func.count().label("all"),
            func.sum(case((is_placed, 1), else_=0)).label("placed"),
        )
        .where(PEOPLE.c.congress_id.in_([row.id for row in rows]), *_mine(organisation_id))
        .where(PEOPLE.c.state != RegistrationState.CANCELLED)
        .group_by(PEOPLE.c.congress_id)
    )
    counts = {row.congress_id: (row.placed, row.all) for row in db.session.execute(counted)}
    found = []
    for row in rows:
        placed, everybody = counts.get(row.id, (0, 0))
        found.append(
            Event(
                row.id,
                row.slug,
                row.title,
                CongressState(row.state),
                row.starts_at,
                row.ends_at,
                modules.count_of(CongressKind(row.kind), row.days, row.ends_at - row.starts_at),
                placed,
                everybody - placed,
            )
        )
    return found


def people(organisation_id: int, congress_id: int) -> list[Standing]:
    """Return where those of an organisation stand in one congress, also whoever cancelled.

    Nobody whose address is still to be confirmed: a form may have been filled in by anybody.
    """
    found = standings(_people(organisation_id, congress_id))
    return [each for each in found if not each.is_unconfirmed]


def find(organisation_id: int, congress_id: int, registration_id: int) -> Standing | None:
    """Return where one of them stands; None for whoever is not of this organisation."""
    mine = _people(organisation_id, congress_id).where(PEOPLE.c.id == registration_id)
    found = [each for each in standings(mine) if not each.is_unconfirmed]
    return found[0] if found else None


def quota(organisation_id: int, congress: Congress) -> list[Delegation]:
    """Return how many of so many places are taken; more than one where spellings are apart."""
    if not congress.rules.quota:
        return []
    keys = select(PEOPLE.c.quota_key).where(
        PEOPLE.c.congress_id == congress.id, PEOPLE.c.quota_key != "", *_mine(organisation_id)
    )
    known = sorted(set(db.session.scalars(keys)))
    found = delegations(congress.id, known, congress.rules.quota) if known else {}
    return [found[key] for key in known]


def _people(organisation_id: int, congress_id: int) -> Select[*tuple[int]]:
    return select(PEOPLE.c.id).where(
        PEOPLE.c.congress_id == congress_id,
        STANDS_ALONE,
        PEOPLE.c.substituted_by_id.is_(None),
        *_mine(organisation_id),
    )


def _mine(organisation_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return what makes somebody one of an organisation; its names are read for it."""
    here = organisation_id
    named = (
        select(NAMES.c.name)
        .where(NAMES.c.id == here)
        .union_all(
            select(NAMES.c.short_name).where(NAMES.c.id == here),
            select(ALIASES.c.name).where(ALIASES.c.organisation_id == here),
        )
    )
    keys = {fold_for_order(name) for name in db.session.scalars(named) if name}
    domain = select(DOMAINS.c.domain).where(DOMAINS.c.organisation_id == here)
    own = [
        PEOPLE.c.email_key.endswith(f"{mark}{each}", autoescape=True)
        for each in db.session.scalars(domain)
        for mark in "@."
    ]
    return (or_(PEOPLE.c.organisation_id == here, PEOPLE.c.organisation_key.in_(keys), *own),)
