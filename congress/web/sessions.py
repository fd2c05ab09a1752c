"""The session cookie of somebody who is logged in: begun, looked up, ended (SEC-13, 25).

The cookie holds the account's uniquifier, which changes with its password, and the secret of one
session, which logging out ends; so no copy of a cookie outlives either.
"""

import secrets
from datetime import UTC, datetime
from typing import cast

from flask import current_app, g, session
from flask_security import Security, UserMixin, login_user
from itsdangerous import BadData, URLSafeTimedSerializer

from congress.domain.logins.accounts import Account, is_over
from congress.domain.logins.second_factors import PROVEN_LENGTH, SECOND_STEP_LENGTH
from congress.queries import accounts
from congress.queries.accounts import Credentials
from congress.services.logins import logging_in

PENDING, PROVEN = "pending", "proven"
SECRET = "sid"  # noqa: S105 - the name of an entry
SEEN = "seen"
TOKEN = "csrf_token"  # noqa: S105 - Flask-WTF's own name
UNIQUIFIER = "_user_id"  # Flask-Login's own name
SECONDS_BETWEEN_MARKS = 60


def begin(credentials: Credentials, *, now: datetime) -> None:
    """Log somebody in: everything of the old session goes, its CSRF token too."""
    session.clear()
    g.pop(TOKEN, None)
    session[TOKEN] = f"{secrets.token_hex()}.{credentials.user_id}"
    security = cast("Security", current_app.extensions["security"])
    user = security.datastore.find_user(fs_uniquifier=credentials.uniquifier)
    login_user(cast("UserMixin", user), remember=False)
    session[SECRET] = logging_in.start(credentials.user_id, now=now)
    session[SEEN] = int(now.timestamp())
    prove(now=now)


def begin_second_step(credentials: Credentials, target: str, *, now: datetime) -> None:
    """Remember that somebody's password was right, which opens nothing yet."""
    session.clear()
    g.pop(TOKEN, None)
    session[PENDING] = {
        "account": credentials.user_id,
        "of": credentials.uniquifier,  # another password ends it
        "at": int(now.timestamp()),
        "next": target,
    }


def pending(*, now: datetime) -> tuple[Credentials, str] | None:
    """Return whose password was right a moment ago, and where they want to go."""
    kept = session.get(PENDING)
    if kept is None or now.timestamp() - kept["at"] >= SECOND_STEP_LENGTH.total_seconds():
        return None
    found = accounts.find_credentials_of(kept["account"])
    if found is None or not found.is_active or found.uniquifier != kept["of"]:
        return None
    return found, kept["next"]


def prove(*, now: datetime) -> None:
    """Remember that the password was typed just now."""
    session[PROVEN] = int(now.timestamp())


def is_proven(*, now: datetime) -> bool:
    """Return whether the password was typed so lately that the login may be changed."""
    proven_at = datetime.fromtimestamp(session.get(PROVEN, 0), UTC)
    return now - proven_at < PROVEN_LENGTH


def current(*, now: datetime) -> Account | None:
    """Return who is logged in, looked up once per request; marks that somebody was here."""
    if "account" not in g:
        g.account = _look_up(now=now)
    return cast("Account | None", g.account)


def typed_by(token: str) -> int | None:
    """Return with whose login a form was filled in, also after it has ended; its token says so."""
    try:
        said = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token").loads(
            token
        )
    except BadData:
        return None
    _secret, _dot, account = str(said).partition(".")
    return int(account) if account else None


def digest() -> str:
    """Return under which digest the session of this request is kept."""
    return logging_in.digest(session[SECRET])


def end(*, now: datetime) -> None:
    """Log out: the session ends in the database, so that copies of the cookie are dead too."""
    account = current(now=now)
    if account is not None:
        logging_in.end(session[SECRET], account.id, now=now)
    session.clear()
    g.account = None


def _look_up(*, now: datetime) -> Account | None:
    secret, uniquifier = session.get(SECRET), session.get(UNIQUIFIER)
    if not secret or not uniquifier:
        return None
    found = accounts.find_session(logging_in.digest(secret), uniquifier, now=now)
    last_seen = datetime.fromtimestamp(session.get(SEEN, 0), UTC)
    if found is None or is_over(
        found.started_at, last_seen, at_the_door=found.account.stands_at_doors_only, now=now
    ):
        session.clear()
        return None
    if (now - last_seen).total_seconds() >= SECONDS_BETWEEN_MARKS:
        session[SEEN] = int(now.timestamp())
    return found.account
