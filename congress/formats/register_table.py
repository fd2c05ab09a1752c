"""A table for the register of organisations: what its columns say, and what its rows say."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from congress.domain.attendee_import import sheet
from congress.domain.folding import fold_for_order
from congress.domain.network import keys
from congress.domain.network.keys import Key, KeyFault
from congress.domain.network.organisations import MOST_INHABITANTS, Kind, Sector
from congress.domain.network.register_rows import Fault, Note, RegisterRow, Why
from congress.domain.own_questions import read_date
from congress.domain.pasting.cells import Line
from congress.formats import gv100, table_file
from congress.formats.gv100 import OfficialList
from congress.formats.table_file import Unreadable

MOST_ROWS = 20_000
LONGEST = 200
LINE, NAME, KEY = "line", "name", "ags"
COLUMNS = {
    KEY: "AGS, Amtlicher Schlüssel, Amtlicher Gemeindeschlüssel, Gemeindeschlüssel, Schlüssel, "
    "Gemeindekennziffer, Kreisschlüssel, Regionalschlüssel, Amtlicher Regionalschlüssel, ARS, "
    "Official key, Key",
    NAME: "Name, Gemeindename, Gemeinde, Kommune, Organisation, Organization, Bezeichnung, "
    "Municipality",
    "short_name": "Kurzname, Kurzbezeichnung, Abkürzung, Short name, Abbreviation",
    "kind": "Art, Typ, Art der Organisation, Kind, Type, Kind of organisation",
    "district": "Kreis, Landkreis, District, County",
    "sector": "Sektor, Sector",
    "inhabitants": "Einwohner, Einwohnerzahl, Einwohner/innen, Einwohnerinnen und Einwohner, "
    "Bevölkerung, Inhabitants, Population",
    "valid_from": "Erster Tag, Gültig ab, Gültig von, First day, Valid from",
    "valid_until": "Letzter Tag, Gültig bis, Last day, Valid until",
    "successor": "Aufgegangen in, Nachfolger, Merged into, Successor",
    "website": "Website, Webseite, Homepage, Internet, Internetadresse",
    LINE: "Zeile, Zeilennummer, Line",
}
_HEADINGS = {
    fold_for_order(word): name for name, words in COLUMNS.items() for word in words.split(", ")
}
_KINDS = {
    fold_for_order(word): kind
    for kind, words in {
        Kind.MUNICIPALITY: "municipality, Kommune, Gemeinde, Stadt, Town, City",
        Kind.DISTRICT: "district, Kreis, Landkreis, County",
        Kind.MINISTRY: "ministry, Ministerium",
        Kind.AGENCY: "agency, Public agency, Behörde, Öffentliche Einrichtung, "
        "Behörde oder öffentliche Einrichtung",
        Kind.ASSOCIATION: "association, Verein, Verband, e. V., Stiftung, Verein oder Verband",
        Kind.COMPANY: "company, Unternehmen, Firma, Betrieb",
    }.items()
    for word in words.split(", ")
}
_SECTORS = {
    fold_for_order(word): sector
    for sector, words in {
        Sector.PUBLIC: "public, Public sector, Staat, Öffentlich, Öffentliche Hand, Verwaltung",
        Sector.CIVIL: "civil, Civil society, Zivilgesellschaft, Gemeinnützig",
        Sector.BUSINESS: "business, Wirtschaft, Privatwirtschaft",
    }.items()
    for word in words.split(", ")
}
_KEY_FAULTS = {
    KeyFault.NOT_FIGURES: Why.KEY_FIGURES,
    KeyFault.LENGTH: Why.KEY_LENGTH,
    KeyFault.LAND: Why.KEY_LAND,
}
# What is left of umlauts that were read in a wrong encoding: UTF-8 as Latin 1, or bytes of DOS.
_WRONG = re.compile("[\x80-\x9f\ufffd]|[ÃÂ][\xa0-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_AS_NUMBER = re.compile(r"(\d+)[.,]0+")  # how a spreadsheet hands out whole numbers
_GROUPS = re.compile(r"\d{1,3}(?:[. '\u00a0\u202f]\d{3})+")


def text_of(content: bytes) -> str | OfficialList | Unreadable:
    """Return what a file says: the official list as a table of ours, or the text of a table."""
    return gv100.read(content) if gv100.is_official_list(content) else table_file.text_of(content)


def guessed(headings: Sequence[str]) -> list[str]:
    """Return what each column says, as far as its heading is known; each once."""
    found: list[str] = []
    for heading in headings:
        name = _HEADINGS.get(fold_for_order(heading), "")
        found.append("" if name in found else name)
    return found


def is_known(heading: str) -> bool:
    """Return whether a cell is the heading of a column."""
    return fold_for_order(heading) in _HEADINGS


def read_table(text: str) -> list[RegisterRow]:
    """Return the rows of a table whose first row holds its headings."""
    lines = sheet.lines_of(text)
    columns = guessed(lines[0].cells) if lines else []
    return [read_row(line, columns, line.cells) for line in lines[1:]]


def read_row(line: Line, columns: Sequence[str], cells: Sequence[str]) -> RegisterRow:
    """Return what a row says, or why it says nothing that can be used."""
    said = {
        name: " ".join(table_file.unguarded(cell).split())
        for name, cell in zip(columns, cells, strict=False)
        if name
    }
    row = _Reader(said)
    number = said.get(LINE, "")
    is_number = number.isascii() and number.isdigit() and len(number) < len("1000000000")
    return RegisterRow(
        number=int(number) if is_number else line.number,
        name=row.name(),
        short_name=row.text("short_name"),
        kind=row.word("kind", _KINDS, Why.KIND),
        ags=row.key(),
        district=row.district(),
        sector=row.word("sector", _SECTORS, Why.SECTOR),
        inhabitants=row.inhabitants(),
        valid_from=row.day("valid_from"),
        valid_until=row.day("valid_until"),
        successor=row.text("successor"),
        website=row.website(),
        shown=_shown(columns, cells),
        faults=tuple(row.faults),
        notes=tuple(row.notes),
    )


def _shown(columns: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row as it stands, without the number that is said beside it."""
    told = [
        cell
        for place, cell in enumerate(cells)
        if cell not in {"", gv100.NOT_READ} and columns[place : place + 1] != [LINE]
    ]
    return " · ".join(told)[:LONGEST]


class _Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said = said
        self.faults: list[Fault] = []
        self.notes: list[Note] = []
        broken = next((cell for cell in said.values() if table_file.is_error(cell)), "")
        if broken:
            self.faults.append(Fault(Why.CELL, broken))
        strange = next((cell for cell in said.values() if _WRONG.search(cell)), "")
        if strange:
            self.faults.append(Fault(Why.ENCODING, strange[:LONGEST]))

    def text(self, name: str) -> str:
        cell = self._said.get(name, "")
        if len(cell) > LONGEST:
            self.faults.append(Fault(Why.TOO_LONG, cell[:LONGEST]))
        return cell

    def name(self) -> str:
        name = self.text(NAME)
        if not name and not self.faults:
            self.faults.append(Fault(Why.NO_NAME))
        return name

    def word(self, name: str, known: Mapping[str, str], why: Why) -> str:
        cell = self._said.get(name, "")
        found = known.get(fold_for_order(cell), "")
        if cell and not found:
            self.faults.append(Fault(why, cell[:LONGEST]))
        return found

    def key(self) -> str | None:
        cell = self._figures(KEY)
        if not cell:
            return None
        if cell == gv100.NOT_READ:
            self.faults.append(Fault(Why.LINE))
            return None
        found = keys.read_key(cell)
        if isinstance(found, KeyFault):
            self.faults.append(Fault(_KEY_FAULTS[found], cell[:LONGEST]))
            return None
        return self._of_municipality(found)

    def _of_municipality(self, key: Key) -> str:
        """The key of a region says that of its municipality."""
        if key.is_repaired:
            self.notes.append(Note.KEY_REPAIRED)
        kind = _KINDS.get(fold_for_order(self._said.get("kind", "")), Kind.MUNICIPALITY)
        if len(key.text) == keys.REGIONAL and kind == Kind.MUNICIPALITY:
            self.notes.append(Note.KEY_OF_REGION)
            return keys.municipality_of(key.text)
        return key.text

    def district(self) -> str:
        cell = self._figures("district")
        found = keys.read_key(cell)
        return keys.district_of(found.text) if isinstance(found, Key) else cell[:LONGEST]

    def inhabitants(self) -> int | None:
        cell = self._figures("inhabitants")
        if _GROUPS.fullmatch(cell):
            cell = re.sub(r"\D", "", cell)
        if not cell:
            return None
        is_number = cell.isascii() and cell.isdigit() and len(cell) <= len("10000000000")
        if not is_number or int(cell) > MOST_INHABITANTS:
            self.faults.append(Fault(Why.NUMBER, cell[:LONGEST]))
            return None
        return int(cell)

    def day(self, name: str) -> date | None:
        cell = self._said.get(name, "")
        found = read_date(cell.removesuffix(" 00:00:00")) if cell else None
        if cell and found is None:
            self.faults.append(Fault(Why.DAY, cell[:LONGEST]))
        return date.fromisoformat(found) if found else None

    def website(self) -> str:
        cell = self.text("website")
        if cell and not is_link(cell):
            self.faults.append(Fault(Why.WEBSITE, cell[:LONGEST]))
        return cell

    def _figures(self, name: str) -> str:
        cell = self._said.get(name, "")
        whole = _AS_NUMBER.fullmatch(cell)
        return whole[1] if whole else cell


def is_link(text: str) -> bool:
    """Return whether a text is the whole address of a website."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host.strip(".") and " " not in text
