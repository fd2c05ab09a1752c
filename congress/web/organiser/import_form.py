"""The form of an import: text or file, what its columns say, and its rows as checked."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import FileStorage

from congress import extensions
from congress.domain.attendee_import import people, sheet
from congress.domain.attendee_import.comparing import Finding, ImportedRow, Outcome, Why
from congress.domain.attendee_import.people import Catalogue
from congress.domain.congresses import Congress
from congress.domain.fields import FIELDS, NAMES, FieldUse
from congress.domain.names import full_name, says_nothing
from congress.domain.pasting.cells import Line
from congress.domain.registration_request import VOLUNTARY, Details, RegistrationRequest
from congress.domain.registration_request import WishedWorkshop as Wish
from congress.formats import attendee_columns as columns
from congress.formats import table_file, workbook
from congress.formats.field_words import field_words
from congress.formats.table_file import Unreadable
from congress.formats.workbook import NO_RESULT, Unusable
from congress.services.taking_over import Newcomer, Terms
from congress.web import languages
from congress.web.entries import Entry, read_address, read_line
from congress.web.languages import gettext as _
from congress.web.languages import labelled, ngettext, number
from congress.web.organiser import import_words
from congress.web.organiser.consent_words import consent_words
from congress.web.organiser.entry_form import LONGEST_NAME

LARGEST_FILE = 4 * 1024 * 1024
MOST_COLUMNS = 60
MOST_QUESTIONS = 300  # that can be answered at once; a form has so many fields
SHOWN = 3  # cells below each heading, to see what a column holds
KEY = re.compile(r"[0-9a-f]{32}")
TICKED = "y"


@dataclass
class ImportForm:
    """Everything on the page, as typed and chosen; what was read of it once there are rows."""

    congress: Congress
    catalogue: Catalogue
    rows: Entry
    said_by: Entry
    key: str = ""
    note: str = ""  # what of a workbook was read
    has_heading: bool = True
    waits: bool = False
    is_told: bool = False
    columns: list[str] = field(default_factory=list)
    answers: dict[int, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    checked: list[ImportedRow] = field(default_factory=list)

    def read(self, posted: Mapping[str, str], file: FileStorage | None) -> bool:
        """Take over what was sent; returns whether there is something to compare."""
        self._read_text(posted, file)
        key = posted.get("form_key", "")
        self.key = key if KEY.fullmatch(key) else secrets.token_hex(16)
        read_line(self.said_by, posted.get("said_by", ""), most=LONGEST_NAME)
        self.waits = posted.get("waits") == TICKED
        self.is_told = posted.get("is_told") == TICKED
        self.lines = sheet.lines_of(self.rows.value)
        fault = self._fault()
        if not fault:
            self._read_columns(posted)
            self._read_answers(posted)
            fault = self._fault_of_columns()
        if fault and not self.rows.errors:
            self.rows.errors.append(fault)
        if self.rows.errors:
            return False
        self.checked = [self._row(line) for line in self.body]
        return True

    def _read_answers(self, posted: Mapping[str, str]) -> None:
        numbers = {line.number for line in self.body}
        for name, answer in posted.items():
            number = name.removeprefix("row-")
            if name != number and number.isdecimal() and int(number[:9]) in numbers:
                self.answers[int(number[:9])] = answer

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
    def has_addresses(self) -> bool:
        return "email" in self.columns

    @property
    def offered(self) -> list[tuple[str, str]]:
        """What a column may say, each with its words."""
        words = field_words(languages.current())
        asked = [each.name for each in FIELDS if self._use(each.name) is not FieldUse.OFF]
        return [
            ("", _("Leave out")),
            *((name, words[name].label) for name in asked),
            (columns.NAME, _("Name in one column")),
            (columns.WORKSHOPS, _("Workshop")),
            *consent_words().items(),
            (columns.LANGUAGE, _("Language")),
            (columns.STATE, _("Status")),
        ]

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

    def terms(self) -> Terms:
        """Return what an organiser says beside the rows."""
        return Terms(waits=self.waits, is_told=self.is_told, said_by=self.said_by.value)

    def newcomers(self, findings: Sequence[Finding]) -> list[Newcomer]:
        """Return whom the rows want to register."""
        return [self._newcomer(each) for each in findings if each.outcome is Outcome.ADDED]

    def _newcomer(self, finding: Finding) -> Newcomer:
        row = finding.row
        key = hashlib.sha256(f"{self.key}-{row.number}".encode()).hexdigest()[:32]
        request = RegistrationRequest(
            **vars(Details.of(row.said)),
            language=row.language or "de",
            choices=tuple(map(Wish, row.workshops or ())),
            consents=tuple(name for name in VOLUNTARY if row.consents.get(name)),
            form_key=key,
            apart=key if finding.is_another and not row.said.get("email") else "",
        )
        return Newcomer(row.number, request)

    def _read_text(self, posted: Mapping[str, str], file: FileStorage | None) -> None:
        self.rows.value = posted.get("rows", "")
        if file is None or not file.filename:
            return
        content = file.read(LARGEST_FILE + 1)
        file.close()
        if len(content) > LARGEST_FILE:
            self.rows.errors.append(
                _("This file is larger than 4 MB. Please send only the sheet with the people.")
            )
            return
        if workbook.is_workbook(content):
            self._read_workbook(content)
            return
        text = table_file.text_of(content)
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
        found = workbook.read(content, most_rows=sheet.MOST_ROWS + 1)
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

    def _fault(self) -> str:
        if not self.lines:
            return _("Please paste rows or choose a file.")
        if len(self.lines) > sheet.MOST_ROWS + 1:
            return _(
                "These are more than %(most)s rows. Please split the table and import the parts "
                "one after another.",
                most=number(sheet.MOST_ROWS),
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
            self.has_heading = any(map(columns.is_known, cells))
            self.columns = columns.guessed(cells, values) if self.has_heading else [""] * count

    def _fault_of_columns(self) -> str:
        if not set(self.columns) & {*NAMES, columns.NAME}:
            return _(
                "No column says who it is. Please choose the column with the names. "
                "If a title stands above the headings, please leave its row out."
            )
        once = [each for each in self.columns if each not in {"", columns.WORKSHOPS}]
        twice = next((each for each in once if once.count(each) > 1), "")
        if twice:
            return _(
                "“%(column)s” is chosen for two columns. Please leave one of them out.",
                column=dict(self.offered)[twice],
            )
        return ""

    def _use(self, name: str) -> FieldUse:
        [found] = [each for each in FIELDS if each.name == name]
        return FieldUse(self.congress.fields.get(name, found.use))

    def _row(self, line: Line) -> ImportedRow:
        cells = [
            table_file.unguarded(_cell(line.cells, place)) for place in range(len(self.columns))
        ]
        by_column = dict(zip(self.columns, cells, strict=True))
        faults = [
            _fault_of_cell(cell)
            for column, cell in zip(self.columns, cells, strict=True)
            if column and table_file.is_error(cell)
        ]
        said = self._details(by_column, faults)
        chosen = [
            self.catalogue.read(cell)
            for column, cell in zip(self.columns, cells, strict=True)
            if column == columns.WORKSHOPS
        ]
        language = by_column.get(columns.LANGUAGE, "")
        if language and not columns.language_of(language):
            faults.append(_("Please enter German or English as the language."))
        consents = {}
        for name in VOLUNTARY:
            given = columns.said_yes(by_column[name]) if name in by_column else False
            if given is None:
                faults.append(
                    _("Please enter yes or no instead of “%(cell)s”.", cell=by_column[name][:60])
                )
            elif name in by_column:
                consents[name] = given
        return ImportedRow(
            line.number,
            said,
            shown=full_name(said.get("given_name", ""), said.get("family_name", ""))
            or " · ".join(cell for cell in cells if cell)[:200],
            faults=tuple(faults),
            workshops=tuple(dict.fromkeys(item for each in chosen for item in each.ids))
            if columns.WORKSHOPS in self.columns
            else None,
            unknown=tuple(name for each in chosen for name in each.unknown),
            consents=consents,
            language=columns.language_of(language),
            is_ended=columns.is_ended(by_column.get(columns.STATE, "")),
        )

    def _details(self, cells: Mapping[str, str], faults: list[str]) -> dict[str, str]:
        """Check what a row says by the rules of the form, with the same sentences."""
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
        if not any(said.get(name) for name in NAMES) and not faults:
            faults.append(_("Please enter a name."))
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


def completed(form: ImportForm, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings; of somebody new everything is wanted that the form requires."""
    words = field_words(languages.current())
    required = [name for name, use in form.congress.fields.items() if use is FieldUse.REQUIRED]
    found = []
    for each in findings:
        said = each.after.said
        lacking = [words[name].label for name in required if not said[name]]
        if each.outcome is not Outcome.ADDED or not lacking:
            found.append(each)
            continue
        sentence = _("Please fill in this field.")
        faults = tuple(labelled(label, sentence) for label in lacking)
        row = replace(each.row, faults=faults)
        found.append(replace(each, row=row, outcome=Outcome.OPEN, why=Why.FAULTY))
    return found
