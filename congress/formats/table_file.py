"""A table that somebody sends as a file: its text, or why it cannot be read."""

import re
from enum import Enum

from congress.formats.table import BLANK, DANGEROUS
from congress.formats.workbook import NO_RESULT

_PDF = b"%PDF"
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What a spreadsheet shows where it could not work something out, in German and English.
_ERROR = re.compile(
    r"#(N/A|NV|REF!|BEZUG!|VALUE!|WERT!|NAME\?|DIV/0!|NUM!|ZAHL!|NULL!|SPILL!|ÜBERLAUF!|CALC!|KALK!"
    rf"|{re.escape(NO_RESULT[1:])})"
)
SHORTEST = 4  # bytes from which on it can be told


class Unreadable(Enum):
    """What a file is instead of a table as text."""

    SOMETHING = "something"


def text_of(content: bytes) -> str | Unreadable:
    """Return the text of a CSV file: UTF-8, UTF-16, or Windows-1252 as older programs write it."""
    if content.startswith(_PDF):
        return Unreadable.SOMETHING
    encoding = _UTF_16.get(content[:2]) or _bare_utf_16(content)
    if encoding:
        text = content.decode(encoding, errors="replace")
        return Unreadable.SOMETHING if "\0" in text else text
    if b"\0" in content:
        return Unreadable.SOMETHING
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _bare_utf_16(content: bytes) -> str:
    """Return the name of UTF-16 without a mark: every second byte of its first letters is NUL."""
    head = content[:40]
    if len(head) < SHORTEST:
        return ""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if not any(head[first::2]) and all(head[1 - first :: 2]):
            return encoding
    return ""


def is_error(cell: str) -> bool:
    """Return whether a cell holds an error of a spreadsheet instead of a value."""
    return bool(_ERROR.fullmatch(cell))


def unguarded(cell: str) -> str:
    """Take away the apostrophe that our own files put before what looks like a formula."""
    inside = cell[1:]
    bare = inside.lstrip("".join(BLANK)) or " "
    return inside if cell[:1] == "'" and bare[0] in DANGEROUS else cell
