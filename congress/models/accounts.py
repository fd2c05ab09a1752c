"""Organisers' accounts, their sessions and links, and what they are to which congress.

Login and password hashing come from Flask-Security, whose own columns stand in its mixins; its
moments are declared anew because ours are aware.
"""

from datetime import UTC, date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UnicodeText,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress.base import Base
from congress.left_out import left_out

with left_out("webauthn"):  # our own passkeys load it when somebody uses one
    from flask_security.models.sqla import FsModels, FsRoleMixin, FsUserMixin

FsModels.set_db_info(  # type: ignore[no-untyped-call]
    base_model=Base, user_table_name="users", role_table_name="roles"
)


def _utc_now() -> datetime:
    return datetime.now(UTC)  # Flask-Security changes rows itself and knows no `now`


class Role(Base, FsRoleMixin):
    """A role over all congresses, as Flask-Security wants it; rights stand in `CongressRole`."""

    __tablename__ = "roles"

    update_datetime: Mapped[datetime] = mapped_column(default=_utc_now, onupdate=_utc_now)


class User(Base, FsUserMixin):
    """Somebody who may log in; without a password there is only the link of the invitation."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "network_role IS NULL OR network_role IN ('coordination', 'reader', 'funder')",
            name="network_role_known",
        ),
    )

    create_datetime: Mapped[datetime] = mapped_column(default=_utc_now)
    update_datetime: Mapped[datetime] = mapped_column(default=_utc_now, onupdate=_utc_now)
    email_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="de")
    administrator: Mapped[bool] = mapped_column(default=False)
    # What the account is to the network (`domain.network.access`); NULL: nothing.
    network_role: Mapped[str | None]
    follow_ups_told_on: Mapped[date | None]  # the last day on which a mail told what is due
    # Digests, parted by blanks.
    mf_recovery_codes: Mapped[str | None] = mapped_column(UnicodeText)  # type: ignore[assignment]
    # The step of time of the latest code of the app; `tf_totp_secret` holds its secret, sealed.
    totp_step: Mapped[int | None] = mapped_column(BigInteger)

    webauthn = None  # the mixin would look for a table of its own where that package is installed
    congress_roles: Mapped[list["CongressRole"]] = relationship(
        order_by="CongressRole.congress_id", cascade="all, delete-orphan"
    )


class CongressRole(Base):
    """What an account is to one congress (`congress.domain.access.Role`)."""

    __tablename__ = "congress_roles"
    __table_args__ = (
        UniqueConstraint("user_id", "congress_id", "role"),
        CheckConstraint(
            "role IN ('organiser', 'programme', 'attendee_list', 'reader', 'check_in', "
            "'assistance')",
            name="role_known",
        ),
        CheckConstraint("(until IS NULL) = (project_part_id IS NULL)", name="lent_until_a_day"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str]
    given_at: Mapped[datetime | None]  # unknown of roles from before this was kept
    # Lent to somebody of a planning circle: the last day, and the part in a project it comes from.
    until: Mapped[date | None]
    project_part_id: Mapped[int | None] = mapped_column(
        ForeignKey("project_parts.id", ondelete="CASCADE"), index=True
    )


class AccountSession(Base):
    """One login: the cookie holds a secret, the row its digest, so that logging out ends it."""

    __tablename__ = "account_sessions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Passkey(Base):
    """A key on a telephone, a computer or a stick that its owner logs in with (WebAuthn)."""

    __tablename__ = "passkeys"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AccountLink(Base):
    """A mailed link that lets somebody choose a password: its nonce and digest, never the link."""

    __tablename__ = "account_links"
    __table_args__ = (Index("ix_account_links_user_id", "user_id", "created_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
