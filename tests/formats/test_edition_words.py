"""What is to be looked at in a new edition, in both languages."""

from datetime import date
from itertools import product

import pytest

from congress.domain.planning.cautions import Caution, Warned
from congress.domain.planning.remnants import CONGRESS_TEXTS, Remnant, Trace
from congress.formats import edition_words
from tests.domain.test_next_edition import LAST

DAY, UNTIL = date(2027, 10, 27), date(2027, 11, 6)


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_that_can_be_said_has_a_sentence(language):
    for kind, is_deadline in product(Warned, (False, True)):
        if (kind, is_deadline) in {(Warned.OVER, False), (Warned.CLOCKS_CHANGE, True)}:
            continue
        said = edition_words.caution(Caution(kind, DAY, "Name", UNTIL, is_deadline), language)
        assert "2027" in said
        assert "%(" not in said
    for trace, field in product(Trace, (*CONGRESS_TEXTS, "rooms")):
        said = edition_words.remnant(Remnant(trace, field, ("2015",)), language)
        assert "2015" in said
        assert "%(" not in said


@pytest.mark.parametrize(
    ("language", "caution", "span", "remnant"),
    [
        (
            "de",
            "Der 27. Oktober 2027 liegt in den Schulferien von Nordrhein-Westfalen ",
            "(Herbstferien, bis 6. November 2027).",
            "Imp: nennt noch 2015 und 21.10.",
        ),
        (
            "en",
            "27 October 2027 is in the school holidays of North Rhine-Westphalia ",
            "(Herbstferien, until 6 November 2027).",
            "Imp: still mentions 2015 and 21.10.",
        ),
    ],
)
def test_days_and_words_are_said_as_the_reader_says_them(language, caution, span, remnant):
    found = Caution(Warned.SCHOOL_HOLIDAYS, DAY, "Herbstferien", UNTIL)
    named = Remnant(Trace.DATE, "title", ("2015", "21.10."), LAST.items[0])

    assert edition_words.caution(found, language) == caution + span
    assert edition_words.remnant(named, language) == remnant
