import pytest

from congress.domain.network import sizes
from congress.domain.network.sizes import SizeClass


@pytest.mark.parametrize(
    ("inhabitants", "size"),
    [
        (None, None),
        (0, SizeClass.UNDER_5000),
        (4_999, SizeClass.UNDER_5000),
        (5_000, SizeClass.FROM_5000),
        (19_999, SizeClass.FROM_5000),
        (20_000, SizeClass.FROM_20000),
        (50_000, SizeClass.FROM_50000),
        (100_000, SizeClass.FROM_100000),
        (499_999, SizeClass.FROM_100000),
        (3_700_000, SizeClass.FROM_500000),
    ],
)
def test_the_class_of_a_number_of_inhabitants(inhabitants, size):
    assert sizes.size_of(inhabitants) == size


def test_every_class_ends_where_the_next_begins():
    edges = [sizes.bounds(each) for each in SizeClass]

    assert edges[0][0] == 0
    assert edges[-1] == (500_000, None)
    assert [end for _start, end in edges[:-1]] == [start for start, _end in edges[1:]]
    for size in SizeClass:
        assert sizes.size_of(sizes.bounds(size)[0]) is size
