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
    lines: tuple[datetime, ...] = ()  # its own, and those at which something ends before the next


@dataclass(frozen=True)
class Grid:
    """The rooms that have a column, and the rows in order."""

    rooms: tuple[RoomPlan, ...]
    rows: tuple[Row, ...]


def grid_of(
    items: Sequence[ItemPlan], rooms: Sequence[RoomPlan], *, shows_all: bool = False
) -> Grid:
    """Return the plan of one day.

    Columns are for rooms in which something takes place beside something else, or for all: who
    moves items wants to see where nothing is.
    """
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
    shown = tuple(room for room in rooms if shows_all or room.code in used)
    return Grid(shown, _lined(list(rows.values()), items))


def _lined(rows: Sequence[Row], items: Sequence[ItemPlan]) -> tuple[Row, ...]:
    """Give each row the moments to which something can be moved in it."""
    ends = sorted({item.slot.ends_at for item in items})
    following: list[datetime | None] = [row.starts_at for row in rows[1:]]
    for row, until in zip(rows, [*following, None], strict=False):
        later = (end for end in ends if row.starts_at < end and (until is None or end < until))
        row.lines = (row.starts_at, *later)
    return tuple(rows)
