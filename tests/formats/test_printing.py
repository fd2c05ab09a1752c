"""Sheets of paper: tagged, the same for the same data, and never failed by a name."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from congress.formats import printed_characters, printing
from congress.formats.printing import Data, Printed
from tests import tagged_pdf

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
LIST = """#import "house.typ": *
#show: house
= #given.title
#table(columns: 2, table.header[Nr.][Name], ..data.rows.enumerate().map(((i, row)) =>
  (str(i + 1), row)).flatten())
#if "leads" in data { link(data.leads, data.leads) }
#if "picture" in data { image("logo.png", alt: data.picture, width: 20mm) }
"""
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def _templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the house as it is, and a list that stands for any template."""
    house = (printing.FOLDER / printing.HOUSE).read_text()
    (tmp_path / printing.HOUSE).write_text(house)
    (tmp_path / "list.typ").write_text(LIST)
    monkeypatch.setattr(printing, "FOLDER", tmp_path)


def a_list(rows: list[str], **more: str) -> Printed:
    data: Data = {"rows": rows, **more}
    return Printed("list.typ", "Teilnehmende – Lünen", "de", NOW, data, {"logo.png": DOT})


def test_a_list_tells_readers_its_title_language_structure_and_pictures():
    told = tagged_pdf.read(printing.pdf(a_list(["Änne Groß"], picture="Logo der Stadt")))
    assert (told.title, told.language, told.pages) == ("Teilnehmende – Lünen", "de", 1)
    assert told.tags[:2] == ["Document", "H1"]
    assert told.tags.count("TH") == 2
    assert told.tags.count("TD") == 2
    assert told.alternatives == ["Logo der Stadt"]


def test_what_reads_as_one_stays_on_one_line(tmp_path):
    held = '#assert.eq(data.rows, ("Heim e.\\u{a0}V.", "bis 9.30\\u{a0}Uhr", "Raum\\u{a0}4"))\n'
    (tmp_path / "list.typ").write_text(LIST + held)
    assert printing.pdf(a_list(["Heim e. V.", "bis 9.30 Uhr", "Raum 4"]))


def test_the_same_data_give_the_same_bytes():
    assert printing.pdf(a_list(["Anna"])) == printing.pdf(a_list(["Anna"]))


def test_a_table_over_pages_is_one_table_to_readers():
    told = tagged_pdf.read(printing.pdf(a_list(["Anna"] * 200)))
    assert told.pages > 3
    assert told.tags.count("Table") == 1
    assert told.tags.count("TR") == 201


def test_every_character_that_a_font_draws_is_printed_whatever_mark_stands_above_it():
    drawn = [char for char in map(chr, range(0x110000)) if printed_characters.has(char)]
    marks = [char for char in drawn if unicodedata.combining(char)]
    lines = ["a" + "".join(drawn[at : at + 40]) for at in range(0, len(drawn), 40)]
    above = ["".join(base + mark for mark in marks) for base in "aÄяσمש𝕏張아😀"]
    assert tagged_pdf.read(printing.pdf(a_list(lines + above + marks))).pages > 10


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Ελένη, Наталья, محمد, 张伟, 한글, שלום, Zoë 😀", ""),
        ("Zoë 🌻", "🌻"),
        ("नमस्ते", "नमसत\u0947\u094d"),
        ("👩‍🚀\ufe0f\u202e\u200b", "👩🚀"),
        ("漢\u0301", ""),
    ],
)
def test_what_no_font_draws_is_told_and_printed_as_a_square(text: str, missing: str) -> None:
    assert printing.undrawn(text) == set(missing)
    told = tagged_pdf.read(
        printing.pdf(a_list([text, '#read("/etc/passwd") *x* $y$ W' + 120 * "W"]))
    )
    assert ("P" in told.tags) is bool(missing)  # the note below the table


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("https://example.org/kongress/certificates/7K2M-Q9XT-7K2M-Q9XT",) * 2,
        ("https://example.org/a?b=c%20d&e=f#g",) * 2,
        ("https://example.org/Straße/🌻", "https://example.org/Stra%C3%9Fe/%F0%9F%8C%BB"),
        ('https://example.org/"\u200b<x>', "https://example.org/%22%E2%80%8B%3Cx%3E"),
    ],
)
def test_a_link_leads_where_it_should_however_long_it_is(typed: str, leads: str) -> None:
    told = tagged_pdf.read(printing.pdf(a_list(["Anna"], leads=typed)))
    assert told.links == [leads]


@pytest.mark.parametrize("blank", ["\u200b", "\u202e\ufeff", "\ufe0f", "\t\x00"])
def test_what_nobody_sees_fails_no_sheet(blank: str) -> None:
    told = tagged_pdf.read(printing.pdf(replace(a_list([blank], picture=blank), title=blank)))
    assert told.title == told.alternatives[0] == printing.UNDRAWN
    assert "P" in told.tags  # the note


def test_a_template_with_a_fault_says_what_is_wrong(tmp_path):
    (tmp_path / "list.typ").write_text('#panic("no such table")')
    with pytest.raises(printing.CannotPrint, match="no such table"):
        printing.pdf(a_list(["Anna"]))
