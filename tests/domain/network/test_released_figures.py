from datetime import date

import pytest

from congress.domain.network.funder_report import Period
from congress.domain.network.released_figures import (
    YearsNotOver,
    YearsReleasedAlready,
    overlaps,
    require_releasable,
)

TODAY = date(2017, 3, 1)


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ((2015, 2016), (2015, 2016), True),
        ((2015, 2016), (2016, 2018), True),
        ((2014, 2018), (2016, 2016), True),
        ((2015, 2016), (2017, 2017), False),
        ((2015, 2016), (2013, 2014), False),
    ],
)
def test_periods_with_a_year_in_common(one, other, is_so):
    assert overlaps(Period(*one), Period(*other)) is is_so
    assert overlaps(Period(*other), Period(*one)) is is_so


def test_only_years_that_are_over_are_released():
    require_releasable(Period(2015, 2016), [], today=TODAY)
    with pytest.raises(YearsNotOver):
        require_releasable(Period(2016, 2017), [], today=TODAY)


def test_a_year_is_released_once():
    require_releasable(Period(2015, 2016), [Period(2013, 2014)], today=TODAY)
    with pytest.raises(YearsReleasedAlready) as refusal:
        require_releasable(Period(2015, 2016), [Period(2016, 2016)], today=TODAY)
    assert refusal.value.period.called == "2016"
