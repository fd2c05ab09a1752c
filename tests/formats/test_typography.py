"""Soft hyphens and no-break spaces, as the mockups set them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.formats.typography import (
    NO_BREAK_SPACE,
    SOFT_HYPHEN,
    hold_together,
    hyphenate_softly,
    soften,
)


@pytest.mark.parametrize(
    "split",
    [
        "Engagement|landschaften",
        "Engagement|förderung",
        "Engagement|entwicklung",
        "Zusammen|arbeit",
        "Dialog|partnerinnen",
        "Netzwerk|kommunen",
        "Weiter|entwicklung",
        "Landes|aktivitäten",
        "Flüchtlings|bereich",
        "Bürger|schaftliches",
        "Gebärdensprach|dolmetschen",
        "Anmelde|bestätigung",
        "Netzwerk|koordination",
        "Daten|verarbeitung",
        "Prozess|begleitung",
    ],
)
def test_long_compounds_may_break_where_their_parts_meet(split: str) -> None:
    assert hyphenate_softly(split.replace("|", ""), "de").replace(SOFT_HYPHEN, "|") == split


def test_several_joints_of_one_word_each_get_a_soft_hyphen() -> None:
    word = hyphenate_softly("Netzwerkkoordinationsstelle", "de")
    assert word.split(SOFT_HYPHEN) == ["Netzwerk", "koordinations", "stelle"]


@pytest.mark.parametrize("word", ["Engagement", "Fachkongress", "Kommune"])
def test_short_words_stay_whole(word: str) -> None:
    assert hyphenate_softly(word, "de") == word


def test_a_word_split_by_hand_is_left_alone() -> None:
    by_hand = f"Engagement{SOFT_HYPHEN}landschaftsförderung"
    assert hyphenate_softly(by_hand, "de") == by_hand


@pytest.mark.parametrize(
    "address",
    [
        "netzwerkkoordination@engagementfoerderung.example",
        "https://example.org/engagementlandschaften",
    ],
)
def test_addresses_hold_nothing_invisible(address: str) -> None:
    assert hyphenate_softly(f"Engagementlandschaften: {address}.", "de").endswith(f" {address}.")


def test_english_words_stay_whole() -> None:
    assert hyphenate_softly("Internationalisation partnerorganisations", "en") == (
        "Internationalisation partnerorganisations"
    )


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("fördern – kommunale Strategien", "de", "fördern_– kommunale Strategien"),
        ("Mittwoch, 21. Oktober 2015", "de", "Mittwoch, 21._Oktober 2015"),
        ("Wednesday, 21 October 2015", "en", "Wednesday, 21_October 2015"),
        ("N. N., MFKJKS", "de", "N._N., MFKJKS"),
        ("z. B. in Lünen", "de", "z._B. in Lünen"),
        ("13.15 – 15.15 Uhr", "de", "13.15_– 15.15_Uhr"),
        ("Ein Satz. Ein zweiter.", "de", "Ein Satz. Ein zweiter."),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, language: str, expected: str) -> None:
    assert hold_together(text, language).replace(NO_BREAK_SPACE, "_") == expected


@given(st.text(), st.sampled_from(["de", "en", "fr"]))
def test_nothing_visible_is_changed_and_twice_is_once(text: str, language: str) -> None:
    softened = soften(text, language)
    plain = softened.replace(SOFT_HYPHEN, "").replace(NO_BREAK_SPACE, " ")
    assert plain == text.replace(SOFT_HYPHEN, "").replace(NO_BREAK_SPACE, " ")
    assert soften(softened, language) == softened
