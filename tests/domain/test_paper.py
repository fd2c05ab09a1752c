"""What stands on printed sheets of a congress: kept by its names, and gone along with its days."""

from datetime import date

from congress.domain import paper
from congress.domain.paper import Meal, Paper

FIRST, SECOND = date(2015, 10, 21), date(2015, 10, 22)
STORED = {"funder_de": "Gefördert vom Land", "2015-10-21": "lunch", "2015-10-22": "lunch dinner"}


def test_a_row_says_who_funds_it_and_what_is_free_on_which_day():
    said = Paper.of(STORED)

    assert said.funder == {"de": "Gefördert vom Land"}
    assert said.free_on([FIRST]) == {FIRST: (Meal.LUNCH,)}
    assert said.free_on([date(2015, 10, 23)]) == {}
    assert paper.written(paper.whole(STORED, [FIRST, SECOND])) == STORED
    assert list(paper.whole({}, [FIRST])) == ["funder_de", "funder_en", "2015-10-21"]


def test_meals_stand_in_the_order_of_the_day_and_nothing_else_is_one():
    assert paper.as_text(["dinner", "breakfast", "tea"]) == "breakfast dinner"


def test_what_is_free_goes_along_with_its_day():
    third = date(2015, 10, 23)

    assert paper.moved(STORED, {FIRST: SECOND, SECOND: third}) == {
        "funder_de": "Gefördert vom Land",
        "2015-10-22": "lunch",
        "2015-10-23": "lunch dinner",
    }
    assert paper.moved(STORED, {FIRST: FIRST, SECOND: None}) == {
        "funder_de": "Gefördert vom Land",
        "2015-10-21": "lunch",
    }
    assert "2016-10-19" in paper.later(STORED, 52)
