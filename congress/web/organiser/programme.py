"""The programme with what was edited since it was published last."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import request

from congress.domain.access import Right
from congress.domain.congress_file.plan import RoomPlan
from congress.domain.congresses import CongressState
from congress.domain.planning import taking_back
from congress.domain.planning.concerns import Cause, Concern
from congress.domain.planning.grid import grid_of
from congress.domain.planning.item_plan import EditedItem
from congress.domain.planning.scheduling import HOURS, MINUTES
from congress.domain.programme import UNNAMED, PersonState
from congress.domain.times.time_slots import TimeSlot
from congress.queries import congresses
from congress.queries.planning import concerns, scheduling
from congress.web import access
from congress.web.organiser import change_words, frame, warning_words
from congress.web.public import showing


def programme() -> str:
    """Show all items in their order or by their rooms, and the changes nobody sees yet."""
    return show()


def part() -> str:
    """Return what follows the address of the congress on the page in the same view."""
    return "/programme?view=rooms" if _is_by_rooms() else "/programme"


def _is_by_rooms() -> bool:
    return request.values.get("view") == "rooms"


def show(*, error: str = "") -> str:
    """Return the page, with what was refused."""
    workspace = access.workspace()
    by_rooms = _is_by_rooms()
    drafts = scheduling.edited_items(workspace.id)
    found = concerns.of_congress(workspace.id)
    warnings = warning_words.by_item(found)
    return frame.page(
        "programme.html",
        current="programme",
        days=_by_day(drafts, warnings, by_rooms=by_rooms),
        by_rooms=by_rooms,
        severe=_severe(found),
        over=showing.over,
        count=len(drafts),
        held=sum(not draft.working.cancelled for draft in drafts),
        warnings=warning_words.in_sum(found),
        changed=[draft for draft in drafts if draft.changes],
        undone_by=_undone_by(drafts),
        lines=change_words.lines,
        change_badge=change_words.badge,
        may_edit=access.may(Right.EDIT_PROGRAMME),
        is_draft=workspace.state is CongressState.DRAFT,
        error=error,
    )


def _undone_by(drafts: Sequence[EditedItem]) -> dict[str, str]:
    """Return the page that takes a change back: what is new is removed."""
    workspace = access.workspace()
    if workspace.state is CongressState.DRAFT or not access.may(Right.EDIT_PROGRAMME):
        return {}
    rooms = scheduling.rooms(workspace.id)
    return {
        draft.plan.code: "remove" if draft.released is None else "undo"
        for draft in drafts
        if draft.released is None or taking_back.can_be_taken_back(draft, rooms)
    }


def _by_day(
    drafts: Sequence[EditedItem], warnings: Mapping[str, Sequence[str]], *, by_rooms: bool
) -> list[dict[str, Any]]:
    """Return all days of the congress, and what lies outside of them on days of its own."""
    workspace = access.workspace()
    days = congresses.get_congress(workspace.id).days
    rooms = scheduling.rooms(workspace.id) if by_rooms else []
    found: dict[date, list[dict[str, Any]]] = defaultdict(list)
    may_edit = access.may(Right.EDIT_PROGRAMME)
    own = {day.starts_at.astimezone(workspace.zone).date(): day for day in days}
    for day in own:
        found[day] = []
    for draft in drafts:
        day = draft.working.slot.starts_at.astimezone(workspace.zone).date()
        found[day].append(_shown(draft, warnings))
    return [
        {
            "iso": day.isoformat(),
            "name": frame.dates().day(day),
            "is_own": day in own,
            "items": found[day],
            **(_plan(day, own.get(day), found[day], rooms, may_edit=may_edit) if by_rooms else {}),
        }
        for day in sorted(found)
    ]


def _plan(
    day: date,
    hours: TimeSlot | None,
    items: Sequence[Mapping[str, Any]],
    rooms: Sequence[RoomPlan],
    *,
    may_edit: bool,
) -> dict[str, Any]:
    """Return a day by its rooms, with its times in minutes for whoever moves items in it."""
    grid = grid_of([each["draft"].plan for each in items], rooms, shows_all=may_edit)

    def minutes(moment: datetime) -> int:
        local = moment.astimezone(access.workspace().zone)
        return MINUTES * ((local.date() - day).days * HOURS + local.hour) + local.minute

    return {
        "grid": grid,
        "lines": [" ".join(str(minutes(line)) for line in row.lines) for row in grid.rows],
        "hours": (minutes(hours.starts_at), minutes(hours.ends_at)) if hours else None,
        "by_code": {each["draft"].plan.code: each for each in items},
    }


def _severe(found: Sequence[Concern]) -> set[str]:
    """Return the items that cannot take place as planned; too few or idle chairs are no reason."""
    return {
        spot.item.code
        for concern in found
        if concern.cause not in {Cause.SEATS, Cause.NOBODY_THERE}
        for spot in concern.spots
    }


def _shown(draft: EditedItem, warnings: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "draft": draft,
        "time": frame.dates().range(draft.working.slot),
        "places": draft.places if draft.plan.bookable else None,
        "people": _people(draft),
        "warnings": warnings.get(draft.plan.code, []),
    }


def _people(draft: EditedItem) -> list[tuple[str, bool]]:
    """Return who takes part, and of whom the public is told no name.

    Names that are not public are for whoever could read them in the form.
    """
    if not access.may(Right.EDIT_PROGRAMME):
        return [(person.name or UNNAMED, False) for person in draft.working.people]
    return [
        (person.name or UNNAMED, person.is_withheld)
        for person in draft.plan.people
        if person.state is not PersonState.DECLINED
    ]
