from datetime import date

import pytest

from congress.domain.network.terms import Term

FIRST, LAST = date(2015, 3, 1), date(2015, 8, 31)


@pytest.mark.parametrize(
    ("day", "open_end", "holds"),
    [
        (date(2015, 2, 28), False, False),
        (FIRST, False, True),
        (LAST, False, True),  # the last day counts to its end
        (date(2015, 9, 1), False, False),
        (date(2025, 9, 1), True, True),
        (date(2015, 2, 28), True, False),
    ],
)
def test_a_term_holds_from_its_first_to_its_last_day(day, open_end, holds):
    assert Term(FIRST, None if open_end else LAST).holds_on(day) is holds
