"""Releasing one programme item: its working values become what the public sees."""

from datetime import datetime

from congress.models import ProgrammeItem
from congress.queries.faces import released_face, working_face
from congress.queries.programme import as_json


def show(row: ProgrammeItem, *, now: datetime) -> bool:
    """Release the working values of an item; returns whether its face changed.

    SEQUENCE and DTSTAMP of the public entry change with the face only, so that an unchanged
    item gives unchanged bytes (RFC 5546, section 2.1.4).
    """
    before, after = released_face(row), working_face(row)
    if before == after:
        return False
    row.released = as_json(after)
    row.released_starts_at = after.slot.starts_at
    row.released_ends_at = after.slot.ends_at
    if before is not None:
        row.sequence += 1
        row.revised_at = max(now, row.revised_at)
    return True
