import pytest

from congress.domain.folding import fold_for_order
from congress.domain.people import fold_email, fold_name, name_order


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rathaus@example.org", "  Rathaus@Example.ORG "),
        ("müller@example.org", "MÜLLER@example.org"),
        ("amt@xn--lnen-0ra.example", "Amt@Lünen.example"),
        ("amt@XN--LNEN-0RA.example", "amt@lu\N{COMBINING DIAERESIS}nen.example"),
        ("amt@xn--strae-oqa.example", "amt@STRAßE.example"),
        ("amt@ΟΔΟΣ.example", "amt@οδοσ.example"),
    ],
)
def test_addresses_are_the_same_but_for_case_and_spaces(one, other):
    assert fold_email(one) == fold_email(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x@xn--strae-oqa.de", "x@strasse.de"),  # straße.de, which IDNA2008 gives to anybody
        ("x@straße.de", "x@strasse.de"),
        ("x@xn--pxavbm.gr", "x@xn--pxavbq.gr"),  # sigma at the end of a word, and elsewhere
        ("x@οδος.gr", "x@οδοσ.gr"),
        ("x@xn--strasse-.de", "x@strasse.de"),  # no domain, but nor is it that one
        ("x@xn--strasse-xpa.de", "x@xn--strasse-8wa.de"),
        ("weiß@example.org", "weiss@example.org"),
        ("xn--strae-oqa@example.org", "straße@example.org"),  # Punycode is for domains
        ("müller@example.org", "mueller@example.org"),
    ],
)
def test_two_mailboxes_are_not_one(one, other):
    """SEC-24, SEC-27: whoever counts as the same address gets the links of the other."""
    assert fold_email(one) != fold_email(other)


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


IN_ORDER = (  # family name, given name
    ("Attrappe", "Karin"),
    ("Attrappe", "Stefanie"),
    ("Attrappe-Mustermann", "Şükrü"),
    ("Attrappe Zander", "Ada"),
    ("Cem", ""),
    ("", "Dana"),  # one name stands at its letter, whichever it is
    ("Dana", "Ali"),
    ("de Vries", "Anna"),
    ("Muller", "Zoë"),
    ("Müller", "Zora"),
    ("Müller Lüdenscheidt", "Anna"),
    ("Müller-Lüdenscheidt", "Berta"),
    ("Müller Lüdenscheidt", "Carl"),
    ("Müllerin", "Anna"),
    ("von Beispiel", "Xaver"),
    ("von der Beispiel", "Anna"),
    ("Vonn", "Anna"),
)


def test_the_family_name_decides_first_and_then_the_given_name():
    """DIN 5007: an umlaut stands with its letter, a hyphen as a space."""
    keys = [name_order(*each) for each in IN_ORDER]

    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("titled", "plain"),
    [
        (("Muster", "Dr. Anna"), ("Muster", "Anna")),
        (("Dr. Muster", "Anna"), ("Muster", "Anna")),
        (("Prof. Dr.-Ing. Muster", "Anna"), ("Muster", "Anna")),
        (("Muster", "Univ.-Prof. Dr. h. c. mult. Anna"), ("Muster", "Anna")),
        (("Muster", "Dr. rer. nat. J. R."), ("Muster", "J. R.")),
        (("Muster", "Dr. C. A."), ("Muster", "C. A.")),
        (("Muster", "PD Dr Anna"), ("Muster", "Anna")),
        (("Muster", "Dr.med. Anna"), ("Muster", "Anna")),
    ],
)
def test_academic_titles_do_not_count(titled, plain):
    assert name_order(*titled) == name_order(*plain)


@pytest.mark.parametrize("name", ["Dr.", "Mag", "Drost", "Prof", "H. C. Muster", "Dipl"])
def test_what_is_no_title_or_all_there_is_counts(name):
    assert name_order("", name) == fold_for_order(name)
