"""Where people come from, and who carries a congress."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import FOLDED, Base


class Organisation(Base):
    """A municipality, agency, association or company.

    The official key (AGS, eight digits; Kreis five; ARS twelve) is a text: it may begin with 0.
    Only organisations of the register (`suggested`) are proposed to people who type; what an
    attendee typed freely stays with the registration.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        Index("ix_organisations_name_key", "name_key", unique=True),
        CheckConstraint("ags IS NULL OR length(ags) IN (5, 8, 12)", name="ags_length"),
        CheckConstraint("district IS NULL OR length(district) = 5", name="district_length"),
        CheckConstraint("sector IN ('', 'public', 'civil', 'business')", name="sector_known"),
        CheckConstraint(
            "valid_until IS NULL OR valid_from IS NULL OR valid_from <= valid_until",
            name="validity",
        ),
        Index("ix_organisations_ags", "ags"),
        Index("ix_organisations_district", "district"),
        Index("ix_organisations_successor", "successor_id"),
    )

    name: Mapped[str]
    name_key: Mapped[str]  # folded: the same organisation under another spelling of case or space
    search: Mapped[str] = mapped_column(FOLDED, default="", server_default="")  # also the order
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")  # municipality, district, agency, association, …
    ags: Mapped[str | None]
    # The Kreis or kreisfreie Stadt it lies in, five digits; the first five of an AGS.
    district: Mapped[str | None]
    sector: Mapped[str] = mapped_column(default="", server_default="")  # one of the three
    inhabitants: Mapped[int | None]  # from the official list; the size class follows from it
    valid_from: Mapped[date | None]  # the first day under this key; NULL: since ever
    valid_until: Mapped[date | None]  # the last one, where it was merged into another
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    website: Mapped[str] = mapped_column(default="")
    suggested: Mapped[bool] = mapped_column(default=False)
    legal: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")  # as a host
    logo_type: Mapped[str | None]  # image/png, image/jpeg or image/webp
    logo_digest: Mapped[str | None]  # SHA-256 (hex) of the bytes: the name under which it is served
    logo_alt: Mapped[dict[str, str] | None]
    logo_width: Mapped[int | None]
    logo_height: Mapped[int | None]
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
