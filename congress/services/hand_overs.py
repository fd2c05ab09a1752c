"""Colleagues who are named to come instead: one per registration, and the link in the mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from congress import links
from congress.base import table_of
from congress.domain.people import fold_email
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.domain.tokens import HandOverLink
from congress.extensions import db
from congress.models import AccessToken, HandOver, Registration
from congress.services.tokens import fresh, make_again
from congress.transaction import transaction

HAND_OVERS, PEOPLE = table_of(HandOver), table_of(Registration)
TOKENS = table_of(AccessToken)


@dataclass(frozen=True)
class Asked:
    """Somebody who is named, with the number by which the mail names the link."""

    id: int
    expires_at: datetime


def ask(registration_id: int, colleague: Details, *, expires_at: datetime, now: datetime) -> Asked:
    """Note who is to come instead in the place of anybody named before, while it is held."""
    drop(registration_id)
    _link, kept = fresh(HandOverLink.ACCEPT)
    names = ("given_name", "family_name", "email")
    row: dict[str, Any] = {name: getattr(colleague, name) for name in names} | kept
    row |= {"registration_id": registration_id, "created_at": now, "expires_at": expires_at}
    number = db.session.scalars(insert(HAND_OVERS).values(row).returning(HAND_OVERS.c.id)).one()
    return Asked(number, expires_at)


def drop(registration_id: int) -> bool:
    """Forget who is to come instead, inside a running transaction; whether there was anybody."""
    mine = HAND_OVERS.c.registration_id == registration_id
    result = db.session.execute(delete(HAND_OVERS).where(mine))
    return bool(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def unite(kept: int, other: int) -> None:
    """Let whoever goes on have come instead of those for whom another one of theirs came.

    Nobody is to come instead of the other one any more. Inside a running transaction.
    """
    drop(other)
    before = update(PEOPLE).where(PEOPLE.c.substituted_by_id == other)
    db.session.execute(before.values(substituted_by_id=kept))


def settle(registration_id: int, newcomer_id: int, *, now: datetime) -> None:
    """Let the link of a hand-over lead to who came of it, and forget who was named."""
    kept = select(HAND_OVERS.c.nonce, HAND_OVERS.c.key_id, HAND_OVERS.c.digest)
    row = db.session.execute(kept.where(HAND_OVERS.c.registration_id == registration_id)).one()
    of_newcomer = {"registration_id": newcomer_id, "purpose": HandOverLink.ACCEPT}
    db.session.execute(insert(TOKENS).values(row._asdict() | of_newcomer | {"created_at": now}))
    drop(registration_id)


def delete_expired(*, now: datetime) -> int:
    """Forget those who have not accepted in time, or whose colleague has left; returns how many."""
    has_left = select(PEOPLE.c.id).where(PEOPLE.c.state == RegistrationState.CANCELLED)
    is_over = or_(HAND_OVERS.c.expires_at <= now, HAND_OVERS.c.registration_id.in_(has_left))
    with transaction():
        result = db.session.execute(delete(HAND_OVERS).where(is_over))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def link_for(hand_over_id: int, recipient: str) -> str | None:
    """Make the link that a mail to a named colleague brings; None once it is over."""
    statement = select(HAND_OVERS.c.nonce, HAND_OVERS.c.key_id, HAND_OVERS.c.email)
    row = db.session.execute(statement.where(HAND_OVERS.c.id == hand_over_id)).one_or_none()
    if row is None or fold_email(row.email) != fold_email(recipient):
        return None
    token = make_again(HandOverLink.ACCEPT, row.nonce, row.key_id)
    return links.substitute(token) if token else None
