"""Who speaks for which organisation, and who of them has logged in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from congress.base import columns_of, table_of
from congress.domain import tokens
from congress.domain.network.contacts import Contact, ContactDetails
from congress.domain.network.terms import ContactRole, Term
from congress.domain.one_time_codes import is_logged_in
from congress.extensions import db
from congress.models import ContactLogin, ContactPerson, Organisation

PEOPLE, LOGINS, ORGANISATIONS = map(table_of, (ContactPerson, ContactLogin, Organisation))
DETAILS = "given_name family_name email function phone language"


def find_by_token(token: str) -> Contact | None:
    """Return whom a link belongs to, whether or not they still speak for the organisation."""
    return _one(_people().where(PEOPLE.c.digest == tokens.digest(token)))


def find(contact_id: int) -> Contact | None:
    """Return somebody by their number."""
    return _one(_people().where(PEOPLE.c.id == contact_id))


def of_organisation(organisation_id: int) -> list[Contact]:
    """Return everybody who is known to speak for an organisation, the latest terms first."""
    mine = _people().where(PEOPLE.c.organisation_id == organisation_id)
    in_order = mine.order_by(PEOPLE.c.starts_on.desc(), PEOPLE.c.role, PEOPLE.c.name_order)
    return [as_contact(row) for row in db.session.execute(in_order)]


def is_in(secret: str, contact_id: int, *, now: datetime) -> bool:
    """Whether this is a login of somebody that lasts."""
    started_at = db.session.scalars(
        select(LOGINS.c.started_at).where(
            LOGINS.c.digest == tokens.digest(secret), LOGINS.c.contact_id == contact_id
        )
    ).one_or_none()
    return started_at is not None and is_logged_in(started_at, now)


def as_contact(row: Row[*tuple[Any, ...]]) -> Contact:
    """Make a value of a row of `_people`."""
    return Contact(
        id=row.id,
        organisation_id=row.organisation_id,
        organisation=row.organisation,
        details=ContactDetails(
            ContactRole(row.role),
            row.given_name,
            row.family_name,
            row.email,
            row.function,
            row.phone,
            row.language,
        ),
        term=Term(row.starts_on, row.ends_on),
        has_link=row.nonce is not None,
        was_sent=row.invited_at is not None,
    )


def _one(statement: Select[*tuple[Any, ...]]) -> Contact | None:
    row = db.session.execute(statement).one_or_none()
    return as_contact(row) if row else None


def _people() -> Select[*tuple[Any, ...]]:
    return select(
        *columns_of(
            PEOPLE, f"id organisation_id role {DETAILS} starts_on ends_on nonce invited_at"
        ),
        ORGANISATIONS.c.name.label("organisation"),
    ).join(ORGANISATIONS, ORGANISATIONS.c.id == PEOPLE.c.organisation_id)
