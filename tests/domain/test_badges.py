"""Badges: the sheets fit on their paper, and only what is new or changed is printed again."""

from dataclasses import replace

import pytest

from congress.domain.badges import (
    BY_KEY,
    MOST_AT_ONCE,
    SHEETS,
    Badge,
    BadgeWish,
    Which,
    batch,
)
from congress.domain.kinds import PersonKind
from congress.domain.times.time_slots import TimeSlot
from tests.builders import TWO_HOURS
from tests.domain.test_public_calendar import DAY, ITEM

TITLE = "Engagement vor Ort"
EVA = Badge("r1", "Eva Öse", {"de": "Stadt Lünen"}, PersonKind.ATTENDEE, code="abc")
JO, KIM = replace(EVA, holder="r2", name="Jo Li"), replace(EVA, holder="p3", name="Kim")
EVERYBODY = (EVA, JO, KIM)


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
    printed = {each.holder: each.digest(TITLE) for each in EVERYBODY}
    wish = BadgeWish()
    assert batch(EVERYBODY, printed, wish, TITLE).badges == ()
    changed = replace(EVA, **change)
    found = batch((changed, JO, KIM), printed, wish, TITLE)
    assert (found.badges, found.changed, found.new) == ((changed,), frozenset({"r1"}), frozenset())
    assert batch(EVERYBODY, printed, wish, "Anders").changed == {"r1", "r2", "p3"}


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


def test_no_more_are_printed_at_once_than_a_file_holds():
    many = [replace(EVA, holder=f"r{number}") for number in range(MOST_AT_ONCE + 2)]
    printed = {"r0": many[0].digest(TITLE)}
    found = batch(many, printed, BadgeWish(), TITLE)
    assert found.badges == tuple(many[1 : MOST_AT_ONCE + 1])
    assert (found.everybody, len(found.new), found.left) == (len(many), len(many) - 1, 1)


@pytest.mark.parametrize(
    ("wish", "printed", "holders"),
    [
        (BadgeWish(), {}, ["r1", "r2", "p3"]),
        (BadgeWish(), {"r1": EVA.digest(TITLE), "r2": "old"}, ["r2", "p3"]),
        (BadgeWish(Which.ALL), {"r1": EVA.digest(TITLE)}, ["r1", "r2", "p3"]),
        (BadgeWish(holder="r1"), {"r1": EVA.digest(TITLE)}, ["r1"]),
        (BadgeWish(holder="r9"), {}, []),
    ],
)
def test_those_are_printed_who_are_asked_for(wish, printed, holders):
    found = batch(EVERYBODY, printed, wish, TITLE)
    assert [each.holder for each in found.badges] == holders
    assert list(found.digests) == holders
    assert (found.everybody, found.left) == (3, 0)
