"""One form for comparing, searching and putting in order."""

import pytest

from congress.domain.folding import (
    fold_for_order,
    fold_for_search,
    fold_in_turn,
    fold_sought,
    together,
)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("  Erika   MÜSSIG ", "erika mussig"),
        ("Groß, GROẞ, Gross", "gross, gross, gross"),
        ("Ämterverbund", "amterverbund"),
        ("U\u0308bung", "ubung"),  # a letter and its dots, as a Mac writes file names
        ("Søren Ærø Đorđe Łukasz", "soren aero dorde lukasz"),
        ("ǿ ß ð þ œ ħ ŧ ŋ", "o ss d th oe h t n"),
        ("IŞIK İnci ışık", "isik inci isik"),
        ("O'Neill O’Neill OʼNeill O`Neill O´Neill O′Neill", " ".join(["oneill"] * 6)),
        ("Anna-Lena Anna‐Lena Anna‑Lena Anna–Lena", " ".join(["anna lena"] * 4)),
        ("„Mehr“ »Ehren« amt", "mehr ehren amt"),
        ("ﬁnanz Ⅷ ２０２６", "finanz viii 2026"),
        ("Ge\u00admein\u200bde", "gemeinde"),  # what is not seen
        ("ver.di, a@b.de & Söhne", "ver.di, a@b.de & sohne"),
        ("amt@xn--lnen-0ra.example", "amt@lunen.example"),
        ("", ""),
    ],
)
def test_writings_have_one_form(written, form):
    assert fold_for_order(written) == form
    assert fold_for_order(form) == form


def test_order_is_that_of_a_dictionary():
    """DIN 5007-1: umlauts stand with their letters, and nothing before something."""
    names = ["Zander", "Übung", "Ulm", "Ämterverbund", "Amt Süd", "Amtsgericht", "Ost", "Özil"]

    assert sorted(names, key=fold_for_order) == [
        "Amt Süd",
        "Ämterverbund",
        "Amtsgericht",
        "Ost",
        "Özil",
        "Übung",
        "Ulm",
        "Zander",
    ]


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        *(("Müller", each) for each in ("Mueller", "mueller", "muller", "MÜLLER", "müll", "ller")),
        *(("Mueller", each) for each in ("Müller", "muller", "mue", "ueller", "eller")),
        *(("Übung", each) for each in ("uebung", "ubung", "Übung")),
        *(("Haßlöwer", each) for each in ("hassloewer", "HASSLÖWER", "hasslower")),
        *(("Søby", each) for each in ("soeby", "soby", "Søby")),
        *(("Neue Bauern", each) for each in ("neue", "eue", "auern", "ern", "bauer")),
        *(("amt@xn--lnen-0ra.de", each) for each in ("lünen.de", "luenen", "xn--lnen-0ra.de")),
        *(("amt@lünen.de", each) for each in ("xn--lnen-0ra.de", "AMT@XN--LNEN-0RA.DE")),
        ("O’Neill", "o'neill"),
        ("Maria Muster-Meier", "Muster–Meier"),
    ],
)
def test_each_writing_finds_the_others(written, sought):
    assert fold_sought(sought) in fold_for_search(written)


def test_other_letters_are_not_found():
    assert fold_sought("Möller") not in fold_for_search("Müller")


def test_of_several_texts_each_decides_where_those_before_are_alike():
    texts = [("Amt", "Zoll"), ("Ämt", "", "Zoo"), ("Amt Süd", "Anbau"), ("Amtsgericht", "")]

    keys = [fold_in_turn(*each) for each in texts]

    assert keys == sorted(set(keys))
    assert fold_in_turn("", "Sukarno") == fold_in_turn("Sukarno") == "sukarno"


def test_what_is_searched_in_stands_in_the_order_of_what_is_written():
    """The second writing, without ae, oe, ue, does not come between a name and a longer one."""
    assert sorted(["Bauer Ost", "Bauer"], key=fold_for_search) == ["Bauer", "Bauer Ost"]


def test_spellings_of_the_same_are_counted_as_the_one_that_most_use():
    counted = [
        ("ÖPNV", 2),
        ("öpnv ", 3),
        ("Opnv", 1),
        ("Bahn", 6),
        ("bahn", 1),
        ("''", 1),
        ("-", 1),
    ]

    assert together(counted) == [("Bahn", 7), ("öpnv ", 6), ("''", 1), ("-", 1)]
    assert together([("bahn", 1), ("Bahn", 1)]) == [("Bahn", 2)]
    assert together([]) == []
