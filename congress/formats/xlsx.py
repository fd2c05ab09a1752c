"""Workbooks for a spreadsheet (ECMA-376), written row by row: a file of any length takes little.

Only what a list needs: text, numbers, moments and days, a frozen heading, a filter. Every text
stands in its cell as text and there is no way to write a formula (SEC-08, ASVS 5.0, 1.2.10).
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from types import TracebackType
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZipFile

from congress.formats.table import Cell, Heading, Kind, is_text, parted

WIDEST = 60  # characters of a column
LONGEST_CELL = 32_767  # units of UTF-16, a limit of Excel: an emoji has two
LONGEST_NAME = 31  # of the name of a sheet, another one
QUICKLY = 3  # of zlib: half the time of the usual degree, and a fifth more bytes
NO_CELL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# What cannot stand in a cell as it is. "_x0041_" is how a workbook writes "A".
UNUSUAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
WRITTEN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
# Excel takes 1900 for a leap year, so that earlier days are counted in another way.
COUNTED_FROM = date(1900, 3, 1)
ONE_DAY = timedelta(days=1)
TITLE, MOMENT, DAY = 1, 2, 3  # places in the styles
STYLE_OF = {Kind.MOMENT: MOMENT, Kind.DAY: DAY}

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FORMATS = "http://schemas.openxmlformats.org"
MAIN = f"{FORMATS}/spreadsheetml/2006/main"
RELATIONS = f"{FORMATS}/officeDocument/2006/relationships"
PACKAGE = f"{FORMATS}/package/2006"
KIND_OF_PART = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="dd.mm.yyyy\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="dd.mm.yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/>'
    "</border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1"'
    ' applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment horizontal="left"/></xf>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment horizontal="left"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
TEXT, END_OF_TEXT = '" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
FILTERED = "_xlnm._FilterDatabase"  # what Excel expects beside a filter


class Workbook:
    """A workbook that grows sheet by sheet, each as its rows come; whole once it is closed."""

    def __init__(self, file: BinaryIO, *, title: str, created: datetime) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=QUICKLY)
        self._title, self._created = title, created
        self._sheets: list[tuple[str, str]] = []  # names, and what the filter of each covers

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        self._zip.close()

    def add_sheet(
        self, name: str, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]
    ) -> int:
        """Write a sheet with frozen heading and filter; return the number of rows.

        The name is shortened and numbered where Excel would not take it (`free_name`).
        """
        name = free_name(name, [each for each, _covered in self._sheets])
        letters = [_letters(place) for place in range(len(headings))]
        count = 0
        with self._zip.open(f"xl/worksheets/sheet{len(self._sheets) + 1}.xml", "w") as part:
            titles = [_text(each.title, TITLE) for each in headings]
            cells = [
                f'<c r="{letter}1{title}' for letter, title in zip(letters, titles, strict=True)
            ]
            part.write((_head(headings, is_first=not self._sheets) + _row(1, cells)).encode())
            for some in parted(rows):
                numbers = range(count + 2, count + 2 + len(some))
                columns = zip(letters, zip(*some, strict=True), strict=True)
                written = [_column(letter, numbers, cells) for letter, cells in columns]
                text = "".join(map(_row, numbers, zip(*written, strict=True)))
                part.write(text.encode())
                count += len(some)
            covered = f"A1:{letters[-1] if letters else 'A'}{count + 1}"
            part.write(f'</sheetData><autoFilter ref="{covered}"/></worksheet>'.encode())
        self._sheets.append((name, covered))
        return count

    def _finish(self) -> None:
        numbers = range(1, len(self._sheets) + 1)
        self._write("xl/styles.xml", STYLES)
        self._write("xl/workbook.xml", _book(self._sheets))
        sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        self._write("xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")]))
        self._write("docProps/core.xml", _properties(self._title, self._created))
        about = f"{PACKAGE}/relationships/metadata/core-properties"
        self._write(
            "_rels/.rels",
            _relations([("officeDocument", "xl/workbook.xml"), (about, "docProps/core.xml")]),
        )
        parts = [f"/xl/worksheets/sheet{number}.xml" for number in numbers]
        self._write("[Content_Types].xml", _contents(parts))

    def _write(self, name: str, text: str) -> None:
        self._zip.writestr(name, text)


def write_xlsx(
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    file: BinaryIO,
    *,
    name: str,
    created: datetime,
) -> int:
    """Write a workbook of one sheet; return the number of rows below the heading."""
    with Workbook(file, title=name, created=created) as book:
        return book.add_sheet(name, headings, rows)


def free_name(name: str, taken: Collection[str]) -> str:
    """Return how a sheet can be called: within the limits of Excel, and as no other one is."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", NO_CELL.sub("", name))
    wanted = _cut(" ".join(plain.split()).strip("' "), LONGEST_NAME).rstrip("' ") or "1"
    folded = {each.casefold() for each in taken} | {"history"}  # Excel keeps that one for itself
    free, number = wanted, 2
    while free.casefold() in folded:
        mark = f" ({number})"
        free, number = _cut(wanted, LONGEST_NAME - len(mark)).rstrip() + mark, number + 1
    return free


def _cut(text: str, most: int) -> str:
    """Return as much of a text as has so many units of UTF-16, and no half of a character."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def _column(letters: str, numbers: Iterable[int], cells: Sequence[Cell]) -> list[str]:
    """Return the cells of a column in some rows; an empty one is no cell at all."""
    if is_text(cells) and _is_usual(cells):
        return [
            f'<c r="{letters}{number}{TEXT}{cell}{END_OF_TEXT}' if cell else ""
            for number, cell in zip(numbers, cells, strict=True)
        ]
    return [
        f'<c r="{letters}{number}{_cell(cell)}' if cell or cell == 0 else ""
        for number, cell in zip(numbers, cells, strict=True)
    ]


def _is_usual(cells: Sequence[str]) -> bool:
    """Return whether all can stand as they are, and none is too long."""
    return not UNUSUAL.search("".join(cells)) and max(map(len, cells)) <= LONGEST_CELL // 2


def _cell(cell: Cell) -> str:
    """Return a cell from behind its place on."""
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, datetime):
        return f'" s="{MOMENT}"><v>{(cell - FIRST_DAY) / ONE_DAY!r}</v></c>'
    if isinstance(cell, date):
        if cell < COUNTED_FROM:
            return _text(cell.isoformat())
        return f'" s="{DAY}"><v>{(cell - FIRST_DAY.date()).days}</v></c>'
    return f'"><v>{cell}</v></c>'


def _text(text: str, style: int = 0) -> str:
    if len(text) > LONGEST_CELL // 2:
        text = _cut(text, LONGEST_CELL)
    if UNUSUAL.search(text):
        text = WRITTEN.sub("_x005F_", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = escape(NO_CELL.sub("", text), quote=False)
    styled = f'" s="{style}' if style else ""
    return f"{styled}{TEXT}{text}{END_OF_TEXT}"


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(place: int) -> str:
    """Return how a spreadsheet calls a column, which are counted from 0 here: 0 is A, 26 is AA."""
    name, left = "", place + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _head(headings: Sequence[Heading], *, is_first: bool) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{min(each.width, WIDEST) + 0.7109375}"'
        f' style="{STYLE_OF.get(each.kind, 0)}" customWidth="1"/>'
        for place, each in enumerate(headings, start=1)
    )
    selected = ' tabSelected="1"' if is_first else ""
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
    )


def _book(sheets: Sequence[tuple[str, str]]) -> str:
    def each(say: Callable[[int, str, str], str]) -> str:
        return "".join(say(place, *sheet) for place, sheet in enumerate(sheets))

    named = each(
        lambda place, name, _covered: (
            f'<sheet name="{escape(name)}" sheetId="{place + 1}" r:id="rId{place + 1}"/>'
        )
    )
    filtered = each(
        lambda place, name, covered: (
            f'<definedName name="{FILTERED}" localSheetId="{place}" hidden="1">'
            f"{escape(_range(name, covered))}</definedName>"
        )
    )
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<bookViews><workbookView/></bookViews><sheets>{named}</sheets><definedNames>{filtered}</definedNames></workbook>"
    )


def _range(name: str, covered: str) -> str:
    quoted = name.replace("'", "''")
    return f"'{quoted}'!" + re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", covered)


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="rId{number}" Target="{target}"'
        f' Type="{kind if kind.startswith(FORMATS) else f"{RELATIONS}/{kind}"}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{written}</Relationships>'


def _properties(title: str, created: datetime) -> str:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(NO_CELL.sub('', title))}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'
        "</dcterms:created></cp:coreProperties>"
    )


def _contents(sheets: Iterable[str]) -> str:
    parts = {
        "/xl/workbook.xml": f"{KIND_OF_PART}.sheet.main+xml",
        "/xl/styles.xml": f"{KIND_OF_PART}.styles+xml",
        **dict.fromkeys(sheets, f"{KIND_OF_PART}.worksheet+xml"),
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    written = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{written}</Types>"
    )
