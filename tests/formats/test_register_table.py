from datetime import date

import pytest

from congress.domain.network.register_rows import Fault, Note, RegisterRow, Why
from congress.formats import register_table
from congress.formats.register_words import fault_words, note_words
from congress.formats.table_file import Unreadable


def read(heading, cells):
    [row] = register_table.read_table(f"{heading}\n{cells}")
    return row


def test_a_whole_row():
    row = read(
        "Name;AGS;Art;Sektor;Einwohner;Gültig ab;Gültig bis;Aufgegangen in;Website;Kurzname;Kreis",
        "Stadt Rheine;05566076;Gemeinde;öffentlich;76.218;1.1.1975;2015-12-31;Neustadt;"
        "https://rheine.de;Rheine;5566",
    )
    assert row == RegisterRow(
        2,
        "Stadt Rheine",
        "Rheine",
        "municipality",
        "05566076",
        "05566",
        "public",
        76_218,
        date(1975, 1, 1),
        date(2015, 12, 31),
        "Neustadt",
        "https://rheine.de",
        shown=row.shown,
    )


@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        ("AGS", "5,57E+06", Why.KEY_FIGURES),
        ("AGS", "556607", Why.KEY_LENGTH),
        ("AGS", "99566076", Why.KEY_LAND),
        ("Art", "Raumschiff", Why.KIND),
        ("Sektor", "drei", Why.SECTOR),
        ("Einwohner", "viele", Why.NUMBER),
        ("Einwohner", "99999999999", Why.NUMBER),
        ("Gültig ab", "31.2.2015", Why.DAY),
        ("Website", "rheine", Why.WEBSITE),
        ("Kurzname", "x" * 201, Why.TOO_LONG),
        ("Kurzname", "#NV", Why.CELL),
        ("Kurzname", "LÃ¼nen", Why.ENCODING),
    ],
)
def test_a_cell_that_cannot_be_used_is_told(heading, cell, why):
    row = read(f"Name;{heading}", f"Rheine;{cell}")

    assert [each.why for each in row.faults] == [why]
    assert fault_words(row.faults[0], "de") != fault_words(row.faults[0], "en")


@pytest.mark.parametrize(
    ("cell", "key", "notes"),
    [
        ("5566076", "05566076", (Note.KEY_REPAIRED,)),
        ("5566076.0", "05566076", (Note.KEY_REPAIRED,)),  # a number of a spreadsheet
        ("055660076076", "05566076", (Note.KEY_OF_REGION,)),
        ("55660076076", "05566076", (Note.KEY_REPAIRED, Note.KEY_OF_REGION)),
        ("", None, ()),
    ],
)
def test_keys_are_texts_and_what_was_lost_is_put_back(cell, key, notes):
    row = read("Name;AGS", f"Rheine;{cell}")

    assert (row.ags, row.notes, row.faults) == (key, notes, ())


def test_a_row_needs_a_name():
    assert read("Name;AGS", ";05566076").faults == (Fault(Why.NO_NAME),)


def test_columns_are_known_by_their_headings_each_once():
    assert register_table.guessed(["ags", "GEMEINDENAME", "Name", "Farbe"]) == [
        "ags",
        "name",
        "",
        "",
    ]


def test_every_fault_and_note_has_words_in_both_languages():
    for why in Why:
        assert "%" not in fault_words(Fault(why, "x"), "de")
    assert all(note_words(note, "de") != note_words(note, "en") for note in Note)


def test_what_is_no_table_is_told():
    assert register_table.text_of(b"%PDF-1.7") is Unreadable.SOMETHING
