"""What a municipality was to a meeting: one word and a number."""

import pytest

from congress.domain.network.meetings import Cell, Count, Presence, cell, present


@pytest.mark.parametrize(
    ("count", "belongs", "was_checked", "found"),
    [
        (Count(), True, False, Cell(Presence.NOTHING)),
        (Count(), False, True, Cell(Presence.NO_MEMBER)),
        (Count(invited=2), True, True, Cell(Presence.INVITED, 2)),
        (Count(invited=2), False, True, Cell(Presence.NO_MEMBER)),
        (Count(registered=2, invited=3), True, False, Cell(Presence.REGISTERED, 2)),
        (Count(registered=2), True, True, Cell(Presence.ABSENT, 2)),
        (Count(waiting=1), True, True, Cell(Presence.WAITING, 1)),
        (Count(registered=2, waiting=1), True, False, Cell(Presence.REGISTERED, 2)),
        (Count(present=1, registered=1), True, True, Cell(Presence.PRESENT, 1)),
        (Count(present=1), False, True, Cell(Presence.PRESENT, 1)),
    ],
)
def test_the_first_that_holds_counts(count, belongs, was_checked, found):
    assert cell(count, belongs=belongs, was_checked=was_checked) == found


def test_municipalities_are_counted_once_however_many_came():
    cells = [Cell(Presence.PRESENT, 2), Cell(Presence.PRESENT, 1), Cell(Presence.ABSENT, 3)]
    assert present(cells).people == 2
