"""Sheets of paper as PDF: tagged for readers (PDF/UA-1) and fit for archives (PDF/A-2a).

A template of `templates/print` draws what Python hands over as data: text in it is text, never
markup, and a template reads no file but those handed over with it (SEC-17).
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import quote

from congress.domain.planning.workshop_reports import is_web_address
from congress.formats import printed_characters
from congress.formats.catalogue import catalogue
from congress.formats.typography import hold_in_letters

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent.parent.parent / "templates" / "print"
FONTS = FOLDER / "fonts"
CONTENT_TYPE = "application/pdf"
HOUSE = "house.typ"  # what every template begins with
UNDRAWN = "\u25a1"  # stands for a character that no font of ours draws
Data = Mapping[str, "Value"]
Value = str | int | float | bool | None | Sequence["Value"] | Data

_ONE_AT_A_TIME = Lock()  # each takes some 100 MB while it runs
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # how an emoji is meant to look
_CHINESE = "\u2e80"  # from here on the one font draws that has no marks to stand above anything
_LONG = re.compile(r"\S{29,}")  # no word of a real name: it may break anywhere
_PIECE = re.compile(r".{14}")
_BREAK = "\u200b"
OF_ADDRESSES = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986; whatever else is in one is escaped


@dataclass(frozen=True)
class Printed:
    """What is to be printed: a template, its data, and the pictures it names."""

    template: str  # the name of a file in templates/print
    title: str
    language: str
    created: datetime
    data: Data
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # by file name, PNG, JPEG or SVG


def pdf(printed: Printed) -> bytes:
    """Return the sheets as a file; the same data give the same bytes.

    A name never fails a sheet: what no font draws is a small square, and a note says so.
    """
    data = _drawn(printed.data, printed.language)
    note = _note(printed.language) if undrawn(printed.data) or undrawn(printed.title) else ""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name in (HOUSE, printed.template):
            copy(FOLDER / name, root / name)
        for name, content in printed.pictures.items():
            (root / name).write_bytes(content)
        return _compile(root, printed, data, note)


def undrawn(value: Value) -> frozenset[str]:
    """Return the characters in a text, or anywhere in some data, that no font of ours draws."""
    if isinstance(value, str):
        if is_web_address(value):
            return frozenset()
        shown = _visible(value)
        lacking = frozenset(char for char in shown if not printed_characters.has(char))
        return lacking if shown else frozenset(value)
    if isinstance(value, Mapping):
        return frozenset().union(*map(undrawn, value.values()))
    if isinstance(value, Sequence):
        return frozenset().union(*map(undrawn, value))
    return frozenset()


def _compile(root: Path, printed: Printed, data: Value, note: str) -> bytes:
    import typst  # noqa: PLC0415 - slow to load, and most requests print nothing

    given = {
        "title": _text(printed.title),
        "language": printed.language,
        "of": catalogue(printed.language).gettext("Page %(page)s of %(pages)s"),
        "note": note,
        "data": data,
    }
    (root / "data.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    with _ONE_AT_A_TIME:
        made = typst.Compiler(root / printed.template, root=root, font_paths=_fonts()).compile(
            format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=int(printed.created.timestamp())
        )
    if not isinstance(made, bytes):  # several files are made of pictures only
        raise TypeError(type(made))
    return made


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    import typst  # noqa: PLC0415 - slow to load, and most requests print nothing

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _note(language: str) -> str:
    return catalogue(language).gettext(
        "□ stands for a character that the fonts of this sheet do not have."
    )


def _drawn(value: Value, language: str) -> Value:
    """Return data with nothing in it that could not be drawn, and "e. V." on one line."""
    if isinstance(value, str):
        return hold_in_letters(_text(value), language)
    if isinstance(value, Mapping):
        return {key: _drawn(each, language) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_drawn(each, language) for each in value]
    return value


def _text(text: str) -> str:
    if is_web_address(text):  # what a link leads to: nothing else may stand in it
        return quote(text, safe=OF_ADDRESSES, errors="replace")
    drawn = "".join(char if printed_characters.has(char) else UNDRAWN for char in _visible(text))
    if text and not drawn:  # a heading or a picture without words would fail the sheet
        return UNDRAWN
    return _LONG.sub(lambda word: _PIECE.sub(rf"\g<0>{_BREAK}", word[0]), drawn)


def _visible(text: str) -> str:
    """Return a text in composed letters, without what shows nothing or has nowhere to stand."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        is_shown = unicodedata.category(char) not in _INVISIBLE and char not in _VARIANTS
        has_place = not unicodedata.combining(char) or not kept or kept[-1] < _CHINESE
        if char == "\n" or (is_shown and has_place):
            kept.append(char)
    return "".join(kept)
