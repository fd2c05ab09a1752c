"""How the attendee list stands in a file: by person or by booking, and what a workbook adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.domain.attendee_list import ListedBooking, Wanted
from congress.domain.attendee_parts import ListedPart
from congress.domain.errors import Refused
from congress.domain.registration import BookingState

MOST_PRINTED_COLUMNS = 12  # of a sheet of paper, so that words keep their shape
MOST_PRINTED_LINES = 2_000  # fifty sheets: while it is made, each line takes 120 KB of memory


@dataclass(eq=False)
class TooWideToPrint(Refused):
    """A list has more columns than a sheet of paper."""

    columns: int
    most: int = MOST_PRINTED_COLUMNS


@dataclass(eq=False)
class TooLongToPrint(Refused):
    """Nobody prints so many lines; and making them would take the memory of all others."""

    most: int = MOST_PRINTED_LINES


class Line(StrEnum):
    """What one line of a file is about."""

    PERSON = "person"
    BOOKING = "booking"  # a place in a workshop, or a wait for one


class Several(StrEnum):
    """Where the answers to a question stand of which one may choose several."""

    JOINED = "joined"  # in one column, parted by commas
    APART = "apart"  # one column each


class Extra(StrEnum):
    """Further sheets of a workbook."""

    WORKSHOPS = "workshops"  # one for each workshop, with those who have a place in it
    TOTALS = "totals"


@dataclass(frozen=True)
class Shape:
    """How a list is laid out; `extras` stand in workbooks alone."""

    line: Line = Line.PERSON
    several: Several = Several.JOINED
    extras: frozenset[Extra] = frozenset()


USUAL = Shape()


def bookings_meant(part: ListedPart, wanted: Wanted) -> list[Sequence[ListedBooking]]:
    """Return of each person the bookings that a list is about: all, or those it is filtered by."""
    by_item = {wanted.workshop_id: True, wanted.waiting_for_id: False}
    by_item.pop(None, None)
    if not by_item:
        return list(part.bookings)
    return [
        [
            each
            for each in bookings
            if by_item.get(each.item_id) is (each.state is BookingState.CONFIRMED)
        ]
        for bookings in part.bookings
    ]
