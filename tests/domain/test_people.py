import pytest

from congress.domain.people import fold_email, fold_for_search, fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rathaus@example.org", "  Rathaus@Example.ORG "),
        ("müller@example.org", "MÜLLER@example.org"),
    ],
)
def test_addresses_are_the_same_but_for_case_and_spaces(one, other):
    assert fold_email(one) == fold_email(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Jutta", "de Jong"), ("JUTTA", "De  Jong")),
        (("René", "Groß"), ("Rene", "GROSS")),
        (("Haßlöwer",), ("hassl\N{LATIN SMALL LETTER O}\N{COMBINING DIAERESIS}wer",)),
    ],
)
def test_names_are_the_same_but_for_case_accents_and_spaces(one, other):
    assert fold_name(*one) == fold_name(*other)


def test_other_names_are_other_people():
    assert fold_name("Erika", "Muster") != fold_name("Erik", "Muster")


def test_search_keeps_words_apart():
    assert fold_for_search("Erika ", " Müßig", "Stadt  Lünen") == "erika mussig stadt lunen"
