from datetime import date

import pytest

from congress.domain.network.register_rows import Note, Why
from congress.formats import gv100, register_table
from tests.official_lists import AS_OF, a_list, line_of

LINES = [
    line_of("10", "05", "Nordrhein-Westfalen"),
    line_of("20", "055", "Münster"),
    line_of("40", "05515", "Münster, Stadt", mark="41"),
    line_of("60", "05515000", "Münster, Stadt", association="0000", mark="61", inhabitants=310_000),
    line_of("40", "05566", "Steinfurt", mark="43"),
    line_of("50", "05566", "Rheine, Stadt", association="0076", mark="50"),
    line_of("60", "05566076", "Rheine, Stadt", association="0076", mark="63", inhabitants=76_218),
    line_of("60", "05566999", "Forst", association="9999", mark="66", inhabitants=0),
]


def rows(content):
    return register_table.read_table(gv100.read(content).text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_municipalities_and_districts_are_read_with_their_lines(encoding, end):
    content = end.join([*LINES, ""]).encode(encoding)
    found = gv100.read(content)

    assert gv100.is_official_list(content)
    assert (found.as_of, found.left_out) == (AS_OF, 5)
    assert [
        (each.number, each.ags, each.name, each.kind, each.inhabitants, each.faults)
        for each in rows(content)
    ] == [
        (4, "05515000", "Stadt Münster", "municipality", 310_000, ()),
        (5, "05566", "Kreis Steinfurt", "district", None, ()),
        (7, "05566076", "Stadt Rheine", "municipality", 76_218, ()),
    ]


def test_every_line_has_the_width_of_the_official_list():
    assert {len(each) for each in a_list(100)} == {220}
    assert len([each for each in a_list(100) if each.startswith("60")]) == 100


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("60" + "20251231", Why.LINE),  # cut off
        ("99 something else", Why.LINE),
        (line_of("60", "0556607", "Kurz"), Why.KEY_LAND),
        (line_of("60", "99566076", "Land 99"), Why.KEY_LAND),
        (line_of("60", "0556607x", "Rheine"), Why.KEY_FIGURES),
        (line_of("60", "05566076", ""), Why.NO_NAME),
        (line_of("60", "05566076", "Ahlen").replace("Ahlen", "MÃ¼nster"), Why.ENCODING),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(line, why):
    [row] = rows("\n".join([LINES[0], "", line]).encode())

    assert row.number == 3
    assert [each.why for each in row.faults] == [why]
    assert row.shown


def test_umlauts_of_another_time_are_told():
    content = "\n".join(LINES).replace("Rheine", "Münst").encode("cp437")  # as under DOS
    strange = [each for each in rows(content) if each.faults]

    assert [each.number for each in strange] == [4, 7]
    assert {fault.why for each in strange for fault in each.faults} == {Why.ENCODING}


def test_other_files_are_no_official_list():
    assert not gv100.is_official_list(b"AGS;Name\n05566076;Rheine")
    assert not gv100.is_official_list(b"")


def test_a_day_that_is_none_is_left_out():
    assert gv100.read(b"10" + b"20259999" + b"05").as_of is None
    assert gv100.read(LINES[0].encode()).as_of == date(2025, 12, 31)


def test_a_lost_0_in_the_list_is_put_back_and_noted():
    [row] = rows(line_of("60", "5566076", "Rheine").encode())

    assert (row.ags, row.notes) == ("05566076", (Note.KEY_REPAIRED,))
