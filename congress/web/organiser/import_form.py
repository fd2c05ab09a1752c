"""The form of an import: text or file, what its columns say, and its rows as checked."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from werkzeug.datastructures import FileStorage

from congress.domain.attendee_import.comparing import Finding, ImportedRow, Outcome, Why
from congress.domain.attendee_import.people import Catalogue
from congress.domain.congresses import Congress
from congress.domain.fields import FIELDS, NAMES, FieldUse
from congress.domain.kinds import PersonKind
from congress.domain.names import full_name
from congress.domain.own_questions import COLUMN
from congress.domain.pasting.cells import Line
from congress.domain.priority import OTHERS
from congress.domain.registration_request import VOLUNTARY, Details, RegistrationRequest
from congress.domain.registration_request import WishedWorkshop as Wish
from congress.formats import attendee_columns as columns
from congress.formats.attendee_columns import Asked
from congress.formats.field_words import field_words
from congress.services.taking_over import Newcomer, Terms
from congress.web import languages
from congress.web.entries import TICKED, Entry, read_line
from congress.web.languages import gettext as _
from congress.web.languages import labelled
from congress.web.mode_words import IN_SENTENCES
from congress.web.organiser.consent_words import consent_words
from congress.web.organiser.entry_form import LONGEST_NAME
from congress.web.organiser.import_answers import AnswerCells
from congress.web.organiser.table_form import (
    TableForm,
    read_details,
    unknown_kind,
    unknown_word,
)

MOST_QUESTIONS = 300  # that can be answered at once; a form has so many fields
KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(kw_only=True)
class ImportForm(TableForm):
    """Everything on the page, as typed and chosen; what was read of it once there are rows."""

    congress: Congress
    catalogue: Catalogue
    said_by: Entry
    key: str = ""
    waits: bool = False
    is_told: bool = False
    answers: dict[int, str] = field(default_factory=dict)
    checked: list[ImportedRow] = field(default_factory=list)

    def read(self, posted: Mapping[str, str], file: FileStorage | None) -> bool:
        """Take over what was sent; returns whether there is something to compare."""
        key = posted.get("form_key", "")
        self.key = key if KEY.fullmatch(key) else secrets.token_hex(16)
        read_line(self.said_by, posted.get("said_by", ""), most=LONGEST_NAME)
        self.waits = posted.get("waits") == TICKED
        self.is_told = posted.get("is_told") == TICKED
        is_table = self.read_table(posted, file)
        self._read_answers(posted)
        if not is_table:
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
            (columns.KIND, _("Attending as")),
            (columns.STATE, _("Status")),
            *([(columns.MODE, _("Takes part"))] if self.congress.rules.is_hybrid else []),
            *([(columns.PRIORITY, _("Priority group"))] if self.congress.rules.priority else []),
            *self.cells.offered,
        ]

    @cached_property
    def cells(self) -> AnswerCells:
        """The columns of what the congress asks on its own."""
        return AnswerCells(self.congress.questions)

    @cached_property
    def asked(self) -> Asked:
        return columns.of_questions(self.cells.questions)

    @property
    def has_answers(self) -> bool:
        """Whether any column answers a question of the congress."""
        return any(each.startswith(COLUMN) for each in self.columns)

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
            kind=row.kind or PersonKind.ATTENDEE,
            mode=row.mode or self.congress.rules.mode.usual,
            choices=tuple(map(Wish, row.workshops or ())),
            consents=tuple(name for name in VOLUNTARY if row.consents.get(name)),
            form_key=key,
            own_answers=finding.answers or {},
            apart=key if finding.is_another and not row.said.get("email") else "",
        )
        return Newcomer(row.number, request, row.priority or OTHERS)

    def _use(self, name: str) -> FieldUse:
        [found] = [each for each in FIELDS if each.name == name]
        return FieldUse(self.congress.fields.get(name, found.use))

    def _row(self, line: Line) -> ImportedRow:
        cells, faults = self.cells_of(line)
        by_column = dict(zip(self.columns, cells, strict=True))
        said = self._details(by_column, faults)
        chosen = [
            self.catalogue.read(cell)
            for column, cell in zip(self.columns, cells, strict=True)
            if column == columns.WORKSHOPS
        ]
        language = by_column.get(columns.LANGUAGE, "")
        if language and not columns.language_of(language):
            faults.append(_("Please enter German or English as the language."))
        kind = columns.kind_of(said_kind := by_column.get(columns.KIND, ""))
        if said_kind and kind is None:
            faults.append(unknown_kind(said_kind))
        mode = columns.mode_of(said_mode := by_column.get(columns.MODE, ""))
        if said_mode and mode is None:
            faults.append(unknown_word(said_mode, map(str, IN_SENTENCES.values())))
        consents = {}
        for name in VOLUNTARY:
            given = columns.said_yes(by_column[name]) if name in by_column else False
            if given is None:
                faults.append(
                    _("Please enter yes or no instead of “%(cell)s”.", cell=by_column[name][:60])
                )
            elif name in by_column:
                consents[name] = given
        group = by_column.get(columns.PRIORITY, "")
        if group and self.congress.rules.priority_groups.find(group) is None:
            faults.append(_("There is no priority group “%(cell)s”.", cell=group[:60]))
        answers, doubts = self.cells.read(by_column)
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
            priority=self.congress.rules.priority_groups.find(group),
            answers=answers,
            doubts=doubts,
            kind=kind,
            mode=mode,
        )

    def _details(self, cells: Mapping[str, str], faults: list[str]) -> dict[str, str]:
        """Check what a row says by the rules of the form; it has to say who it is."""
        said = read_details(cells, faults)
        if not any(said.get(name) for name in NAMES) and not faults:
            faults.append(_("Please enter a name."))
        return said


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
