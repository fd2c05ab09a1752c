"""A day of the programme as a plan of its rooms: what begins when, and where.

What has no room, or the day for itself, takes the whole row.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.planning.concerns import overlapping
from congress.domain.planning.item_plan import ItemPlan


@dataclass
class Row:
    """What begins at one moment: across all rooms, and in each of the grid's rooms."""

    starts_at: datetime
    across: list[ItemPlan] = field(default_factory=list)
    cells: dict[str, list[ItemPlan]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Grid:
    """The rooms in which something takes place beside something else, and the rows in order."""

    rooms: tuple[RoomPlan, ...]
    rows: tuple[Row, ...]


def grid_of(items: Sequence[ItemPlan], rooms: Sequence[RoomPlan]) -> Grid:
    """Return the plan of the rooms of one day."""
    in_order = sorted(items, key=lambda item: (item.slot, item.number or 0, item.code))
    beside = {spot.item.code for spot in overlapping(in_order)}
    rows: dict[datetime, Row] = {}
    for item in in_order:
        row = rows.setdefault(item.slot.starts_at, Row(item.slot.starts_at))
        if item.room is None or item.code not in beside:
            row.across.append(item)
        else:
            row.cells[item.room].append(item)
    used = {room for row in rows.values() for room in row.cells}
    return Grid(tuple(room for room in rooms if room.code in used), tuple(rows.values()))
