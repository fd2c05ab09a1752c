"""Where items were before they moved: kept beside what is released, one entry for each move."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from congress.domain.planning.contributors import Meeting
from congress.domain.programme import Face
from congress.domain.times.time_slots import TimeSlot

MOVES = "moves"


def after_move(
    released: Mapping[str, Any], before: Face | None, after: Face, *, now: datetime
) -> dict[str, Any]:
    """Return the moves to keep with a new face, that from `before` among them."""
    moves = list(released.get(MOVES, ()))
    if before is not None and (before.slot, before.room) != (after.slot, after.room):
        moves.append(
            {
                "at": now.isoformat(),
                "starts_at": before.slot.starts_at.astimezone(UTC).isoformat(),
                "ends_at": before.slot.ends_at.astimezone(UTC).isoformat(),
                "room": dict(before.room),
            }
        )
    return {MOVES: moves} if moves else {}


def shown_at(released: Mapping[str, Any], moment: datetime) -> Meeting | None:
    """Return when and where an item was shown at a moment; None where it has not moved since."""
    moves = released.get(MOVES, ())
    first = next((each for each in moves if datetime.fromisoformat(each["at"]) > moment), None)
    if first is None:
        return None
    starts_at, ends_at = map(datetime.fromisoformat, (first["starts_at"], first["ends_at"]))
    return Meeting(TimeSlot(starts_at, ends_at), first["room"])
