"""How long signed sheets are kept as evidence, and how many there may be."""

from datetime import date

import pytest

from congress.domain.signed_papers import (
    MOST_BYTES,
    MOST_PAPERS,
    EvidenceDayOutside,
    TooManyPapers,
    require_day,
    require_room,
    usual_end,
)

LAST_DAY = date(2015, 10, 21)


@pytest.mark.parametrize(
    ("last_day", "end"),
    [
        (LAST_DAY, date(2020, 12, 31)),
        (date(2015, 12, 31), date(2020, 12, 31)),
        (date(2016, 1, 1), date(2021, 12, 31)),
        (date(2016, 2, 29), date(2021, 12, 31)),
    ],
)
def test_they_are_kept_for_five_years_from_the_end_of_the_year(last_day, end):
    assert usual_end(last_day) == end


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        (date(2015, 10, 20), False),
        (LAST_DAY, True),
        (date(2030, 12, 31), True),
        (date(2031, 1, 1), False),
    ],
)
def test_a_day_lies_between_the_event_and_fifteen_years_after(day, is_taken):
    if is_taken:
        require_day(day, LAST_DAY)
        return
    with pytest.raises(EvidenceDayOutside) as refused:
        require_day(day, LAST_DAY)
    assert (refused.value.first, refused.value.last) == (LAST_DAY, date(2030, 12, 31))


@pytest.mark.parametrize(
    ("sizes", "size", "is_room"),
    [
        ([], MOST_BYTES, True),
        ([], MOST_BYTES + 1, False),
        ([1], MOST_BYTES - 1, True),
        ([1], MOST_BYTES, False),
        ([1] * (MOST_PAPERS - 1), 1, True),
        ([1] * MOST_PAPERS, 1, False),
    ],
)
def test_there_is_room_for_so_many(sizes, size, is_room):
    if is_room:
        require_room(sizes, size)
        return
    with pytest.raises(TooManyPapers):
        require_room(sizes, size)
