"""Size classes of municipalities, by their inhabitants."""

from collections.abc import Mapping
from enum import StrEnum


class SizeClass(StrEnum):
    """How large a municipality is; the number in the name is its smallest."""

    UNDER_5000 = "under-5000"
    FROM_5000 = "from-5000"
    FROM_20000 = "from-20000"
    FROM_50000 = "from-50000"
    FROM_100000 = "from-100000"
    FROM_500000 = "from-500000"


# How many inhabitants at least; the next one's least is too many.
LEAST: Mapping[SizeClass, int] = {
    SizeClass.UNDER_5000: 0,
    SizeClass.FROM_5000: 5_000,
    SizeClass.FROM_20000: 20_000,
    SizeClass.FROM_50000: 50_000,
    SizeClass.FROM_100000: 100_000,
    SizeClass.FROM_500000: 500_000,
}


def size_of(inhabitants: int | None) -> SizeClass | None:
    """Return the size class; None where the number of inhabitants is not known."""
    if inhabitants is None:
        return None
    return max((each for each in SizeClass if LEAST[each] <= inhabitants), key=LEAST.__getitem__)


def bounds(size: SizeClass) -> tuple[int, int | None]:
    """Return from how many inhabitants a class goes to below how many; the largest has no end."""
    above = [least for least in LEAST.values() if least > LEAST[size]]
    return LEAST[size], min(above, default=None)
