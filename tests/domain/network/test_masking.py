"""Small groups are not told, whatever is added up, subtracted or shown beside."""

from collections import defaultdict

import pytest

from congress.domain.network.masking import FEW, NOBODY, SMALLEST, Count, apart, masked, total


@pytest.mark.parametrize(
    ("people", "told"),
    [(0, NOBODY), (1, FEW), (4, FEW), (5, Count(5, 5)), (150, Count(150, 150))],
)
def test_one_to_four_people_are_told_alike(people, told):
    assert masked(people) == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (0, 0, (NOBODY, NOBODY)),
        (40, 0, (Count(40, 40), NOBODY)),
        (35, 5, (Count(35, 35), Count(5, 5))),
        (37, 3, (Count(36, 39), FEW)),
        (3, 37, (FEW, Count(36, 39))),
        (4, 4, (Count(1, 7), Count(1, 7))),  # two hidden ones, and their sum is known
        (1, 8, (Count(1, 8), Count(1, 8))),
        (3, 0, (Count(0, 4), Count(0, 4))),
    ],
)
def test_two_parts_are_told_so_that_neither_gives_the_other_away(one, other, told):
    assert apart(one, other) == told


def test_every_number_that_a_hidden_part_may_have_is_told_in_the_same_way():
    behind = defaultdict(set)
    for whole in range(60):
        for one in range(whole + 1):
            behind[masked(whole), apart(one, whole - one)].add((one, whole - one))

    for (_whole, told), worlds in behind.items():
        for place in (0, 1):
            hidden = {world[place] for world in worlds}
            assert told[place].least <= min(hidden) <= max(hidden) <= told[place].most
            if any(0 < each < SMALLEST for each in hidden):
                assert hidden >= set(range(1, SMALLEST)), told


def test_a_sum_tells_no_more_than_its_parts():
    assert total([masked(40), masked(3), masked(0)]) == Count(41, 44)
    assert total([FEW, FEW]) == Count(2, 8)
    assert total([]) == NOBODY


def test_a_share_is_as_uncertain_as_the_number():
    assert Count(41, 44).share_of(50) == (82, 88)
    assert Count(1, 1).share_of(8) == (13, 13)  # 12.5


@pytest.mark.parametrize(
    ("count", "is_small"),
    [(NOBODY, False), (FEW, True), (Count(2, 8), True), (Count(5, 8), False), (Count(3, 3), False)],
)
def test_which_numbers_may_be_of_a_small_group(count, is_small):
    assert count.is_small is is_small
