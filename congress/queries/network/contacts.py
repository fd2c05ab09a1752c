"""Who speaks for which organisation, and who of them has logged in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from congress.base import columns_of, table_of
from congress.domain import tokens
from congress.domain.folding import fold_sought
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


def some(numbers: Collection[int]) -> list[Contact]:
    """Return several people by their numbers."""
    named = _people().where(PEOPLE.c.id.in_(numbers)).order_by(PEOPLE.c.id)
    return [as_contact(row) for row in db.session.execute(named)]


def of_organisation(organisation_id: int) -> list[Contact]:
    """Return everybody who is known to speak for an organisation, the latest terms first."""
    mine = _people().where(PEOPLE.c.organisation_id == organisation_id)
    in_order = mine.order_by(PEOPLE.c.starts_on.desc(), PEOPLE.c.role, PEOPLE.c.name_order)
    return [as_contact(row) for row in db.session.execute(in_order)]


class When(StrEnum):
    """Which terms are looked for."""

    CURRENT = "current"
    FUTURE = "future"
    ENDED = "ended"


@dataclass(frozen=True)
class Wanted:
    """Which contact persons are looked for; nothing said is all of them."""

    words: str = ""
    when: When | None = When.CURRENT
    organisation_id: int | None = None
    without_link: bool = False  # who were never sent one


def listed(wanted: Wanted, *, day: date, limit: int, offset: int) -> tuple[list[Contact], int]:
    """Return one page of those that are looked for, in the order of names, and how many."""
    conditions = list(_conditions(wanted, day))
    many = select(func.count()).select_from(PEOPLE).where(*conditions)
    total = db.session.scalars(many).one()
    in_order = _people().where(*conditions).order_by(PEOPLE.c.name_order, PEOPLE.c.id)
    some = in_order.limit(limit).offset(offset)
    return [as_contact(row) for row in db.session.execute(some)], total


def without_link(day: date, *, limit: int) -> list[int]:
    """Return the numbers of some who speak for an organisation and were never sent their link."""
    mine = (PEOPLE.c.invited_at.is_(None), *_holding(day))
    some = select(PEOPLE.c.id).where(*mine).order_by(PEOPLE.c.id).limit(limit)
    return list(db.session.scalars(some))


def _conditions(wanted: Wanted, day: date) -> Iterator[ColumnElement[bool]]:
    for each in fold_sought(wanted.words).split():
        yield PEOPLE.c.search.contains(each, autoescape=True)
    if wanted.organisation_id is not None:
        yield PEOPLE.c.organisation_id == wanted.organisation_id
    if wanted.when is When.CURRENT:
        yield from _holding(day)
    elif wanted.when is When.FUTURE:
        yield PEOPLE.c.starts_on > day
    elif wanted.when is When.ENDED:
        yield PEOPLE.c.ends_on < day
    if wanted.without_link:
        yield PEOPLE.c.invited_at.is_(None)


def _holding(day: date) -> tuple[ColumnElement[bool], ...]:
    ends = PEOPLE.c.ends_on
    return PEOPLE.c.starts_on <= day, or_(ends.is_(None), ends >= day)


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
