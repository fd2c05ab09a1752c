"""Addresses that take no mail, as their servers said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, select

from congress.base import columns_of, table_of
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import DeadMailbox, Registration

DEAD = table_of(DeadMailbox)
KEYS = DEAD.c.email_key.in_(bindparam("keys", expanding=True))
AMONG = select(DEAD.c.email_key, DEAD.c.reason).where(KEYS)


@dataclass(frozen=True)
class Dead:
    """Since when an address takes nothing, and why, in the words of its server."""

    since: datetime
    reason: str


def reasons(email_keys: Collection[str]) -> dict[str, str]:
    """Return which of these addresses (folded) take nothing, each with the reason."""
    if not email_keys:
        return {}
    rows = db.session.execute(AMONG, {"keys": sorted(set(email_keys))})
    return {row.email_key: row.reason for row in rows}


def among(email_keys: Collection[str]) -> set[str]:
    """Return which of these addresses (folded) take nothing."""
    return set(reasons(email_keys))


def every_key() -> set[str]:
    """Return all addresses (folded) that take nothing: where thousands are looked at, the fewer.

    A statement has only so many parameters.
    """
    return set(db.session.scalars(select(DEAD.c.email_key)))


def find(registration_id: int) -> Dead | None:
    """Return since when somebody's address takes nothing; None while it does."""
    statement = (
        select(*columns_of(DEAD, "since reason"))
        .join(Registration, Registration.email_key == DEAD.c.email_key)
        .where(Registration.id == registration_id)
    )
    row = db.session.execute(statement).one_or_none()
    return Dead(*row) if row else None


def who() -> ColumnElement[bool]:
    """Return what holds of those who are registered with an address that takes nothing."""
    takes_nothing = Registration.email_key.in_(select(DEAD.c.email_key))
    return and_(takes_nothing, Registration.state != RegistrationState.CANCELLED)
