"""Congresses as their public pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from congress.domain.congresses import (
    Congress,
    CongressKind,
    CongressState,
    FieldUse,
    NamedOrganisation,
    OrganisationRole,
)
from congress.domain.registration import Phase, RegistrationPeriod
from congress.domain.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Congress as Row
from congress.models import CongressOrganisation
from congress.queries.programme import as_places

PUBLIC = (CongressState.PUBLISHED, CongressState.CANCELLED, CongressState.FINISHED)

ALL_OF_IT = (
    selectinload(Row.days),
    selectinload(Row.carriers).joinedload(CongressOrganisation.organisation),
)


@dataclass(frozen=True)
class Heading:
    """The least that a cached page must know to be right: one small query."""

    id: int
    revision: int
    state: CongressState
    period: RegistrationPeriod

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    def phase(self, now: datetime) -> Phase:
        return self.period.phase(now)


def find_heading(slug: str) -> Heading | None:
    """Return what decides whether a finished page of a congress is still true."""
    statement = select(Row.id, Row.revision, Row.state, Row.opens_at, Row.closes_at).where(
        Row.slug == slug
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    period = RegistrationPeriod(row.opens_at, row.closes_at)
    return Heading(row.id, row.revision, CongressState(row.state), period)


def find_congress(slug: str) -> Congress | None:
    """Return a congress in any state; what may be seen of it is the caller's question."""
    row = db.session.scalars(select(Row).where(Row.slug == slug).options(*ALL_OF_IT)).one_or_none()
    return as_congress(row) if row else None


def get_congress(congress_id: int) -> Congress:
    """Return a congress that exists."""
    row = db.session.scalars(select(Row).where(Row.id == congress_id).options(*ALL_OF_IT)).one()
    return as_congress(row)


def public_congresses() -> list[Congress]:
    """Return every congress that the public may see, the latest first."""
    statement = (
        select(Row)
        .join(Row.days)
        .where(Row.state.in_(PUBLIC))
        .options(contains_eager(Row.days), ALL_OF_IT[1])
    )
    congresses = [as_congress(row) for row in db.session.scalars(statement).unique()]
    return sorted(congresses, key=lambda each: (each.starts_at, each.id), reverse=True)


def as_congress(row: Row) -> Congress:
    """Return a row, its days and organisations as the value that pages and rules work with."""
    return Congress(
        id=row.id,
        slug=row.slug,
        kind=CongressKind(row.kind),
        state=CongressState(row.state),
        title=row.title,
        lead=row.lead,
        description=row.description,
        cost=row.cost,
        town=row.town,
        venue=row.venue,
        address=row.address,
        directions=row.directions,
        accessibility=row.accessibility,
        timezone=row.timezone,
        days=tuple(
            sorted(TimeSlot(day.starts_at, day.ends_at) for day in row.days),
        ),
        period=RegistrationPeriod(row.opens_at, row.closes_at),
        places=as_places(row),
        organisations=as_organisations(row.carriers),
        organisation_field=FieldUse(row.organisation_field),
        function_field=FieldUse(row.function_field),
        contact_email=row.contact_email,
        revision=row.revision,
        uid=row.uid,
        sequence=row.sequence,
        revised_at=row.revised_at,
    )


def as_organisations(carriers: Sequence[CongressOrganisation]) -> tuple[NamedOrganisation, ...]:
    """Return the organisations of a congress in the organiser's order."""
    return tuple(
        NamedOrganisation(
            role=OrganisationRole(carrier.role),
            name=carrier.organisation.name,
            short_name=carrier.organisation.short_name,
            website=carrier.organisation.website,
            logo_digest=carrier.organisation.logo_digest,
            logo_alt=carrier.organisation.logo_alt,
        )
        for carrier in carriers
    )
