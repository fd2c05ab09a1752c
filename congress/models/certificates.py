"""Certificates of attendance, and who signs them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class Certificate(Base):
    """What was certified, and a digest of the name: what whoever checks the paper needs.

    The code on the paper is made of the nonce (`domain.certificates`). The row stays when the
    registration goes; it goes itself ten years after it was issued.
    """

    __tablename__ = "certificates"
    __table_args__ = (UniqueConstraint("code_digest"),)

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="SET NULL"), index=True
    )
    nonce: Mapped[str]
    key_id: Mapped[str]
    code_digest: Mapped[str]
    name_digest: Mapped[str]  # of the name, the code and what is said
    said: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime] = mapped_column(index=True)


class CertificateSignature(Base):
    """Who signs the certificates of a congress, and the picture of the signature if there is one.

    It goes a year after the congress.
    """

    __tablename__ = "certificate_signatures"

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    name: Mapped[str]
    role: Mapped[str]  # the function, as it stands below the name
    digest: Mapped[str]  # of the picture, empty without one
    picture: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
