"""What is found in a line of the log by its words."""

import pytest

from congress.domain.log_filter import LogFilter

SAID = ("Jürgen Müller hat „1 Netzwerke“ gewählt.", "anna@example.org")


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("", True),
        ("Müller", True),
        ("mueller netz", True),
        ("anna@example.org gewählt", True),
        ("Müller Landschaften", False),
        ("%", False),
        ("x" * 10_000, False),
    ],
)
def test_every_word_has_to_stand_in_it(search, is_found):
    """SEC-34: a word is text and no pattern."""
    assert LogFilter(search=search).finds(*SAID) is is_found
