"""Logins: each is a row of its own, so that logging out ends it for every copy of its cookie."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, update

from congress.domain.access import Actor, ActorKind
from congress.domain.logins.accounts import DOOR_SESSION_LENGTH
from congress.extensions import db
from congress.models import AccountSession
from congress.services import auditing
from congress.transaction import transaction

SECRET_BYTES = 32


def start(user_id: int, *, now: datetime) -> str:
    """Begin a session and return its secret, which only the cookie holds."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction():
        db.session.execute(
            delete(AccountSession).where(
                AccountSession.user_id == user_id,
                AccountSession.started_at < now - DOOR_SESSION_LENGTH,
            )
        )
        db.session.add(AccountSession(user_id=user_id, digest=digest(secret), started_at=now))
        _record("logged_in", user_id, now=now)
    return secret


def end(secret: str, user_id: int, *, now: datetime) -> None:
    """End a session; ending it twice is the same."""
    with transaction():
        db.session.execute(
            update(AccountSession)
            .where(AccountSession.digest == digest(secret), AccountSession.ended_at.is_(None))
            .values(ended_at=now)
        )
        _record("logged_out", user_id, now=now)


def end_others(user_id: int, *, but: str, only: int | None = None, now: datetime) -> bool:
    """End one of an account's sessions, or all but one; return whether any was open."""
    ended = (
        update(AccountSession)
        .where(
            AccountSession.user_id == user_id,
            AccountSession.digest != but,
            AccountSession.ended_at.is_(None),
        )
        .values(ended_at=now)
        .returning(AccountSession.id)
    )
    with transaction():
        wanted = ended.where(AccountSession.id == only) if only is not None else ended
        found = db.session.scalars(wanted).all()
        if found:
            _record("sessions_ended", user_id, now=now)
        return bool(found)


def digest(secret: str) -> str:
    """Return the SHA-256 (hex) under which a session is looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(verb: str, user_id: int, *, now: datetime) -> None:
    actor = Actor(ActorKind.ORGANISER, user_id)
    auditing.record(verb, actor=actor, now=now, details={"account": user_id})
