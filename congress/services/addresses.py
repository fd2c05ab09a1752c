"""New addresses that wait to be confirmed: one per registration, and the link in the mail to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from congress import links
from congress.base import table_of
from congress.domain.correction import TIME_TO_CONFIRM
from congress.domain.tokens import AddressLink
from congress.extensions import db
from congress.models import AddressChange
from congress.services.tokens import fresh, make_again
from congress.transaction import transaction

CHANGES = table_of(AddressChange)


@dataclass(frozen=True)
class Wanted:
    """An address that waits, with the number by which its mail names the link."""

    id: int
    expires_at: datetime


def want(registration_id: int, email: str, *, now: datetime) -> Wanted:
    """Note a new address in the place of an older one, inside a running transaction."""
    drop(registration_id)
    expires_at = now + TIME_TO_CONFIRM
    _link, kept = fresh(AddressLink.CONFIRM)
    row = {"registration_id": registration_id, "email": email} | kept
    row |= {"created_at": now, "expires_at": expires_at}
    number = db.session.scalars(insert(CHANGES).values(row).returning(CHANGES.c.id)).one()
    return Wanted(number, expires_at)


def drop(registration_id: int) -> None:
    """Forget the address that somebody wanted, inside a running transaction."""
    db.session.execute(delete(CHANGES).where(CHANGES.c.registration_id == registration_id))


def delete_expired(*, now: datetime) -> int:
    """Forget the addresses that nobody has confirmed in time; returns how many."""
    with transaction():
        result = db.session.execute(delete(CHANGES).where(CHANGES.c.expires_at <= now))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def link_for(change_id: int) -> str | None:
    """Make the link that a mail to a new address brings; None once it is over."""
    row = db.session.execute(
        select(CHANGES.c.nonce, CHANGES.c.key_id).where(CHANGES.c.id == change_id)
    ).one_or_none()
    token = make_again(AddressLink.CONFIRM, *row) if row else None
    return links.new_address(token) if token else None
