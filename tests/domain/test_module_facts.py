"""What is known of each module: kept by day, shown in a form of all, moved along with its day."""

from datetime import date

import pytest

from congress.domain.module_facts import Module, later, module_on, moved, whole, written

FIRST, SECOND, NEW = date(2015, 10, 21), date(2015, 11, 18), date(2015, 11, 25)
STORED = {
    "2015-10-21": {"title_de": "Grundlagen", "title_en": "Basics", "place_de": "Rathaus Hamm"},
    "2015-11-18": {"title_de": "Recht"},
}


def test_a_form_has_every_text_of_every_day_and_gives_back_what_was_stored():
    values = whole(STORED, [FIRST, SECOND, NEW])
    assert len(values) == 3 * 4
    assert values["title_en-2015-10-21"] == "Basics"
    assert values["place_en-2015-11-25"] == ""
    assert written(values) == STORED


def test_a_module_has_what_was_said_in_each_language():
    assert module_on(STORED, FIRST) == Module(
        {"de": "Grundlagen", "en": "Basics"}, {"de": "Rathaus Hamm"}
    )
    assert module_on(STORED, NEW) == Module()


@pytest.mark.parametrize(
    ("moves", "titles"),
    [
        ({}, {"2015-10-21": "Grundlagen", "2015-11-18": "Recht"}),
        ({SECOND: NEW}, {"2015-10-21": "Grundlagen", "2015-11-25": "Recht"}),
        ({FIRST: SECOND, SECOND: FIRST}, {"2015-11-18": "Grundlagen", "2015-10-21": "Recht"}),
        ({FIRST: SECOND, SECOND: NEW}, {"2015-11-18": "Grundlagen", "2015-11-25": "Recht"}),
        ({FIRST: None}, {"2015-11-18": "Recht"}),
    ],
)
def test_what_is_said_goes_along_with_its_day(moves, titles):
    found = moved(STORED, moves)
    assert {day: texts["title_de"] for day, texts in found.items()} == titles


def test_the_next_course_begins_with_the_titles_and_has_to_find_its_places():
    assert later(STORED, 52) == {
        "2016-10-19": {"title_de": "Grundlagen", "title_en": "Basics"},
        "2016-11-16": {"title_de": "Recht"},
    }
