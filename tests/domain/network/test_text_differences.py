"""What is different in a later version of a text, by paragraphs and words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.domain.network.text_differences import (
    Change,
    differences,
    is_changed,
    paragraphs,
)

MARKED = {Change.SAME: "{}", Change.GONE: "[-{}-]", Change.NEW: "[+{}+]"}


def shown(before, after):
    return [
        "".join(MARKED[piece.change].format(piece.text) for piece in pieces)
        for pieces in differences(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "", []),
        ("Gleich.", "Gleich.", ["Gleich."]),
        ("", "Neu.", ["[+Neu.+]"]),
        ("Alt.", "", ["[-Alt.-]"]),
        (
            "Wir fördern Ehrenamt.",
            "Wir stärken Ehrenamt.",
            ["Wir [-fördern-][+stärken+] Ehrenamt."],
        ),
        ("Eins.\n\nZwei.", "Eins.\n\nDazwischen.\n\nZwei.", ["Eins.", "[+Dazwischen.+]", "Zwei."]),
        ("Völlig anders", "Kein Wort davon!", ["[-Völlig anders-]", "[+Kein Wort davon!+]"]),
        ("# Ziel\n\n**Mut** haben", "## Ziel\n\nMut haben", ["Ziel", "Mut haben"]),  # looks only
        ("Ein\nSatz", "Ein Satz", ["Ein Satz"]),  # where a line was broken
        ("- eins\n- zwei", "- eins\n- drei\n- zwei", ["- eins", "[+- drei+]", "- zwei"]),
    ],
)
def test_what_changed(before, after, said):
    assert shown(before, after) == said


@given(st.text("ab \n-#*"), st.text("ab \n-#*"))
def test_both_texts_can_be_read_out_of_the_differences(before, after):
    found = differences(before, after)
    for text, left_out in ((before, Change.NEW), (after, Change.GONE)):
        kept = [
            "".join(piece.text for piece in pieces if piece.change is not left_out)
            for pieces in found
        ]
        assert [each for each in kept if each] == paragraphs(text)
    assert any(map(is_changed, found)) == (paragraphs(before) != paragraphs(after))


def test_a_long_text_is_compared_quickly():
    words = [f"Wort{number % 997}" for number in range(7_000)]
    before = "\n\n".join(" ".join(words[start : start + 50]) for start in range(0, 7_000, 50))
    after = before.replace("Wort13 ", "Ort13 ")
    began = time.process_time()
    assert sum(map(is_changed, differences(before, after))) == 8
    assert time.process_time() - began < 1
