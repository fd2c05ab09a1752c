"""A table in a form: pasted or as a file, what its columns say, and its rows."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from werkzeug.datastructures import FileStorage

from congress import extensions
from congress.domain.attendee_import import people, sheet
from congress.domain.fields import FIELDS, NAMES
from congress.domain.names import says_nothing
from congress.domain.pasting.cells import Line
from congress.formats import attendee_columns as columns
from congress.formats import table_file, workbook
from congress.formats.attendee_columns import Asked
from congress.formats.attendee_list import kinds
from congress.formats.field_words import field_words
from congress.formats.table_file import Unreadable
from congress.formats.workbook import NO_RESULT, Unusable
from congress.web import languages
from congress.web.entries import TICKED, Entry, read_address, read_line
from congress.web.languages import gettext as _
from congress.web.languages import labelled, ngettext, number
from congress.web.organiser import import_words

LARGEST_FILE = 4 * 1024 * 1024
MOST_COLUMNS = 100  # our own file has one for each question, thirty at most
SHOWN = 3  # cells below each heading, to see what a column holds


@dataclass(kw_only=True)
class TableForm(ABC):
    """A table as typed, and which column says what; each form says what columns may say."""

    most_rows: ClassVar[int] = sheet.MOST_ROWS
    largest_file: ClassVar[int] = LARGEST_FILE

    rows: Entry
    note: str = ""  # what of a workbook was read
    has_heading: bool = True
    columns: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    @abstractmethod
    def offered(self) -> list[tuple[str, str]]:
        """What a column may say, each with its words; the first says nothing."""

    @property
    def asked(self) -> Asked:
        """The columns of what a congress asks on its own, by their headings."""
        return {}

    def read_table(self, posted: Mapping[str, str], file: FileStorage | None) -> bool:
        """Take over what was sent; returns whether its rows can be read."""
        self._read_text(posted, file)
        self.lines = sheet.lines_of(self.rows.value)
        fault = self._fault_of_lines()
        if not fault:
            self._read_columns(posted)
            fault = self.fault_of_columns()
        if fault and not self.rows.errors:
            self.rows.errors.append(fault)
        return not self.rows.errors

    @property
    def body(self) -> list[Line]:
        """The rows below the heading."""
        return self.lines[1:] if self.has_heading else self.lines

    @property
    def shape(self) -> str:
        """What tells the columns of this table from those of another one."""
        first = self.lines[0].cells if self.lines else ()
        return hashlib.sha256(repr(first).encode()).hexdigest()[:16]

    @property
    def shown_columns(self) -> list[tuple[str, str, list[str]]]:
        """Each column: its heading, what it says, and the first cells below."""
        heading = self.lines[0].cells if self.lines and self.has_heading else ()
        return [
            (
                _cell(heading, place) or _("Column %(number)d", number=place + 1),
                column,
                [cell for line in self.body[:SHOWN] if (cell := _cell(line.cells, place))],
            )
            for place, column in enumerate(self.columns)
        ]

    def cells_of(self, line: Line) -> tuple[list[str], list[str]]:
        """Return the cells of a row by the order of the columns, and what is wrong with them."""
        cells = [
            table_file.unguarded(_cell(line.cells, place)) for place in range(len(self.columns))
        ]
        faults = [
            _fault_of_cell(cell)
            for column, cell in zip(self.columns, cells, strict=True)
            if column and table_file.is_error(cell)
        ]
        return cells, faults

    def fault_of_columns(self) -> str:
        """Return what is wrong with what the columns are said to say; nothing is an empty text."""
        if not set(self.columns) & {*NAMES, columns.NAME}:
            return no_names()
        once = [each for each in self.columns if each not in {"", columns.WORKSHOPS}]
        twice = next((each for each in once if once.count(each) > 1), "")
        if twice:
            return _(
                "“%(column)s” is chosen for two columns. Please leave one of them out.",
                column=dict(self.offered)[twice],
            )
        return ""

    def _read_text(self, posted: Mapping[str, str], file: FileStorage | None) -> None:
        self.rows.value = posted.get("rows", "")
        if file is None or not file.filename:
            return
        content = file.read(self.largest_file + 1)
        file.close()
        if len(content) > self.largest_file:
            self.rows.errors.append(self.too_large())
            return
        if workbook.is_workbook(content):
            self._read_workbook(content)
            return
        text = self.text_of(content)
        if isinstance(text, Unreadable):
            self.rows.errors.append(
                _(
                    "This file is not a table. Please save your table as an Excel workbook (.xlsx) "
                    "or as CSV and send that file."
                )
            )
        else:
            self.rows.value = text.replace("\0", "")

    def _read_workbook(self, content: bytes) -> None:
        found = workbook.read(content, most_rows=self.most_rows + 1)
        if isinstance(found, Unusable):
            self.rows.errors.append(str(import_words.UNUSABLE[found]))
            return
        self.rows.value = found.text
        if found.others:
            self.note = ngettext(
                "Only the sheet “%(name)s” was read; %(num)d other sheet was left out.",
                "Only the sheet “%(name)s” was read; %(num)d other sheets were left out.",
                found.others,
                name=found.name,
            )

    def _fault_of_lines(self) -> str:
        if not self.lines:
            return _("Please paste rows or choose a file.")
        if len(self.lines) > self.most_rows + 1:
            return _(
                "These are more than %(most)s rows. Please split the table and import the parts "
                "one after another.",
                most=number(self.most_rows),
            )
        if sheet.columns_in(self.lines) > MOST_COLUMNS:
            return _("This table has more than %(most)d columns.", most=MOST_COLUMNS)
        return ""

    def _read_columns(self, posted: Mapping[str, str]) -> None:
        count = sheet.columns_in(self.lines)
        cells = [_cell(self.lines[0].cells, place) for place in range(count)]
        values = [value for value, _words in self.offered]
        if posted.get("shape") == self.shape:
            self.has_heading = posted.get("has_heading") == TICKED
            chosen = [posted.get(f"column-{place}", "") for place in range(count)]
            self.columns = [each if each in values else "" for each in chosen]
        else:
            found = self.guessed(cells, values)
            self.has_heading = any(found) or any(map(self.is_heading, cells))
            self.columns = found

    def guessed(self, headings: Sequence[str], offered: Sequence[str]) -> list[str]:
        """Return what each column says, as far as its heading is known."""
        return columns.guessed(headings, offered, self.asked)

    def is_heading(self, cell: str) -> bool:
        """Return whether a cell is the heading of a column."""
        return columns.is_known(cell)

    def text_of(self, content: bytes) -> str | Unreadable:
        """Return the text of a file that is no workbook."""
        return table_file.text_of(content)

    def too_large(self) -> str:
        """Say what to do with a file that is too large."""
        return _("This file is larger than 4 MB. Please send only the sheet with the people.")


def unknown_kind(cell: str) -> str:
    """Say what a cell may say of as what somebody comes."""
    return unknown_word(cell, kinds(languages.current()).values())


def unknown_word(cell: str, known: Iterable[str]) -> str:
    """Say which words a cell may say instead of what stands there."""
    return _(
        "Please enter one of these instead of “%(cell)s”: %(known)s.",
        cell=cell[:60],
        known=", ".join(known),
    )


def no_names() -> str:
    """Say that nobody knows whom the rows are about."""
    return _(
        "No column says who it is. Please choose the column with the names. "
        "If a title stands above the headings, please leave its row out."
    )


def read_details(cells: Mapping[str, str], faults: list[str]) -> dict[str, str]:
    """Return what a row says by the rules of the form; adds what is wrong to `faults`."""
    cells = dict(cells)
    if name := cells.get(columns.NAME, ""):
        given, family = people.parted_name(name)
        cells["given_name"] = cells.get("given_name") or given
        cells["family_name"] = cells.get("family_name") or family
    words = field_words(languages.current())
    said = {}
    for each in FIELDS:
        typed = cells.get(each.name, "")
        if each.name not in cells and each.name not in NAMES:
            continue
        entry = Entry(each.name, words[each.name].label)
        if each.name == "email":
            value = read_address(entry, typed, is_demo=extensions.settings().is_demo)
        else:
            value = read_line(entry, typed, most=each.most)
        if each.name in NAMES and says_nothing(value):
            value = ""
        said[each.name] = value
        faults += [labelled(entry.label, sentence) for sentence in entry.errors]
    return said


def _fault_of_cell(cell: str) -> str:
    if cell == NO_RESULT:
        return _(
            "A cell holds a formula without its result. Please open the table in Excel, save it "
            "and send it again."
        )
    return _(
        "The table says “%(cell)s”, an error of the spreadsheet. Please enter the value itself.",
        cell=cell,
    )


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
