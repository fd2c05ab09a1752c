"""Texts in several languages."""

import pytest

from congress.domain.texts import in_one_line, left_behind

FREE = {"de": "kostenfrei", "en": "free of charge"}


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        (FREE, {"de": "20 Euro", "en": "free of charge"}, {"en": "free of charge"}),
        (FREE, {"de": "20 Euro", "en": "20 euros"}, {}),
        (FREE, {"de": "20 Euro"}, {}),
        (FREE, {"de": "kostenfrei", "en": "no charge"}, {}),
        (FREE, FREE, {}),
        (FREE, {}, {}),
        ({}, FREE, {}),  # both are new
        ({"de": "Forum", "en": "Plenum"}, {"de": "Plenum", "en": "Plenum"}, {}),  # says the same
        (
            {"de": "Raum 3", "en": "Room 3", "fr": "Salle 3"},
            {"de": "Saal", "en": "Hall", "fr": "Salle 3"},
            {"fr": "Salle 3"},
        ),
    ],
)
def test_a_translation_is_left_behind_by_a_german_text_that_changed(before, after, left):
    assert left_behind(before, after) == left


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Willy-Brandt-Platz 1\n44532 Lünen", "Willy-Brandt-Platz 1, 44532 Lünen"),
        ("Willy-Brandt-Platz 1,\r\n44532 Lünen\n", "Willy-Brandt-Platz 1, 44532 Lünen"),
        (" Rathaus\n\n  Markt 1 ", "Rathaus, Markt 1"),
        ("Kostenfrei.\nEssen zahlen Sie selbst.", "Kostenfrei. Essen zahlen Sie selbst."),
        ("Markt 1", "Markt 1"),
        ("\n", ""),
    ],
)
def test_what_was_typed_on_several_lines_does_not_run_together(typed, line):
    assert in_one_line(typed) == line
