"""A table or the official list for the register: looked at beside it, and taken over as seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from congress import clock
from congress.domain.network import register_import as rules
from congress.domain.network.register_difference import Comparison, Finding, Outcome
from congress.domain.network.register_rows import RegisterRow
from congress.domain.own_questions import read_date
from congress.formats import register_table as table
from congress.formats.gv100 import OfficialList
from congress.formats.register_words import fault_words, note_words
from congress.formats.table_file import Unreadable
from congress.queries.network import register, register_known
from congress.services.network import importing
from congress.services.network.importing import Done
from congress.web import access, languages
from congress.web.entries import TICKED, Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext, number
from congress.web.network import register_words as words
from congress.web.network.frame import dates, done, page
from congress.web.network.organisations import ADDRESS
from congress.web.organiser.table_form import TableForm

REFUSED, UNSEEN = 422, 409
ENDPOINT, LARGEST_FORM = "network.import_organisations", 8 * 1024 * 1024
SHOWN = 200  # rows of each kind; the counts are of all


@dataclass(kw_only=True)
class RegisterTable(TableForm):
    """A table of organisations, whether it is complete, and its rows as read."""

    most_rows: ClassVar[int] = table.MOST_ROWS
    largest_file: ClassVar[int] = LARGEST_FORM
    ends_on: Entry
    is_complete: bool = False
    checked: list[RegisterRow] = field(default_factory=list)

    @property
    def offered(self) -> list[tuple[str, str]]:
        labels = {name: str(label) for name, label in words.FIELDS.items() if name != "suggested"}
        labels["successor"] = labels.pop("successor_id")
        labels[table.LINE] = _("Number of the line")
        return [("", _("Leave out")), *labels.items()]

    def read(self, posted: Mapping[str, str], file: FileStorage | None) -> bool:
        """Take over what was sent; returns whether there is something to compare."""
        self.is_complete = posted.get("is_complete") == TICKED
        read_line(self.ends_on, posted.get("ends_on", ""), most=len("31. Dezember 2015"))
        if self.ends_on.value and not self.ends_on.errors and self.day is None:
            self.ends_on.errors.append(_("Please enter a day, for example 21.10.2026."))
        if not self.read_table(posted, file) or self.ends_on.errors:
            return False
        self.checked = [table.read_row(line, self.columns, line.cells) for line in self.body]
        return True

    @property
    def day(self) -> date | None:
        """The day with which those end that a complete list lacks."""
        day = read_date(self.ends_on.value)
        return date.fromisoformat(day) if day else None

    def fault_of_columns(self) -> str:
        if table.NAME not in self.columns:
            return _("No column holds the names of the organisations. Please choose it.")
        once = [each for each in self.columns if each]
        twice = next((each for each in once if once.count(each) > 1), "")
        if twice:
            return _(
                "“%(column)s” is chosen for two columns. Please leave one of them out.",
                column=dict(self.offered)[twice],
            )
        return ""

    def guessed(self, headings: Sequence[str], offered: Sequence[str]) -> list[str]:  # noqa: ARG002 - of all tables
        return table.guessed(headings)

    def is_heading(self, cell: str) -> bool:
        return table.is_known(cell)

    def text_of(self, content: bytes) -> str | Unreadable:
        found = table.text_of(content)
        if not isinstance(found, OfficialList):
            return found
        self.is_complete = True
        left_out = ngettext(
            "%(num)d line of other areas was left out.",
            "%(num)d lines of other areas were left out.",
            found.left_out,
        )
        self.note = f"{_the_list(found.as_of)} {left_out}"
        return found.text

    def too_large(self) -> str:
        return _("This file is larger than 8 MB. Please send only the sheet with organisations.")


def import_organisations() -> ResponseReturnValue:
    """Show the form, what a table would change, or take it over as it was seen."""
    form = RegisterTable(
        rows=Entry("rows", _("Rows")), ends_on=Entry("ends_on", _("Last day of these"))
    )
    if request.method == "GET":
        return _page(form)
    if not form.read(request.form, request.files.get("file")):
        return _page(form), REFUSED
    found = rules.compare(form.checked, register_known.all_known(), is_complete=form.is_complete)
    if request.form.get("step") != "apply":
        return _page(form, found)
    if request.form.get("seen") != found.mark:
        changed = _("The table or the register has changed. Please look at this once more.")
        return _page(form, found, changed), UNSEEN
    made = importing.import_all(found, ends_on=form.day, actor=access.actor(), now=clock.now())
    return done(_said(made), "/organisations")


def _the_list(as_of: date | None) -> str:
    if as_of is None:
        return _("This is the official list of municipalities.")
    return _("This is the official list of municipalities as of %(day)s.", day=dates().date(as_of))


def _said(made: Done) -> str:
    said = [
        ngettext(
            "%(num)d organisation was added.", "%(num)d organisations were added.", made.added
        ),
        ngettext(
            "%(num)d organisation was changed.", "%(num)d organisations were changed.", made.changed
        ),
    ]
    if made.ended:
        said.append(
            ngettext(
                "%(num)d organisation was ended.", "%(num)d organisations were ended.", made.ended
            )
        )
    if made.passed_over:
        said.append(
            ngettext(
                "%(num)d row was passed over, as someone had changed the organisation meanwhile. "
                "Please look at the table once more.",
                "%(num)d rows were passed over, as someone had changed the organisations "
                "meanwhile. Please look at the table once more.",
                len(made.passed_over),
            )
        )
    return " ".join(said)


def _page(form: RegisterTable, found: Comparison | None = None, error: str = "") -> str:
    by_outcome = {each: found.of(each) if found else [] for each in Outcome}
    names = register.names_of(
        each.after.successor_id
        for each in by_outcome[Outcome.CHANGED][:SHOWN]
        if each.after and each.after.successor_id
    )
    changed = by_outcome[Outcome.CHANGED]
    language = languages.current()
    return page(
        "import_organisations.html",
        current="organisations",
        base=ADDRESS,
        form=form,
        found=found,
        by_outcome=by_outcome,
        renamed=[each for each in changed if each.is_renamed],
        merged=[each for each in changed if "successor_id" in each.changes],
        shown=SHOWN,
        number=number,
        noted=[each for each in found.findings if each.notes and each.after] if found else [],
        why=lambda each: [fault_words(fault, language) for fault in each.faults],
        notes=lambda each: [note_words(note, language) for note in each.notes],
        changes=lambda each: _changes(each, names),
        errors=[*told(form.rows), *told(form.ends_on)],
        error=error,
    )


def _changes(finding: Finding, names: Mapping[int, str]) -> list[tuple[str, str, str]]:
    """Return what is written over: the words of the field, what stands there, what will."""
    if finding.known is None or finding.after is None:
        return []
    before, after = vars(finding.known.facts), vars(finding.after)
    found = []
    for name in finding.changes:
        new = words.shown(name, after[name], names)
        if name == "successor_id" and finding.successor_row is not None:
            new = finding.row.successor
        found.append((str(words.FIELDS[name]), words.shown(name, before[name], names), new))
    return found
