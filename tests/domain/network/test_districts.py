from congress.domain.network.districts import COLUMNS, DISTRICTS, KEYS, LANDS, ROWS
from congress.domain.network.keys import LANDS as ALL_LANDS


def test_all_53_districts_have_a_tile_of_their_own():
    assert len(DISTRICTS) == len(KEYS) == 53
    assert len({(each.column, each.row) for each in DISTRICTS}) == 53
    assert len({each.sign for each in DISTRICTS}) == len({each.name for each in DISTRICTS}) == 53
    assert {(each.column < COLUMNS, each.row < ROWS) for each in DISTRICTS} == {(True, True)}
    assert list(DISTRICTS) == sorted(DISTRICTS, key=lambda each: each.key)


def test_31_are_districts_and_22_are_towns():
    """The third figure of a key says the region, the two behind it whether it is a town."""
    towns = [each for each in DISTRICTS if int(each.key[3:]) < 34]
    assert len(towns) == 22
    assert {each.key[:3] for each in DISTRICTS} == {"051", "053", "055", "057", "059"}


def test_the_other_laender_are_the_fifteen():
    assert set(LANDS) == ALL_LANDS - {"05"}
