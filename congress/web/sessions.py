"""The session cookie of somebody who is logged in: begun, looked up, ended (SEC-13, 25).

The cookie holds the account's uniquifier, which changes with its password, and the secret of one
session, which logging out ends; so no copy of a cookie outlives either.
"""

from datetime import UTC, datetime
from typing import cast

from flask import current_app, g, session
from flask_security import Security, UserMixin, login_user

from congress.domain.logins.accounts import Account, is_over
from congress.queries import accounts
from congress.queries.accounts import Credentials
from congress.services.logins import logging_in

SECRET = "sid"  # noqa: S105 - the name of an entry
SEEN = "seen"
UNIQUIFIER = "_user_id"  # Flask-Login's own name
SECONDS_BETWEEN_MARKS = 60


def begin(credentials: Credentials, *, now: datetime) -> None:
    """Log somebody in: everything of the old session goes, its CSRF token too."""
    session.clear()
    g.pop("csrf_token", None)
    security = cast("Security", current_app.extensions["security"])
    user = security.datastore.find_user(fs_uniquifier=credentials.uniquifier)
    login_user(cast("UserMixin", user), remember=False)
    session[SECRET] = logging_in.start(credentials.user_id, now=now)
    session[SEEN] = int(now.timestamp())


def current(*, now: datetime) -> Account | None:
    """Return who is logged in, looked up once per request; marks that somebody was here."""
    if "account" not in g:
        g.account = _look_up(now=now)
    return cast("Account | None", g.account)


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
    found = accounts.find_session(logging_in.digest(secret), uniquifier)
    last_seen = datetime.fromtimestamp(session.get(SEEN, 0), UTC)
    if found is None or is_over(found.started_at, last_seen, now=now):
        session.clear()
        return None
    if (now - last_seen).total_seconds() >= SECONDS_BETWEEN_MARKS:
        session[SEEN] = int(now.timestamp())
    return found.account
