import pytest

from congress.domain.network.districts import KEYS
from congress.domain.network.funder_report import by_area
from congress.domain.network.masking import FEW, NOBODY, Count
from congress.domain.network.tile_map import step_of, tiles


@pytest.mark.parametrize(
    ("people", "step"),
    [
        (NOBODY, 0),
        (FEW, 1),
        (Count(4, 16), 1),
        (Count(5, 5), 2),
        (Count(9, 12), 2),
        (Count(10, 10), 3),
        (Count(25, 25), 4),
        (Count(49, 49), 4),
        (Count(700, 700), 5),
    ],
)
def test_how_dark_a_tile_is(people, step):
    assert step_of(people) == step


def test_every_district_has_its_tile():
    districts, _elsewhere, _unknown = by_area({"05566": [7]}, {})
    found = {each.district.key: (each.people, each.step) for each in tiles(districts)}

    assert set(found) == KEYS
    assert found.pop("05566") == (Count(7, 7), 2)
    assert set(found.values()) == {(NOBODY, 0)}
