"""What a workshop needs and is the same as, in a congress file: what cannot be is named."""

import pytest

from congress.domain.congress_file.problems import ProblemKind
from tests.domain.congress_file.test_reading import FILE, the_problem


@pytest.mark.parametrize(
    ("before", "after", "kind", "key", "line"),
    [
        (
            "places = 25",
            "places = 5\nminimum = 8",
            ProblemKind.MINIMUM_ABOVE_PLACES,
            "items[1].minimum",
            24,
        ),
        (
            "places = 25",
            "minimum_by = 2015-10-12",
            ProblemKind.MINIMUM_MISSING,
            "items[1].minimum_by",
            23,
        ),
        (
            "places = 25",
            'same_as = "ws-1"',
            ProblemKind.NOT_THE_FIRST,
            "items[1].same_as",
            23,
        ),
        (
            "places = 25",
            "minimum = 8\nminimum_by = 2015-10-21",
            ProblemKind.MINIMUM_TOO_LATE,
            "items[1].minimum_by",
            24,
        ),
        (
            "places = 25",
            "bookable = false\nminimum = 8",
            ProblemKind.PLACES_NOT_BOOKABLE,
            "items[1].minimum",
            24,
        ),
    ],
)
def test_a_minimum_that_cannot_be_is_named(before, after, kind, key, line):
    assert the_problem(FILE.replace(before, after)) == (kind, key, line)
