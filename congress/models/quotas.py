"""Where the quota per organisation of a congress knows organisations from each other."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import FOLDED, Base


class QuotaSpelling(Base):
    """How an organisation was typed, and under which key whoever types that is counted.

    `key` is what `registrations.quota_key` holds; `told` where an organiser has decided it.
    """

    __tablename__ = "quota_spellings"
    __table_args__ = (
        UniqueConstraint("congress_id", "words"),
        Index("ix_quota_spellings_likeness", "congress_id", "likeness"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    words: Mapped[str]
    likeness: Mapped[str] = mapped_column(FOLDED)
    key: Mapped[str]
    told: Mapped[bool] = mapped_column(default=False, server_default=false())


class QuotaDomain(Base):
    """A domain whose addresses an organiser has confirmed as those of one organisation."""

    __tablename__ = "quota_domains"
    __table_args__ = (UniqueConstraint("congress_id", "domain"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    domain: Mapped[str]
    key: Mapped[str]


class QuotaException(Base):
    """An organisation of which another number may come; `places` of NULL has no limit."""

    __tablename__ = "quota_exceptions"
    __table_args__ = (
        UniqueConstraint("congress_id", "key"),
        CheckConstraint("places IS NULL OR places >= 0", name="places"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    key: Mapped[str]
    places: Mapped[int | None]
