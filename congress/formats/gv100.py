"""The official list of municipalities (Destatis, GV100AD): lines of fixed width.

What is relied on, counted from 1 and both ends included: kind of line 1-2 (10 Land,
20 Regierungsbezirk, 30 region, 40 Kreis, 50 association of municipalities, 60 municipality), day of
the list 3-10 (JJJJMMTT), Land 11-12, Regierungsbezirk 13, Kreis 14-15, municipality 16-18,
association 19-22, name 23-72, text mark 123-124, and for municipalities the area in hectares
129-139 and the inhabitants 140-150. Of lines 10 to 50 the key stands in the same places and ends
earlier. Text marks: 41 and 42 are towns that are their own Kreis, 43 Kreis, 44 Landkreis,
45 Regionalverband; 65 and 66 are areas without a municipality.
"""

import re
from dataclasses import dataclass
from datetime import date

from congress.domain.network.official_names import district_name, municipality_name

LAND, DISTRICT, MUNICIPALITY = "10", "40", "60"
OTHERS = frozenset({LAND, "20", "30", "50"})  # read over: no organisation of the register
OWN_DISTRICT = frozenset({"41", "42"})
WITHOUT_PEOPLE = frozenset({"65", "66"})
HEADINGS = ("Zeile", "Amtlicher Schlüssel", "Name", "Art", "Einwohner")
NOT_READ = "?"  # in place of a key, where a line is not of this shape
_BEGINS = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:[1-6]0)[0-9]{10}")
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORTEST = 23  # the first letter of a name
LONGEST_SHOWN = 72  # of a line that cannot be read


@dataclass(frozen=True)
class OfficialList:
    """The list as a table of ours, as of which day it is, and how many lines say nothing to us."""

    text: str
    as_of: date | None
    left_out: int


def is_official_list(content: bytes) -> bool:
    """Return whether a file begins like the official list."""
    return bool(_BEGINS.match(content[:40]))


def read(content: bytes) -> OfficialList:
    """Return the municipalities and districts as a table with the numbers of their lines.

    What cannot be read stays as it is, for whoever compares it to refuse with its line.
    """
    table, as_of, left_out = ["\t".join(HEADINGS)], None, 0
    for number, line in enumerate(_text_of(content).split("\n"), 1):
        if not line.strip():
            continue
        as_of = as_of or _day(_part(line, 3, 10))
        cells = _cells(line)
        if cells is None:
            left_out += 1
        else:
            table.append("\t".join([str(number), *cells]))
    return OfficialList("\n".join(table), as_of, left_out)


def _text_of(content: bytes) -> str:
    """ISO 8859-1 as in older editions, UTF-8 as in newer ones; other encodings show as faults."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("iso-8859-1")


def _cells(line: str) -> tuple[str, str, str, str] | None:
    kind, mark = _part(line, 1, 2), _part(line, 123, 124)
    if kind in OTHERS or mark in WITHOUT_PEOPLE or (kind == DISTRICT and mark in OWN_DISTRICT):
        return None
    name = _part(line, 23, 72)
    if kind == DISTRICT and len(line) >= _SHORTEST:
        return _part(line, 11, 15), district_name(name, mark), "Kreis", ""
    if kind == MUNICIPALITY and len(line) >= _SHORTEST:
        people = _part(line, 140, 150).lstrip("0") or ("0" if _part(line, 140, 150) else "")
        return _part(line, 11, 18), municipality_name(name), "Gemeinde", people
    return NOT_READ, " ".join(line.split())[:LONGEST_SHOWN], "", ""


def _part(line: str, first: int, last: int) -> str:
    return line[first - 1 : last].strip().replace("\t", " ")


def _day(written: str) -> date | None:
    found = _DAY.fullmatch(written)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
