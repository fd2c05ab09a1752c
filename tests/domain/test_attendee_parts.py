"""Parts of the list say the same as its lines."""

from datetime import UTC, datetime

from congress.domain.attendee_list import ListedAttendee
from congress.domain.attendee_parts import ListedPart
from congress.domain.registration import RegistrationState

AT = datetime(2026, 9, 1, tzinfo=UTC)
LINES = [
    ListedAttendee(number, state, "Ada", "", "a@x.org", "", {}, "de", AT, is_held=is_held)
    for number, (state, is_held) in enumerate(
        (state, is_held) for state in RegistrationState for is_held in (False, True)
    )
]


def test_a_part_has_the_fields_of_a_line_in_their_order():
    part = ListedPart(*zip(*LINES, strict=True))

    assert ListedPart._fields == ListedAttendee._fields
    assert part.lines() == LINES


def test_whoever_is_not_confirmed_is_so_in_a_line_and_in_a_part():
    part = ListedPart(*zip(*LINES, strict=True))

    assert part.is_unconfirmed == [each.is_unconfirmed for each in LINES]
    unconfirmed = [each.state for each in LINES if each.is_unconfirmed]
    assert unconfirmed == [each for each in RegistrationState if each != "cancelled"]
