"""Who was there: each day and each workshop in numbers, and the way to type them from paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congress.domain.attendance import days_of
from congress.queries import congresses, programme, workshop_presence
from congress.queries.workshop_presence import NOBODY
from congress.web import access
from congress.web.organiser import frame
from congress.web.organiser.presence import WorkshopThere


@dataclass(frozen=True)
class OneDay:
    """A day of the congress: how many came, and who was in its workshops."""

    day: date
    came: int
    workshops: Sequence[WorkshopThere]


def attendance() -> str:
    """Show how many were there."""
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    came = workshop_presence.by_day(workspace.id)
    return frame.page(
        "attendance.html",
        current="check-in",
        days=[
            OneDay(day, came.get(day, 0), of_day)
            for day, of_day in workshops_by_day(days_of(congress)).items()
        ],
        people=workspace.places.taken,
    )


def workshops_by_day(days: Sequence[date]) -> dict[date, list[WorkshopThere]]:
    """Return the workshops that take place on each of these days, and who was in them."""
    workspace = access.workspace()
    presence = workshop_presence.by_item(workspace.id)
    found: dict[date, list[WorkshopThere]] = {day: [] for day in days}
    for item in programme.kept_workshops(workspace):
        day = item.slot.starts_at.astimezone(workspace.zone).date()
        if not item.face.cancelled and day in found:
            found[day].append(WorkshopThere(item, presence.get(item.id, NOBODY)))
    return found
