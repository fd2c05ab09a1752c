"""Signed sheets as evidence: how long they are kept, and how many there are at most."""

from collections.abc import Sequence
from datetime import date

from congress.domain.errors import Refused

# Funders may ask for proof long after: five years from the end of the year is usual.
YEARS_KEPT = 5
MOST_YEARS = 15
MOST_PAPERS = 200
MOST_BYTES = 200 * 1024 * 1024  # of all of an event: they stand in the database and its backups


class EvidenceDayOutside(Refused):
    """Signed sheets are to be kept until a day before the event ends, or for too many years."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last


class TooManyPapers(Refused):
    """So many signed sheets are filed, or such large ones, that no more may be."""


def usual_end(last_day: date) -> date:
    """Return the last day on which signed sheets are kept where nobody chose another."""
    return date(last_day.year + YEARS_KEPT, 12, 31)


def require_day(day: date, last_day: date) -> None:
    """Refuse a day on which nobody could have signed yet, or that is too far away."""
    last = date(last_day.year + MOST_YEARS, 12, 31)
    if not last_day <= day <= last:
        raise EvidenceDayOutside(last_day, last)


def require_room(sizes: Sequence[int], size: int) -> None:
    """Refuse one more of so many bytes where there are so many, or such large ones, already."""
    if len(sizes) >= MOST_PAPERS or sum(sizes) + size > MOST_BYTES:
        raise TooManyPapers
