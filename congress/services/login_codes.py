"""One-time codes by mail and the logins they begin, whoever they are for.

A code counts in the browser that asked for it. What is kept is a nonce, from which it is made again
for the mail; of the login, a digest of its secret.
"""

import hmac
import secrets
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Table, delete, func, select

from congress.domain import tokens
from congress.domain.one_time_codes import (
    CODES_WITHIN,
    LOGIN_KEPT,
    MOST_CODES,
    SentCode,
    TooManyCodes,
)
from congress.extensions import db
from congress.services.tokens import NONCE_BYTES, keys
from congress.transaction import transaction

SECRET_BYTES = 32


class Sent(Protocol):
    """A row of codes that were sent."""

    nonce: Any
    key_id: Any
    asked_at: Any
    wrong: Any
    digest: Any
    started_at: Any


def require_few(table: Table, whose: ColumnElement[bool], *, now: datetime) -> None:
    """Refuse another code for whoever was sent many. Raises TooManyCodes."""
    since = (whose, table.c.asked_at > now - CODES_WITHIN)
    if (
        db.session.scalars(select(func.count()).select_from(table).where(*since)).one()
        >= MOST_CODES
    ):
        raise TooManyCodes


def fresh(*, now: datetime) -> dict[str, Any]:
    """Return what a row keeps of a new code."""
    nonce, key_id = secrets.token_hex(NONCE_BYTES), keys()[0].id
    return {"nonce": nonce, "key_id": key_id, "asked_at": now, "wrong": 0}


def enter(sent: Sent, typed: str, *, now: datetime) -> str | None:
    """Begin a login where the code is right, and return its secret; None if it is not.

    A code is right once. The row is held by the caller, inside a running transaction.
    """
    known = SentCode(sent.asked_at, sent.wrong, is_used=sent.digest is not None)
    code = made(sent.nonce, sent.key_id)
    if code is None or not known.is_in_force(now):
        return None
    if not hmac.compare_digest(code.encode(), typed.encode()):
        sent.wrong += 1
        return None
    secret = secrets.token_urlsafe(SECRET_BYTES)
    sent.digest, sent.started_at = tokens.digest(secret), now
    return secret


def end(table: Table, secret: str) -> None:
    """End a login for every copy of its cookie; ending it twice is the same."""
    with transaction():
        db.session.execute(delete(table).where(table.c.digest == tokens.digest(secret)))


def forget_old(table: Table, *, now: datetime) -> int:
    """Forget codes and logins that are over; returns how many."""
    with transaction():
        result = db.session.execute(delete(table).where(table.c.asked_at < now - LOGIN_KEPT))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def made(nonce: str, key_id: str) -> str | None:
    """Make a code from what is kept of it; None where its key is known no longer."""
    key = next((each for each in keys() if each.id == key_id), None)
    return tokens.code(key, nonce) if key else None
