"""Tables of people as files: the text, a line of equals signs, and what its cells are."""

from pathlib import Path

import pytest

from congress.domain.attendee_import.people import Bookable, Catalogue, parted_name
from congress.domain.attendee_import.sheet import lines_of

FOLDER = Path(__file__).with_name("tables")
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
RULE = "\n=====\n"


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_read_as_they_were_written(name):
    pasted, expected = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split(RULE)

    lines = [f"{line.number}: {' | '.join(line.cells)}" for line in lines_of(pasted)]

    assert "\n".join(lines).replace("\n\n", "\n") == expected.strip("\n")


@pytest.mark.parametrize(
    ("cell", "given", "family"),
    [
        ("Beispiel, Anna", "Anna", "Beispiel"),
        ("von der Aue, Dr. Anna", "Dr. Anna", "von der Aue"),
        ("Anna Maria Beispiel", "Anna Maria", "Beispiel"),
        ("Anna von der Aue", "Anna", "von der Aue"),
        ("Beispiel", "", "Beispiel"),
        ("Beispiel,", "", "Beispiel"),
        ("", "", ""),
    ],
)
def test_a_name_in_one_cell_is_parted(cell, given, family):
    assert parted_name(cell) == (given, family)


CATALOGUE = Catalogue.of(
    [
        Bookable(1, 1, ({"de": "Netze, Wege und Ziele", "en": "Networks"}, {"de": "Netze"})),
        Bookable(2, 2, ({"de": "Ehrenamt"},)),
        Bookable(3, None, ({"de": "Ehrenamt"},)),
        Bookable(12, 12, ({"de": "Voll"},)),
    ]
)


@pytest.mark.parametrize(
    ("cell", "ids", "unknown"),
    [
        ("1", (1,), ()),
        ("WS 12", (12,), ()),
        ("Workshop 2", (2,), ()),
        ("1, 12", (1, 12), ()),
        ("1 Netze, Wege und Ziele", (1,), ()),
        ("netze, wege und ziele; Voll", (1, 12), ()),
        ("12 Voll (Platz 3)", (12,), ()),
        ("12 Voll (fällt aus) (vorgemerkt)", (12,), ()),
        ("Networks", (1,), ()),
        ("Ehrenamt", (), ("Ehrenamt",)),  # it may be either
        ("2 Ehrenamt", (2,), ()),
        ("1 und 2", (), ("1 und 2",)),
        ("1; Basteln", (1,), ("Basteln",)),
        ("7", (), ("7",)),
        ("–", (), ()),
        ("", (), ()),
        ("1, 1", (1,), ()),
        ("1," * 1_000_000, (), ("1," * 500,)),  # looked at no further
    ],
)
def test_workshops_are_known_by_number_and_title(cell, ids, unknown):
    found = CATALOGUE.read(cell)

    assert (found.ids, found.unknown) == (ids, unknown)


def test_a_cell_of_commas_is_not_tried_in_every_way():
    asked: list[str] = []

    class Counting(Catalogue):
        def _find(self, text: str) -> int | None:
            asked.append(text)
            return super()._find(text)

    found = Counting(CATALOGUE.names).read("x," * 500)

    assert len(found.unknown) == 500
    assert len(asked) < 7_000  # 125,000 with every end behind every comma
