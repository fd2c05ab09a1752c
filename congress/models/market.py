"""A Marktplatz: who takes part, what is offered and sought, what is agreed on."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class Market(Base):
    """How the market of one congress is laid out; without a row as usual."""

    __tablename__ = "markets"

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    categories: Mapped[list[Any]]
    layout: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    entries_until: Mapped[dt.date | None]


class MarketParty(Base):
    """An organisation that takes part, as it was typed; linked where the register knows it."""

    __tablename__ = "market_parties"
    __table_args__ = (
        UniqueConstraint("congress_id", "stand"),
        CheckConstraint("sector IN ('', 'public', 'civil', 'business')", name="sector_known"),
        CheckConstraint("stand IS NULL OR stand > 0", name="stand_counted"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    # Of whoever enters for it on a page of their own; ends some time after the market.
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str]
    sector: Mapped[str] = mapped_column(default="", server_default="")
    stand: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="", server_default="")


class MarketEntry(Base):
    """An offer or a demand; the public sees what is published."""

    __tablename__ = "market_entries"
    __table_args__ = (
        CheckConstraint("side IN ('offer', 'demand')", name="side_known"),
        Index("ix_market_entries_congress", "congress_id", "is_published"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    party_id: Mapped[int] = mapped_column(
        ForeignKey("market_parties.id", ondelete="CASCADE"), index=True
    )
    side: Mapped[str]
    category: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="", server_default="")
    is_published: Mapped[bool] = mapped_column(default=False, server_default=false())
    entered_at: Mapped[dt.datetime]


class MarketAgreement(Base):
    """What two of those who take part agreed on at the table of the market."""

    __tablename__ = "market_agreements"
    __table_args__ = (
        UniqueConstraint("congress_id", "number"),
        CheckConstraint("giver_id <> taker_id", name="two"),
        CheckConstraint("hours IS NULL OR hours >= 0", name="hours_counted"),
        CheckConstraint("euros IS NULL OR euros >= 0", name="euros_counted"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    number: Mapped[int]
    giver_id: Mapped[int] = mapped_column(ForeignKey("market_parties.id"), index=True)
    taker_id: Mapped[int] = mapped_column(ForeignKey("market_parties.id"), index=True)
    category: Mapped[str]
    what: Mapped[str]
    hours: Mapped[int | None]
    euros: Mapped[int | None]
    agreed_at: Mapped[dt.datetime]
