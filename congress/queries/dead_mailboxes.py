"""Addresses that take no mail, as their servers said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from congress.base import columns_of, table_of
from congress.domain.mails.kinds import STAYING
from congress.domain.mails.reach import Reach
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import DeadMailbox, OutboxMessage, Registration

DEAD = table_of(DeadMailbox)
KEYS = DEAD.c.email_key.in_(bindparam("keys", expanding=True))
MOST_LOOKED_UP = 1000  # addresses at once; of more, all that are dead are fewer
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
    if len(email_keys) > MOST_LOOKED_UP:
        return every_key().intersection(email_keys)
    return set(reasons(email_keys))


def every_key() -> set[str]:
    """Return all addresses (folded) that take nothing: where thousands are looked at, the fewer.

    A statement has only so many parameters.
    """
    return set(db.session.scalars(select(DEAD.c.email_key)))


def of_mails(message_ids: Collection[int]) -> set[int]:
    """Return those of some mails that would come back at once, were they sent again now.

    They go to the address that their reader has by now; what is about a mailbox goes there.
    """
    own = or_(Registration.id.is_(None), OutboxMessage.kind.in_(STAYING))
    key = case((own, OutboxMessage.recipient_key), else_=Registration.email_key)
    mails = (
        select(OutboxMessage.id)
        .outerjoin(Registration, Registration.id == OutboxMessage.registration_id)
        .join(DEAD, DEAD.c.email_key == key)
    )
    return set(db.session.scalars(mails.where(OutboxMessage.id.in_(message_ids))))


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


def reach_of(people: Select[int]) -> Reach:
    """Return whom a mail to these registrations reaches, and whom none does and why."""
    total = db.session.scalars(select(func.count()).select_from(people.subquery())).one()
    takes_nothing = Registration.email_key.in_(select(DEAD.c.email_key))
    rows = db.session.execute(
        people.where(or_(Registration.email_key == "", takes_nothing)).add_columns(
            Registration.email_key
        )
    ).all()
    without, dead = (
        tuple(number for number, key in rows if bool(key) is has_address)
        for has_address in (False, True)
    )
    return Reach(total - len(rows), unreached=without, dead=dead)


def reach_of_some(numbers: Collection[int]) -> Reach:
    """Return whom a mail to registrations by their numbers reaches."""
    some = select(Registration.id).where(Registration.id.in_(numbers))
    return reach_of(some.order_by(Registration.id))


def reach_of_everybody(congress_id: int) -> Reach:
    """Return whom a mail to all who have or wait for a place reaches."""
    return reach_of(
        select(Registration.id)
        .where(
            Registration.congress_id == congress_id,
            Registration.state != RegistrationState.CANCELLED,
        )
        .order_by(Registration.id)
    )
