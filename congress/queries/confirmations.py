"""Registrations whose address nobody has confirmed yet, by their link and by their moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from congress.domain import tokens
from congress.domain.registration import RegistrationState
from congress.domain.tokens import RegistrationLink
from congress.extensions import db
from congress.models import AccessToken, Congress, Registration
from congress.queries.registrations import PEOPLE


@dataclass(frozen=True)
class Question:
    """Which registration a link confirms, and the congress it is for."""

    registration_id: int
    slug: str


def find(token: str) -> Question | None:
    """Return which registration a link confirms, unless the link was revoked."""
    statement = (
        select(AccessToken.registration_id, Congress.slug)
        .join(Registration, Registration.id == AccessToken.registration_id)
        .join(Congress, Congress.id == Registration.congress_id)
        .where(
            AccessToken.digest == tokens.digest(token),
            AccessToken.purpose == RegistrationLink.CONFIRM,
            AccessToken.revoked_at.is_(None),
        )
    )
    row = db.session.execute(statement).one_or_none()
    return Question(*row) if row else None


def find_lapsed(*, now: datetime) -> int | None:
    """Return the registration whose moment passed first, that nobody has ended yet."""
    statement = (
        select(PEOPLE.c.id)
        .where(
            PEOPLE.c.unconfirmed_until <= now,
            PEOPLE.c.state != RegistrationState.CANCELLED,
        )
        .order_by(PEOPLE.c.unconfirmed_until, PEOPLE.c.id)
        .limit(1)
    )
    return db.session.scalars(statement).one_or_none()


def is_asked(registration_id: int) -> bool:
    """Return whether a registration waits to be confirmed."""
    statement = select(PEOPLE.c.unconfirmed_until).where(PEOPLE.c.id == registration_id)
    return db.session.scalars(statement).one_or_none() is not None


def asked_of(people: Collection[int]) -> list[int]:
    """Return who of these waits to be confirmed."""
    statement = select(PEOPLE.c.id).where(
        PEOPLE.c.id.in_(people), PEOPLE.c.unconfirmed_until.is_not(None)
    )
    return list(db.session.scalars(statement.order_by(PEOPLE.c.id)))


def count(congress_id: int) -> int:
    """Return how many places of a congress are held only until they are confirmed."""
    statement = select(func.count()).where(
        PEOPLE.c.congress_id == congress_id,
        PEOPLE.c.unconfirmed_until.is_not(None),
        PEOPLE.c.state == RegistrationState.CONFIRMED,
    )
    return db.session.scalars(statement).one()
