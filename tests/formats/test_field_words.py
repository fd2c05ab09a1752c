"""The words of the fields: none is missing, whatever is declared."""

import pytest

from congress.domain.attendee_list import COLUMNS
from congress.domain.fields import ASSISTANCE, FIELDS, FieldKind
from congress.formats.attendee_list import headings
from congress.formats.field_words import field_words, listed

LANGUAGES = ["de", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_label_and_says_when_it_is_missing(language):
    words = field_words(language)

    assert list(words) == [*(each.name for each in FIELDS), ASSISTANCE]
    assert all(each.label for each in words.values())
    # What is wrong with an address is said by what reads addresses.
    lines = [each.name for each in FIELDS if each.kind is not FieldKind.EMAIL]
    assert all(words[name].missing for name in lines)


@pytest.mark.parametrize(
    ("language", "person", "place"),
    [
        ("de", "Stand Nachname Vorname E-Mail Organisation AGS Funktion", "Workshop Warteliste"),
        ("en", "Status Last name First name Email Organisation AGS Job title", "Workshop Waiting"),
    ],
)
def test_every_column_of_a_file_has_its_heading(language, person, place):
    words = headings(language)

    assert set(words) == set(COLUMNS)
    row = " ".join(words[column][0] for column in COLUMNS)
    assert row.startswith(person)
    assert f" {place}" in row.removeprefix(person)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "Vorname, Nachname und E-Mail"), ("en", "First name, Last name and Email")],
)
def test_labels_stand_in_a_sentence(language, expected):
    assert listed(FIELDS[:3], language) == expected
