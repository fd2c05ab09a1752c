"""Figures of the report that the office has let everybody see: whole years, once and for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congress.domain.errors import Refused
from congress.domain.network.funder_report import Period


class YearsNotOver(Refused):
    """Figures that still change would tell by their difference who came last."""


@dataclass
class YearsReleasedAlready(Refused):
    """Figures of some of these years were released before, together with other years."""

    period: Period


def overlaps(one: Period, other: Period) -> bool:
    """Return whether two periods have a year in common."""
    return one.first <= other.last and other.first <= one.last


def require_releasable(period: Period, released: Iterable[Period], *, today: date) -> None:
    """Refuse years that are not over, or of which something was released once.

    A year is released once, even if that was taken back since: two states of it would tell by
    their difference who was corrected or deleted meanwhile.
    """
    if period.last >= today.year:
        raise YearsNotOver
    for each in released:
        if overlaps(period, each):
            raise YearsReleasedAlready(each)
