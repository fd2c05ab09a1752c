"""Rows of the signed paper as people type them, in two languages, and what comes of a paper."""

import pytest

from congress.domain.attendance import CameBy
from congress.domain.sign_in import (
    NoRowsSaid,
    NoSuchRows,
    OnPaper,
    RowsNotUnderstood,
    Taking,
    in_short,
    read_rows,
    taking,
)

TWENTY = 20


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("alle außer 4, 17", "1-3, 5-16, 18-20"),
        ("Alle ausser: 4 und 17.", "1-3, 5-16, 18-20"),
        ("ALLE, bis auf 4", "1-3, 5-20"),
        ("alle ohne 1 bis 3", "4-20"),
        ("all but 3", "1-2, 4-20"),
        ("everyone except for 3", "1-2, 4-20"),
        ("1-12, 15", "1-12, 15"),
        ("1 – 12; 15.", "1-12, 15"),
        ("3. 4.\n5.", "3-5"),
        ("4, 4, 2-4", "2-4"),
        ("1 to 3 and 7", "1-3, 7"),
        ("alle", "1-20"),
        (" Everybody. ", "1-20"),
        ("keine", ""),
        ("Niemand.", ""),
        ("none", ""),
    ],
)
def test_rows_are_read_as_people_write_them(typed, rows):
    assert in_short(read_rows(typed, TWENTY)) == rows


@pytest.mark.parametrize(
    ("typed", "refused", "facts"),
    [
        ("", NoRowsSaid, {}),
        (" ;, ", NoRowsSaid, {}),
        ("alle außer", NoRowsSaid, {}),
        ("alle 4", RowsNotUnderstood, {"parts": ("alle",)}),
        ("4, Frau Meier, 17", RowsNotUnderstood, {"parts": ("frau", "meier")}),
        ("12-1, bis 3", RowsNotUnderstood, {"parts": ("12-1", "-3")}),
        ("1-3-5", RowsNotUnderstood, {"parts": ("1-3-5",)}),
        ("٣", RowsNotUnderstood, {"parts": ("٣",)}),
        ("0, 7, 21, 99", NoSuchRows, {"numbers": (0, 21, 99), "last": 20}),
        ("18-999999", NoSuchRows, {"numbers": (999999,), "last": 20}),
        ("alle außer 21", NoSuchRows, {"numbers": (21,), "last": 20}),
    ],
)
def test_what_names_no_rows_is_said(typed, refused, facts):
    with pytest.raises(refused) as caught:
        read_rows(typed, TWENTY)
    assert vars(caught.value) == facts


def test_a_sheet_with_nobody_on_it_has_no_rows():
    assert read_rows("alle", 0) == frozenset()
    with pytest.raises(NoSuchRows):
        read_rows("1", 0)


# 1 to 4 stand on the sheet, 5 and 6 do not; 4 and 6 have no place.
PAPER, DOOR = CameBy.PAPER, CameBy.DOOR
NOTHING = {"added": (), "removed": (), "kept": (), "refused": ()}


@pytest.mark.parametrize(
    ("signed", "others", "dropped", "noted", "comes", "is_plain"),
    [
        ((1, 2), (), (), {}, {"added": (1, 2)}, True),
        ((1,), (5,), (), {}, {"added": (1, 5)}, True),
        ((1, 2), (), (), {1: PAPER, 2: DOOR}, {}, True),
        # A day known by a workshop alone is known better from the paper.
        ((1,), (), (), {1: CameBy.WORKSHOP}, {"added": (1,)}, True),
        ((), (), (), {1: CameBy.WORKSHOP}, {}, True),
        ((1,), (), (), {2: PAPER}, {"added": (1,), "removed": (2,)}, False),
        ((1,), (), (), {5: PAPER}, {"added": (1,)}, True),  # of another sheet
        ((1,), (), (5,), {5: PAPER}, {"added": (1,), "removed": (5,)}, False),
        ((1,), (5,), (5,), {5: PAPER}, {"added": (1,)}, True),
        ((1,), (), (), {2: DOOR}, {"added": (1,), "kept": (2,)}, False),
        ((1,), (), (5,), {5: DOOR}, {"added": (1,)}, True),
        ((1, 4), (6,), (), {}, {"added": (1,), "refused": (4, 6)}, False),
        # Whoever left the congress after they had come was there.
        ((4,), (), (), {4: DOOR}, {}, True),
        ((4,), (), (), {4: PAPER}, {}, True),
    ],
)
def test_what_comes_of_a_paper(signed, others, dropped, noted, comes, is_plain):
    paper = OnPaper(*map(frozenset, ((1, 2, 3, 4), signed, others, dropped)))
    found = taking(paper, noted, with_place=frozenset({1, 2, 3, 5}))
    expected = {name: frozenset(who) for name, who in (NOTHING | comes).items()}
    assert found == Taking(**expected)
    assert found.is_plain is is_plain
