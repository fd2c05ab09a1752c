"""The days of a congress, and when its items are, as far as days concern them."""

from sqlalchemy import select

from congress.base import columns_of
from congress.domain.congress_file.plan import DayPlan
from congress.domain.planning.days import Planned
from congress.domain.programme import NamedItem
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import CongressDay, ProgrammeItem


def days(congress_id: int) -> list[DayPlan]:
    """Return the days of a congress in their order."""
    rows = db.session.execute(
        select(*columns_of(CongressDay, "day starts_at ends_at"))
        .where(CongressDay.congress_id == congress_id)
        .order_by(CongressDay.starts_at)
    )
    return [DayPlan(day, TimeSlot(starts_at, ends_at)) for day, starts_at, ends_at in rows]


def planned(congress_id: int) -> list[Planned]:
    """Return when each item is planned and, once it was published, public."""
    rows = db.session.execute(
        select(
            *columns_of(
                ProgrammeItem,
                "number title short_title cancelled starts_at ends_at "
                "released_starts_at released_ends_at",
            )
        )
        .where(ProgrammeItem.congress_id == congress_id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.number, ProgrammeItem.id)
    )
    found = []
    for row in rows:
        slots = [TimeSlot(row.starts_at, row.ends_at)]
        if row.released_starts_at is not None:
            slots.append(TimeSlot(row.released_starts_at, row.released_ends_at))
        named = NamedItem(row.number, row.title, row.short_title)
        found.append(Planned(named, tuple(slots), row.cancelled))
    return found
