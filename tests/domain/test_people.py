import pytest

from congress.domain.people import fold_email, fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rathaus@example.org", "  Rathaus@Example.ORG "),
        ("müller@example.org", "MÜLLER@example.org"),
        ("amt@xn--lnen-0ra.example", "Amt@Lünen.example"),
        ("amt@XN--LNEN-0RA.example", "amt@lu\N{COMBINING DIAERESIS}nen.example"),
    ],
)
def test_addresses_are_the_same_but_for_case_and_spaces(one, other):
    assert fold_email(one) == fold_email(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Jutta", "de Jong"), ("JUTTA", "De  Jong")),
        (("René", "Groß"), ("Rene", "GROSS")),
        (("Shane", "O'Neill"), ("Shane", "O\N{RIGHT SINGLE QUOTATION MARK}Neill")),
        (("Karl-Heinz", "Łoś"), ("Karl Heinz", "Los")),
        (("Haßlöwer",), ("hassl\N{LATIN SMALL LETTER O}\N{COMBINING DIAERESIS}wer",)),
    ],
)
def test_names_are_the_same_but_for_case_accents_and_spaces(one, other):
    assert fold_name(*one) == fold_name(*other)


def test_other_names_are_other_people():
    assert fold_name("Erika", "Muster") != fold_name("Erik", "Muster")


def test_an_address_that_is_no_punycode_is_left_as_it_is():
    for odd in ("a@xn--", "a@xn---", "a@xn--99999999999"):
        assert fold_email(odd) == odd
