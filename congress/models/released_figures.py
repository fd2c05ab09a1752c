"""Figures of the report to the funder as everybody may read them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class ReleasedFigures(Base):
    """The tables of some whole years in words, as they were on the day of their release.

    Nothing but `is_shown` ever changes: what is corrected later must not tell by its difference
    who it was about. There is nobody in it, so it stays.
    """

    __tablename__ = "released_figures"
    __table_args__ = (CheckConstraint("first_year <= last_year", name="years"),)

    first_year: Mapped[int] = mapped_column(unique=True)
    last_year: Mapped[int] = mapped_column(unique=True)
    tables: Mapped[dict[str, Any]]  # by language, as `formats.funder_report` has them
    districts: Mapped[dict[str, Any]]  # for the map: by key the least and the most people
    is_shown: Mapped[bool] = mapped_column(default=True)
    released_at: Mapped[datetime]
    released_by: Mapped[int | None]  # the account; the figures outlive it
