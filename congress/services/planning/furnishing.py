"""Changing the rooms of a congress, all at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from congress.domain.access import Actor
from congress.domain.congress_file.plan import RoomPlan
from congress.domain.planning.rooms import (
    RoomsChange,
    RoomsEditedMeanwhile,
    change_of,
    require_empty,
    version_of,
    with_codes,
)
from congress.queries.planning import scheduling as queries
from congress.services import auditing
from congress.services.planning import adopting, publishing
from congress.transaction import transaction


def edit_rooms(
    congress_id: int, rooms: Sequence[RoomPlan], *, version: str, actor: Actor, now: datetime
) -> RoomsChange:
    """Save the rooms in this order; one without a code is new. Returns what changed.

    A new name is a change of each item in the room, and public after the next release. Raises
    RoomsEditedMeanwhile when `version` is not that of the rooms saved last, and RoomInUse.
    """
    with transaction():
        row, _seen = publishing.hold(congress_id)
        before = queries.rooms(congress_id)
        if version_of(before) != version:
            raise RoomsEditedMeanwhile
        plans = with_codes(rooms)
        change = change_of(before, plans)
        require_empty(change, queries.items_by_room(congress_id))
        if change:
            adopting.write_rooms(row, plans)
            adopting.drop_rooms(row, plans, [])
            auditing.record(
                "rooms_edited",
                actor=actor,
                now=now,
                congress_id=congress_id,
                details=_stated(change),
            )
    return change


def _stated(change: RoomsChange) -> dict[str, Any]:
    return {
        "rooms_added": [dict(room.name) for room in change.added],
        "rooms_removed": [dict(room.name) for room in change.removed],
        "names": [[dict(was.name), dict(now.name)] for was, now in change.renamed],
        "seats": [[dict(now.name), was.seats, now.seats] for was, now in change.reseated],
        "is_reordered": change.is_reordered,
    }
