"""Badges: the sheets fit on their paper, and only what is new or changed is printed again."""

from dataclasses import replace

import pytest

from congress.domain.badges import (
    BY_KEY,
    SHEETS,
    Badge,
    Batch,
    is_due,
)
from congress.domain.kinds import PersonKind
from congress.domain.times.time_slots import TimeSlot
from tests.builders import TWO_HOURS
from tests.domain.test_public_calendar import DAY, ITEM

TITLE = "Engagement vor Ort"
EVA = Badge("r1", "Eva Öse", {"de": "Stadt Lünen"}, PersonKind.ATTENDEE, code="abc")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_a_sheet_of_badges_fits_on_its_paper_and_stands_in_the_middle(sheet):
    for at, count, between, start in (
        (0, sheet.columns, sheet.between_columns, sheet.left),
        (1, sheet.rows, sheet.between_rows, sheet.top),
    ):
        used = count * sheet.badge[at] + (count - 1) * between
        assert 2 * start + used == sheet.paper[at]


@pytest.mark.parametrize(
    ("key", "badges", "start", "sheets"),
    [
        ("90x54", 0, 1, 0),
        ("90x54", 10, 1, 1),
        ("90x54", 10, 2, 2),
        ("90x54", 1, 10, 1),
        ("105x148", 3, 1, 3),
    ],
)
def test_how_many_sheets_of_paper_are_needed(key, badges, start, sheets):
    assert BY_KEY[key].sheets(badges, start) == sheets


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Eva Oese"},
        {"organisation": {"de": "Stadt Köln"}},
        {"kind": PersonKind.TEAM},
        {"without_photos": True},
        {"code": "another"},
    ],
)
def test_whatever_changes_on_a_badge_has_it_printed_again(change):
    printed = {"r1": EVA.digest(TITLE)}
    assert not is_due(printed, "r1", replace(EVA).digest(TITLE))
    assert is_due(printed, "r1", replace(EVA, **change).digest(TITLE))
    assert is_due(printed, "r1", EVA.digest("Anders"))
    assert is_due(printed, "r2", EVA.digest(TITLE))


@pytest.mark.parametrize(
    "change",
    [
        {"number": 2},
        {"face": replace(ITEM.face, room={"de": "Raum 2"})},
        {"face": replace(ITEM.face, title={"de": "Anders"})},
        {"face": replace(ITEM.face, short_title={"de": "Kurz"})},
        {"face": replace(ITEM.face, slot=TimeSlot(DAY.ends_at, DAY.ends_at + TWO_HOURS))},
    ],
)
def test_workshops_that_are_printed_on_a_badge_are_printed_as_they_are(change):
    with_it = replace(EVA, workshops=(ITEM,))
    changed = replace(EVA, workshops=(replace(ITEM, **change),))
    assert len({each.digest(TITLE) for each in (EVA, with_it, changed)}) == 3


def test_a_batch_tells_what_is_new_from_what_has_changed():
    digests = {holder: EVA.digest(TITLE) for holder in ("r1", "r2", "r3")}
    found = Batch((), digests, {"r1": digests["r1"], "r2": "other"}, 0, 0, 0)
    assert [found.is_new(each) for each in digests] == [False, False, True]
    assert [found.is_changed(each) for each in digests] == [False, True, False]
