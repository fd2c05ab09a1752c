"""Parts of the list say the same as its lines."""

from datetime import UTC, datetime

from congress.domain.attendee_list import ListedAttendee
from congress.domain.attendee_parts import ListedPart
from congress.domain.registration import RegistrationState

AT = datetime(2026, 9, 1, tzinfo=UTC)
LINES = [
    ListedAttendee(number, state, "Ada", "", "a@x.org", "", {}, "de", AT, unconfirmed_until=until)
    for number, (state, until) in enumerate(
        (state, until) for state in RegistrationState for until in (None, AT)
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
