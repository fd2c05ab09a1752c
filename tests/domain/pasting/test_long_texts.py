"""Whatever is pasted, and however long: reading takes steps in proportion to it.

Cells that are too long for anything are said by their beginning, and no reader looks at more.
"""

import pytest

from congress.domain.pasting.cells import LONGEST_CELL, LONGEST_SHOWN, lines_of, separator_of
from congress.domain.pasting.doubts import Doubt, Weight
from congress.domain.pasting.programme import read_pasting
from tests.domain.pasting.tables import ONE_DAY

LONG = 60_000
SHAPES = ("x", "x,", "1", "(", "(a", "()", ":", ".", " ", "/", "-", '"', "N.N. ", "A B ")
HEADS = ("10.30 ", "10.30\t", "10.30 | ", "Zeit\tTitel\tPersonen\n10.30\tMarkt\t")


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_cell_too_long_for_anything_is_said_by_its_beginning(head, shape):
    text = head + (shape * LONG)[:LONG] + "z"
    for line in lines_of(text, separator_of(text)):
        assert all(len(cell) <= LONGEST_CELL for cell in line.cells)

    pasting = read_pasting(text, ONE_DAY)
    said = [*pasting.remarks, *(each for timed in pasting.rows for each in timed.row.remarks)]
    if shape.strip():
        assert pasting.weight is Weight.OPEN
        assert Doubt.TOO_LONG in {each.doubt for each in pasting.remarks}
    assert all(len(fact) <= LONGEST_SHOWN for each in said for fact in each.facts.values())
    assert all(len(timed.row.text) < LONGEST_CELL for timed in pasting.rows)


@pytest.mark.parametrize("separator", [";", "\t", "|", "\n", '"";', '"a;', "a\n", "10.30\n"])
def test_many_cells_and_lines_are_read_once_each(separator):
    pasting = read_pasting((separator * LONG)[:LONG] + "z", ONE_DAY)

    assert pasting.weight is Weight.OPEN
    assert len(pasting.rows) <= 1


def test_what_is_too_long_for_a_title_is_not_searched_for_more():
    title = "Markt, Raum 1, " * 200
    (timed,) = read_pasting(f"10.30–11.00\t{title}\tPlenum", ONE_DAY).rows

    said = {each.doubt for each in timed.row.remarks}
    assert Doubt.TOO_LONG in said
    assert Doubt.TITLE_HOLDS_MORE not in said


def test_lines_that_are_too_long_together_are_too():
    line = "wort " * 60
    text = "10.30–11.00\tMarkt\tPlenum\n" + f"{line}\n" * 40
    pasting = read_pasting(text, ONE_DAY)

    assert [each.doubt for each in pasting.remarks] == [Doubt.TOO_LONG]
    assert pasting.weight is Weight.OPEN
