"""What organisers note about somebody in a programme: equipment, travel, hotel, fee, and more."""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace

from congress.domain.errors import Refused
from congress.domain.planning.item_plan import changed_fields

LONGEST = 1_000  # characters of each
FIELDS: Mapping[str, str] = {
    each: each for each in ("equipment", "travel", "hotel", "honorarium", "notes")
}


class SheetUnseen(Refused):
    """Somebody else has changed the sheet since it was looked at."""


@dataclass(frozen=True)
class Sheet:
    """The notes about one person for one congress."""

    equipment: str = ""
    travel: str = ""
    hotel: str = ""
    honorarium: str = ""
    notes: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is noted."""
        return not any(astuple(self))

    @property
    def mark(self) -> str:
        """What tells it from any other; whoever sees no fee has another mark for the same."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]

    def seen_by(self, *, sees_fee: bool) -> "Sheet":
        """Return what somebody may see of it."""
        return self if sees_fee else replace(self, honorarium="")

    def changed_by(self, after: "Sheet", *, sees_fee: bool) -> "Sheet":
        """Return the sheet as somebody wants it; who does not see the fee leaves it as it is."""
        return after if sees_fee else replace(after, honorarium=self.honorarium)


def shown_fields(*, sees_fee: bool) -> tuple[str, ...]:
    """Return the names of what somebody may see."""
    return tuple(each for each in FIELDS if sees_fee or each != "honorarium")


def changed(before: Sheet, after: Sheet) -> tuple[str, ...]:
    """Return the names of what differs."""
    return changed_fields(before, after, FIELDS)
