"""Accounts as pages need them: who is logged in, and what they may do where."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from congress.base import columns_of, values_of
from congress.domain import tokens
from congress.domain.access import Role
from congress.domain.logins.accounts import SESSION_LENGTH, Account
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import AccountLink, AccountSession, Congress, CongressRole, User


class LinkState(StrEnum):
    """What has become of a mailed link."""

    OPEN = "open"
    OVER = "over"  # used, replaced or too old
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Credentials:
    """What a login is checked against."""

    user_id: int
    password: str | None
    uniquifier: str
    is_active: bool


@dataclass(frozen=True)
class OpenSession:
    """A session that nobody has ended, and whose it is."""

    account: Account
    started_at: datetime


@dataclass(frozen=True)
class OwnSession:
    """One of the sessions of an account, as its owner sees it."""

    id: int
    digest: str
    started_at: datetime


def find_credentials(email: str) -> Credentials | None:
    """Return what a login with this address is checked against."""
    row = db.session.execute(
        select(User.id, User.password, User.fs_uniquifier, User.active).where(
            User.email_key == fold_email(email)
        )
    ).one_or_none()
    return Credentials(*row) if row else None


def find_session(digest: str, uniquifier: str) -> OpenSession | None:
    """Return the open session with this digest, if the account is active and unchanged."""
    row = db.session.execute(
        select(*columns_of(User, "id email name language administrator"), AccountSession.started_at)
        .join(AccountSession, AccountSession.user_id == User.id)
        .where(
            AccountSession.digest == digest,
            AccountSession.ended_at.is_(None),
            User.active,
            User.fs_uniquifier == uniquifier,
        )
    ).one_or_none()
    return OpenSession(_account(row), row.started_at) if row else None


def open_sessions(user_id: int, *, now: datetime) -> list[OwnSession]:
    """Return the sessions of an account that nobody has ended, the latest first."""
    rows = db.session.execute(
        select(*columns_of(AccountSession, "id digest started_at"))
        .where(
            AccountSession.user_id == user_id,
            AccountSession.ended_at.is_(None),
            AccountSession.started_at > now - SESSION_LENGTH,
        )
        .order_by(AccountSession.id.desc())
    )
    return [OwnSession(*row) for row in rows]


def find_link(token: str, *, now: datetime) -> LinkState:
    """Return whether a mailed link may still be used to choose a password."""
    row = db.session.execute(
        select(AccountLink.used_at, AccountLink.expires_at).where(
            AccountLink.digest == tokens.digest(token)
        )
    ).one_or_none()
    if row is None:
        return LinkState.UNKNOWN
    return LinkState.OVER if row.used_at or row.expires_at <= now else LinkState.OPEN


def find_congress_id(slug: str) -> int | None:
    """Return the number of a congress."""
    return db.session.scalars(select(Congress.id).where(Congress.slug == slug)).one_or_none()


def _account(row: Any) -> Account:  # noqa: ANN401 - a row of `find_session`
    roles: dict[int, frozenset[Role]] = {}
    statement = select(CongressRole.congress_id, CongressRole.role).where(
        CongressRole.user_id == row.id
    )
    for congress_id, role in db.session.execute(statement):
        roles[congress_id] = roles.get(congress_id, frozenset()) | {Role(role)}
    return Account(
        **values_of(row, "id email name language"),
        is_administrator=row.administrator,
        roles=roles,
    )
