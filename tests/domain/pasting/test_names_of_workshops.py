"""What somebody calls a workshop is said once: no number beside a name, no word twice."""

import pytest

from congress.domain.pasting.programme import read_pasting
from tests.domain.pasting.tables import ONE_DAY


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("Workshop 1: Netze", "Workshop 2: Podien", [(1, "Netze"), (2, "Podien")]),
        ("Workshop: Netze", "Workshop: Podien", [(1, "Netze"), (2, "Podien")]),
        ("Netze", "Podien", [(1, "Netze"), (2, "Podien")]),
        *(
            (first, second, [(None, first), (None, second)])
            for first, second in (
                ("Workshop A: Netze", "Workshop B: Podien"),
                ("Workshop A Netze", "Workshop B Podien"),
                ("WS a) Netze", "WS b) Podien"),
                ("Workshop II – Netze", "Workshop I – Podien"),
                ("Workshop 1", "Workshop 2"),
                ("Workshop A: Netze", "Workshop: Podien"),
            )
        ),
        (
            "Workshop an der Lippe",
            "Werkstatt Zukunft",
            [(1, "Workshop an der Lippe"), (2, "Werkstatt Zukunft")],
        ),
    ],
)
def test_a_name_is_kept_once(first, second, read):
    rows = f"10-11\t{first}\tWorkshop\tRaum 1\n10-11\t{second}\tWorkshop\tRaum 2"
    pasting = read_pasting(rows, ONE_DAY)
    assert [(each.row.item_number, each.row.title) for each in pasting.rows] == read
