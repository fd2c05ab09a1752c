"""Changing the days of a congress: what is planned on a day goes with it, and people are told."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from congress.domain import module_facts, paper
from congress.domain.access import Actor
from congress.domain.planning.days import (
    DaysChange,
    DaysEditedMeanwhile,
    DaysUnseen,
    WantedDay,
    change_of,
    mark_of_days,
    require_deadlines,
    require_holds,
    version_of,
)
from congress.domain.times.time_slots import TimeSlot
from congress.queries.planning import days as queries
from congress.queries.planning.congress_files import released_face
from congress.services.planning import adopting, collecting, publishing, tasks
from congress.services.planning.publishing import Line, Shown
from congress.transaction import transaction


def edit_days(
    congress_id: int,
    wanted: Sequence[WantedDay],
    *,
    version: str,
    seen: str,
    actor: Actor,
    now: datetime,
) -> DaysChange:
    """Save the days, and publish them where the congress is public; returns what changed.

    An item goes with its day, as it is planned and as it is public; of what else is planned,
    nothing is published. Everybody is told of a new time, with the same calendar entry. Raises
    DaysEditedMeanwhile when `version` is not that of the days saved last, DaysUnseen when the
    congress is not as it was `seen` when it was asked who is told, DayInUse, ItemsOutside,
    DeadlineLeftBehind and NotBegunYet.
    """
    with transaction():
        row, before = publishing.hold(congress_id)
        days = queries.days(congress_id)
        if version_of(days) != version:
            raise DaysEditedMeanwhile
        change = change_of(days, wanted)
        if mark_of_days(before.state, days, change.after) != seen:
            raise DaysUnseen
        require_holds(change, queries.planned(congress_id), before.zone)
        require_deadlines(change, before.period, before.zone, before.wishes_until)
        if change:
            adopting.write_days(row, change.after)
            row.paper = paper.moved(row.paper, _dates(change))
            row.modules = module_facts.moved(row.modules, _dates(change))
            tasks.move(congress_id, _dates(change))
            collecting.move(congress_id, _dates(change))
            moved = _move_items(congress_id, change, before.zone, now=now)
            line = Line("days_changed", details=_stated(change))
            publishing.publish(
                row, before, line, actor=actor, now=now, with_programme=False, moved=moved
            )
    return change


def _move_items(
    congress_id: int, change: DaysChange, zone: ZoneInfo, *, now: datetime
) -> dict[int, Shown]:
    """Move what is planned on the days that move; returns what is public otherwise now."""
    if not change.moves:
        return {}
    found = {}
    for row in publishing.hold_items(congress_id):
        slot = change.moved(TimeSlot(row.starts_at, row.ends_at), zone)
        row.starts_at, row.ends_at = slot.starts_at, slot.ends_at
        face = released_face(row)
        if face is not None:
            shown = publishing.show(row, change.moved_face(face, zone), now=now)
            if shown is not None:
                found[row.id] = shown
    return found


def _dates(change: DaysChange) -> dict[date, date | None]:
    """Return to which date each day goes; None, where it is no more."""
    kept = {each.was: each.day.day for each in change.wanted if each.was is not None}
    return {each.day: kept.get(each.day) for each in change.before}


def _stated(change: DaysChange) -> dict[str, Any]:
    return {
        "days": [
            [
                [day.day.isoformat(), day.slot.starts_at.isoformat(), day.slot.ends_at.isoformat()]
                for day in days
            ]
            for days in (change.before, change.after)
        ]
    }
