"""Of which congresses nothing is needed any more."""

from datetime import datetime

from sqlalchemy import Select, func, select

from congress.base import table_of
from congress.domain.retention import KEPT_AFTER_CONGRESS
from congress.models import CongressDay

DAYS = table_of(CongressDay)


def long_over(now: datetime) -> Select[*tuple[int]]:
    """Return the statement that finds the congresses whose last day is long enough ago."""
    return (
        select(DAYS.c.congress_id)
        .group_by(DAYS.c.congress_id)
        .having(func.max(DAYS.c.ends_at) < now - KEPT_AFTER_CONGRESS)
    )
