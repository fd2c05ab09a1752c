"""Accounts as pages need them: who is logged in, and what they may do where."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from congress.base import columns_of, values_of
from congress.domain import tokens
from congress.domain.access import Actor, ActorKind, Right, Role, may
from congress.domain.logins.accounts import Account
from congress.domain.network.access import NetworkRole
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import AccountLink, AccountSession, Congress, CongressRole, Passkey, User
from congress.queries import lent_roles


class LinkState(StrEnum):
    """What has become of a mailed link."""

    OPEN = "open"
    OVER = "over"  # used, replaced or too old
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Credentials:
    """What a login is checked against."""

    user_id: int
    email: str
    password: str | None
    uniquifier: str
    is_active: bool
    has_app: bool
    needs_second_step: bool  # the password alone opens nothing


@dataclass(frozen=True)
class OwnPasskey:
    """One of the passkeys of an account, as its owner sees it."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class SecondFactors:
    """What an account logs in with beside its password, as its owner sees it."""

    has_app: bool
    codes_left: int
    passkeys: list[OwnPasskey]

    @property
    def is_on(self) -> bool:
        return self.has_app or bool(self.passkeys)

    @property
    def is_one(self) -> bool:
        """Return whether removing one switches the second step off."""
        return self.has_app + len(self.passkeys) == 1


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
    return _credentials(User.email_key == fold_email(email))


def find_credentials_of(user_id: int) -> Credentials | None:
    """Return what a further step of the login of an account is checked against."""
    return _credentials(User.id == user_id)


def find_second_factors(user_id: int) -> SecondFactors:
    """Return what an account logs in with beside its password."""
    user = db.session.execute(
        select(User.tf_totp_secret, User.mf_recovery_codes).where(User.id == user_id)
    ).one()
    rows = db.session.execute(
        select(*columns_of(Passkey, "id name created_at used_at"))
        .where(Passkey.user_id == user_id)
        .order_by(Passkey.id)
    )
    return SecondFactors(
        bool(user.tf_totp_secret),
        len((user.mf_recovery_codes or "").split()),
        [OwnPasskey(*row) for row in rows],
    )


def find_session(digest: str, uniquifier: str, *, now: datetime) -> OpenSession | None:
    """Return the open session with this digest, if the account is active and unchanged."""
    row = db.session.execute(
        select(
            *columns_of(User, "id email name language administrator network_role"),
            AccountSession.started_at,
            _has_second_step().label("has_second_step"),
        )
        .join(AccountSession, AccountSession.user_id == User.id)
        .where(
            AccountSession.digest == digest,
            AccountSession.ended_at.is_(None),
            User.active,
            User.fs_uniquifier == uniquifier,
        )
    ).one_or_none()
    return OpenSession(_account(row, now=now), row.started_at) if row else None


def open_sessions(account: Account, *, now: datetime) -> list[OwnSession]:
    """Return the sessions of an account that nobody has ended, the latest first."""
    rows = db.session.execute(
        select(*columns_of(AccountSession, "id digest started_at"))
        .where(
            AccountSession.user_id == account.id,
            AccountSession.ended_at.is_(None),
            AccountSession.started_at > now - account.session_length,
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


def is_allowed(actor: Actor, right: Right, congress_id: int, *, now: datetime) -> bool:
    """Whether somebody has a right in a congress; whoever is at the server's console has all."""
    if actor.kind is not ActorKind.ORGANISER:
        return actor.kind is ActorKind.COMMAND
    held = select(CongressRole.role).where(
        CongressRole.user_id == actor.user_id,
        CongressRole.congress_id == congress_id,
        lent_roles.in_force(now),
    )
    roles = {Role(role) for role in db.session.scalars(held)}
    if db.session.scalars(select(User.administrator).where(User.id == actor.user_id)).one():
        roles.add(Role.ADMINISTRATOR)
    return may(frozenset(roles), right)


def _has_second_step() -> ColumnElement[bool]:
    has_passkey = select(Passkey.id).where(Passkey.user_id == User.id).exists()
    return or_(User.tf_totp_secret.is_not(None), has_passkey)


def _credentials(condition: ColumnElement[bool]) -> Credentials | None:
    row = db.session.execute(
        select(
            User.id,
            User.email,
            User.password,
            User.fs_uniquifier,
            User.active,
            User.tf_totp_secret.is_not(None),
            _has_second_step(),
        ).where(condition)
    ).one_or_none()
    return Credentials(*row) if row else None


def _account(row: Any, *, now: datetime) -> Account:  # noqa: ANN401 - a row of `find_session`
    roles: dict[int, frozenset[Role]] = {}
    statement = select(CongressRole.congress_id, CongressRole.role).where(
        CongressRole.user_id == row.id, lent_roles.in_force(now)
    )
    for congress_id, role in db.session.execute(statement):
        roles[congress_id] = roles.get(congress_id, frozenset()) | {Role(role)}
    return Account(
        **values_of(row, "id email name language has_second_step"),
        is_administrator=row.administrator,
        roles=roles,
        network_role=NetworkRole(row.network_role) if row.network_role else None,
    )
