"""Links for taking part online that are held back, and whether the hour of one has come."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from congress.base import table_of
from congress.domain.congresses import CongressState
from congress.domain.rules import MOST, Rules
from congress.extensions import db
from congress.models import Congress, CongressDay

CONGRESSES, DAYS = table_of(Congress), table_of(CongressDay)
LOOK_AHEAD = timedelta(hours=MOST["link_hours"])
BEGINS, ENDS = (
    select(which).where(DAYS.c.congress_id == CONGRESSES.c.id).scalar_subquery()
    for which in (func.min(DAYS.c.starts_at), func.max(DAYS.c.ends_at))
)


def find_due(now: datetime) -> int | None:
    """Return a congress whose link is to be told by now and is not, as long as it goes on."""
    rows = db.session.execute(
        select(CONGRESSES.c.id, CONGRESSES.c.rules, BEGINS).where(
            CONGRESSES.c.state == CongressState.PUBLISHED,
            CONGRESSES.c.link_told_at.is_(None),
            now + LOOK_AHEAD >= BEGINS,
            now < ENDS,
        )
    )
    for number, stored, begins in rows:
        hours = Rules.of(stored).link_hours
        if hours and begins - timedelta(hours=hours) <= now:
            return int(number)
    return None
