"""What is found in the archive: every word somewhere, an item by its own words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.archive import (
    LONGEST_SOUGHT,
    MOST_SOUGHT_WORDS,
    Archived,
    ArchivedItem,
    Sought,
    examples,
    past,
    search,
)
from congress.domain.congresses import CongressState
from congress.domain.folding import fold_for_search
from congress.domain.times.time_slots import TimeSlot
from tests.builders import AFTERWARDS, OPEN
from tests.domain.test_public_calendar import CONGRESS, DAY

EARLIER = TimeSlot(DAY.starts_at - timedelta(days=365), DAY.ends_at - timedelta(days=365))


def an_item(code: str, words: str, place: str = "", topic: str = "") -> ArchivedItem:
    return ArchivedItem(
        code, {"de": words}, fold_for_search(words, place, topic), True, place, topic
    )


ARCHIVE = [
    Archived(
        CONGRESS,
        fold_for_search("Bürgerschaftliches Engagement", "Lünen", "2015"),
        fold_for_search("Gut besucht"),
        (an_item("a", "Netzwerke für Müll"), an_item("b", "Jugend", "Bottrop", "Schule")),
    ),
    Archived(CONGRESS, fold_for_search("Nachbarschaft", "Essen", "2012"), "", ()),
]


@pytest.mark.parametrize(
    ("sought", "congresses", "items"),
    [
        (Sought(), [0, 1], ""),
        (Sought("luenen"), [0], ""),
        (Sought("LÜNEN netz"), [0], "a"),
        (Sought("muell"), [0], "a"),
        (Sought("2015 jugend schule"), [0], "b"),
        (Sought("besucht"), [0], ""),
        (Sought("netzwerke essen"), [], ""),
        (Sought("%"), [], ""),
        (Sought(only_examples=True), [0], "b"),
        (Sought(municipality="Bottrop"), [0], "b"),
        (Sought(topic="Schule", text="lünen"), [0], "b"),
        (Sought(topic="Wohnen"), [], ""),
        (Sought("netzwerke", only_examples=True), [], ""),
        (Sought(municipality="Bottrop", topic="Wohnen"), [], ""),
        # What is too much of it does not matter.
        (Sought(" ".join(["luenen"] * MOST_SOUGHT_WORDS + ["nirgends"])), [0], ""),
        (Sought("luenen" + " " * LONGEST_SOUGHT + "nirgends"), [0], ""),
    ],
)
def test_what_fits(sought, congresses, items):
    found = search(ARCHIVE, sought)
    assert [ARCHIVE.index(each.archived) for each in found] == congresses
    assert "".join(item.code for each in found for item in each.items) == items


def test_only_what_has_taken_place_is_past():
    off = Archived(replace(CONGRESS, state=CongressState.CANCELLED), "", "", ())
    earlier = Archived(replace(CONGRESS, days=(EARLIER,)), "", "", ())
    there = [earlier, *ARCHIVE, off]
    assert past([*ARCHIVE, off], OPEN) == []
    assert past(there, OPEN) == [earlier]
    assert past(there, AFTERWARDS + timedelta(days=1)) == [*ARCHIVE, earlier]  # the latest first
    assert [each.code for each in examples(ARCHIVE)] == ["b"]
