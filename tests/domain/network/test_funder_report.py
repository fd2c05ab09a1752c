from datetime import date

import pytest

from congress.domain.congresses import CongressKind
from congress.domain.network.districts import KEYS
from congress.domain.network.funder_report import (
    KindFigures,
    Period,
    by_area,
    by_kind,
    by_year,
    find_period,
    of_occasions,
)
from congress.domain.network.masking import FEW, NOBODY, Count
from congress.domain.network.occasions import Occasion, Workshop

TODAY = date(2017, 3, 1)
FACHKONGRESS, MEETING = CongressKind.FACHKONGRESS, CongressKind.NETWORK_MEETING


def test_a_period_is_of_whole_years():
    period = find_period(2015, 2016, today=TODAY)
    assert period == Period(2015, 2016)
    assert (period.starts_on, period.ends_on) == (date(2015, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("first", "last"), [(2016, 2015), (2015, 2018), (1989, 2016), (1990, 2020), (1987, 2017)]
)
def test_other_periods_are_none(first, last):
    assert find_period(first, last, today=TODAY) is None


@pytest.mark.parametrize(
    ("occasion", "modes", "presence"),
    [
        # All came, none online; nobody was ticked off; three stayed away.
        (Occasion(MEETING, 40, 0, 40, 40), (Count(40, 40), NOBODY), (Count(40, 40), NOBODY)),
        (Occasion(MEETING, 40, 0, 40, None), (Count(40, 40), NOBODY), None),
        (Occasion(MEETING, 40, 0, 40, 37), (Count(40, 40), NOBODY), (Count(36, 39), FEW)),
        # Of a hybrid one only those who were to come can be missed.
        (
            Occasion(MEETING, 50, 10, 40, 30),
            (Count(40, 40), Count(10, 10)),
            (Count(30, 30), Count(10, 10)),
        ),
        # Came and stayed away would say that there were 40, and so that 3 were online.
        (Occasion(MEETING, 43, 3, 40, 30), (Count(39, 42), FEW), None),
    ],
)
def test_what_is_told_of_one_occasion(occasion, modes, presence):
    assert (occasion.modes, occasion.presence) == (modes, presence)


def test_figures_of_occasions_are_sums_of_what_is_told_of_each():
    occasions = [
        Occasion(MEETING, 40, 0, 40, 37),
        Occasion(MEETING, 20, 20, 20, None),
        Occasion(MEETING, 3, 0, 3, 3),
    ]
    workshops = [Workshop(MEETING, 18, 20), Workshop(MEETING, 2, 20), Workshop(MEETING, 9, None)]

    assert of_occasions(occasions, workshops, 7) == KindFigures(
        occasions=3,
        municipalities=7,
        registered=Count(61, 64),
        on_site=Count(40, 44),
        online=Count(20, 24),
        recorded=2,
        came=Count(36, 43),
        stayed_away=Count(1, 8),
        workshops=3,
        booked=Count(28, 31),
        places=40,
        filled=Count(19, 22),
    )


def test_a_share_of_places_leaves_out_what_a_few_people_fill():
    """One to four people of one place would be up to 400 percent."""
    small = [Workshop(MEETING, 1, 1), Workshop(MEETING, 2, 4)]
    found = of_occasions([], [*small, Workshop(MEETING, 3, 5)], 0)

    assert (found.workshops, found.booked) == (3, Count(3, 12))
    assert (found.places, found.filled) == (5, FEW)
    assert found.filled.share_of(found.places)[1] <= 100


def test_each_year_is_of_the_same_counts_as_all():
    period = Period(2015, 2016)
    occasions = [Occasion(MEETING, 3, 0, 3, None, 2015), Occasion(MEETING, 9, 0, 9, 7, 2016)]
    years = by_year(period, occasions, [], {2015: {1}, 2016: {1, 2}})

    whole = of_occasions(occasions, [], 2)
    assert list(years) == [2015, 2016]
    assert years[2015].registered + years[2016].registered == whole.registered == Count(10, 13)
    assert [each.municipalities for each in years.values()] == [1, 2]


def test_kinds_of_which_there_was_none_are_left_out():
    occasions = [Occasion(MEETING, 9, 0, 9, None), Occasion(FACHKONGRESS, 90, 0, 90, 80)]
    found = by_kind(occasions, [Workshop(FACHKONGRESS, 30, 30)], {MEETING: {1, 2}})

    assert list(found) == [FACHKONGRESS, MEETING]
    assert [each.municipalities for each in found.values()] == [0, 2]
    assert [each.workshops for each in found.values()] == [1, 0]


def test_a_district_with_few_people_does_not_tell_its_municipalities_either():
    people = {"05566": [3, 20], "05113": [2], "05111": [1, 1], "03": [6], "": [7]}
    municipalities = {"05566": {1, 2}, "05113": {3}, "05111": {4}, "03": {5}}
    districts, elsewhere, unknown = by_area(people, municipalities)

    assert set(districts) == KEYS
    told = {key: (each.people, each.municipalities) for key, each in districts.items()}
    assert told["05566"] == (Count(21, 24), 2)
    assert told["05113"] == (FEW, None)
    assert told["05111"] == (Count(2, 8), None)
    assert told["05112"] == (NOBODY, 0)
    assert [(each.name, each.municipalities) for each in elsewhere] == [("Niedersachsen", 1)]
    assert unknown == Count(7, 7)
