"""Sheets of badges as PDF: whatever people are called, and with a code that can be read."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import segno

from congress.domain.badges import BY_KEY, Badge
from congress.domain.kinds import PersonKind
from congress.formats import printing
from congress.formats.badges import Paper, sheets_of
from congress.formats.codes import QUIET, svg_file
from tests import tagged_pdf

NOW = datetime(2015, 10, 20, 12, tzinfo=UTC)
TOKEN = "Zx9-" * 10 + "abc"
EVA = Badge("r1", "Eva Öse", {"de": "Stadt Lünen"}, PersonKind.GUEST, without_photos=True)
NAMES = (
    *("Ελένη Παπαδοπούλου", "Наталья Иванова", "محمد بن عبد الله", "王小明", "Zoë 😀 🌻"),
    *("Maximilian Freiherr von und zu Guttenberg-Langenscheidt " * 2, "W" * 120, "1=1;#let x"),
)


@pytest.fixture
def congress():
    title = {"de": "Engagement vor Ort"}
    return SimpleNamespace(title=title, organisations=(), days=(None,), zone=ZoneInfo("UTC"))


def printed(congress, badges, paper, codes=()):
    return tagged_pdf.read(
        printing.pdf(sheets_of(badges, paper, congress, dict(codes), language="de", created=NOW))
    )


@pytest.mark.parametrize("key", ["80x50", "105x148-4"])
def test_no_name_fails_a_sheet_of_any_size(congress, key):
    sheet = BY_KEY[key]
    badges = [replace(EVA, holder=f"r{at}", name=name) for at, name in enumerate(NAMES)]
    told = printed(congress, badges, Paper(sheet, with_lines=True))
    assert (told.title, told.language) == ("Namensschilder: Engagement vor Ort", "de")
    assert told.pages == sheet.sheets(len(badges), 1)


def test_a_begun_sheet_goes_on_at_its_first_free_place(congress):
    sheet = BY_KEY["90x54"]
    assert printed(congress, [EVA], Paper(sheet, start=10)).pages == 1
    assert printed(congress, [EVA, replace(EVA, holder="r2")], Paper(sheet, start=10)).pages == 2


def test_readers_are_told_whose_code_it_is(congress):
    told = printed(congress, [EVA], Paper(BY_KEY["90x54"]), {"r1": TOKEN}.items())
    assert told.alternatives == ["Code für den Einlass von Eva Öse"]


def test_the_picture_of_a_code_is_the_code():
    picture = svg_file(TOKEN).decode()
    [_empty, *runs] = re.search(r'd="(M[^"]+)"/></svg>', picture)[1].split("M")
    dark = set()
    for run in runs:
        column, row, length = map(int, re.fullmatch(r"(\d+) (\d+)\.5h(\d+)", run).groups())
        dark |= {(at - QUIET, row - QUIET) for at in range(column, column + length)}
    code = segno.make(TOKEN, error="m", micro=False, boost_error=False, mask=3)
    assert dark == {
        (x, y) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module
    }
