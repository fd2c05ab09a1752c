"""Sheets of paper as PDF: tagged for readers (PDF/UA-1) and fit for archives (PDF/A-2a).

A template of `templates/print` draws what Python hands over as data: text in it is text, never
markup, and a template reads no file but those handed over with it (SEC-17).
"""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from threading import Lock
from urllib.parse import quote

from congress.domain.planning.workshop_reports import is_web_address
from congress.formats import printed_characters
from congress.formats.catalogue import catalogue
from congress.formats.typography import hold_in_letters

FOLDER = Path(__file__).parent.parent.parent / "templates" / "print"
FONTS = FOLDER / "fonts"
TYPESETTING = Path(__file__).with_name("typesetting.py")
CONTENT_TYPE = "application/pdf"
HOUSE = "house.typ"  # what every template begins with
UNDRAWN = "\u25a1"  # stands for a character that no font of ours draws
Data = Mapping[str, "Value"]
Value = str | int | float | bool | None | Sequence["Value"] | Data

_ONE_AT_A_TIME = Lock()  # each takes some 130 MB while it runs
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # how an emoji is meant to look
_CHINESE = "\u2e80"  # from here on the one font draws that has no marks to stand above anything
_LONG = re.compile(r"\S{29,}")  # no word of a real name: it may break anywhere
_PIECE = re.compile(r".{14}")
_BREAK = "\u200b"
OF_ADDRESSES = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986; whatever else is in one is escaped


class CannotPrint(Exception):
    """What Typst says of a template or a picture; no name of anybody makes it say something."""


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
    given = {
        "title": _text(printed.title),
        "language": printed.language,
        "of": catalogue(printed.language).gettext("Page %(page)s of %(pages)s"),
        "note": note,
        "data": data,
    }
    (root / "data.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    order = {
        "template": str(root / printed.template),
        "root": str(root),
        "fonts": str(FONTS),
        "created": int(printed.created.timestamp()),
    }
    with _ONE_AT_A_TIME:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", TYPESETTING],
            input=json.dumps(order).encode(),
            capture_output=True,
            check=False,
        )
    if done.returncode:
        raise CannotPrint(done.stderr.decode(errors="replace"))
    return done.stdout


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
