"""A table of whom to invite: read, looked at beside who is invited already, and taken over."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from congress import clock
from congress.domain import guest_table
from congress.domain.fields import FIELDS, NAMES
from congress.domain.guest_table import Finding, GuestRow, Outcome
from congress.domain.invitations import Guest
from congress.domain.kinds import PersonKind
from congress.domain.pasting.cells import Line
from congress.formats import attendee_columns as columns
from congress.formats.attendee_list import kinds
from congress.formats.field_words import field_words
from congress.queries import invitations as queries
from congress.services.invitations import keeping
from congress.web import access, languages
from congress.web.entries import Entry
from congress.web.languages import gettext as _
from congress.web.languages import labelled, ngettext
from congress.web.organiser import frame
from congress.web.organiser.guest_form import read_places, several_need_organisation
from congress.web.organiser.table_form import (
    LARGEST_FILE,
    TableForm,
    no_names,
    read_details,
    unknown_kind,
)

REFUSED, UNSEEN = 422, 409
ENDPOINT, LARGEST_FORM = "organiser.import_invitations", LARGEST_FILE
ASKED = ("given_name", "family_name", "email", "organisation")


@dataclass(kw_only=True)
class GuestTable(TableForm):
    """A table of whom to invite, and its rows as checked."""

    checked: list[GuestRow] = field(default_factory=list)

    @property
    def offered(self) -> list[tuple[str, str]]:
        words = field_words(languages.current())
        return [
            ("", _("Leave out")),
            *((each.name, words[each.name].label) for each in FIELDS if each.name in ASKED),
            (columns.NAME, _("Name in one column")),
            (columns.PLACES, _("Places")),
            (columns.LANGUAGE, _("Language")),
            (columns.KIND, _("Attending as")),
        ]

    def fault_of_columns(self) -> str:
        if "email" not in self.columns:
            return _("No column holds the email addresses. Please choose it.")
        # Here an organisation says who it is as well.
        if "organisation" not in self.columns and not set(self.columns) & {*NAMES, columns.NAME}:
            return no_names()
        once = [each for each in self.columns if each]
        twice = next((each for each in once if once.count(each) > 1), "")
        if twice:
            return _(
                "“%(column)s” is chosen for two columns. Please leave one of them out.",
                column=dict(self.offered)[twice],
            )
        return ""

    def read(self, posted: Mapping[str, str], file: FileStorage | None) -> bool:
        """Take over what was sent; returns whether there is something to compare."""
        if not self.read_table(posted, file):
            return False
        self.checked = [self._row(line) for line in self.body]
        return True

    def _row(self, line: Line) -> GuestRow:
        cells, faults = self.cells_of(line)
        by_column = dict(zip(self.columns, cells, strict=True))
        said = read_details({name: by_column[name] for name in by_column if name}, faults)
        entry = Entry(columns.PLACES, _("Places"))
        places = read_places(entry, by_column.get(columns.PLACES, ""))
        faults += [labelled(entry.label, sentence) for sentence in entry.errors]
        language = by_column.get(columns.LANGUAGE, "")
        if language and not columns.language_of(language):
            faults.append(_("Please enter German or English as the language."))
        said_kind = by_column.get(columns.KIND, "")
        kind = columns.kind_of(said_kind)
        if said_kind and kind is None:
            faults.append(unknown_kind(said_kind))
        guest = Guest(
            **{name: said.get(name, "") for name in ASKED},
            language=columns.language_of(language) or "de",
            places=places,
            kind=kind or PersonKind.ATTENDEE,
        )
        if not faults:
            faults += _lacks(guest)
        return GuestRow(
            line.number,
            guest,
            shown=" · ".join(cell for cell in cells if cell)[:200],
            faults=tuple(faults),
            says_places=bool(by_column.get(columns.PLACES)),
            says_language=bool(language),
            says_kind=kind is not None,
        )


def import_invitations() -> ResponseReturnValue:
    """Show the form, what a table would change, or take it over as it was seen."""
    form = GuestTable(rows=Entry("rows", _("Rows")))
    if request.method == "GET":
        return _page(form)
    if not form.read(request.form, request.files.get("file")):
        return _page(form), REFUSED
    congress_id = access.workspace().id
    findings = guest_table.compare(form.checked, queries.of_congress(congress_id))
    if request.form.get("step") != "apply":
        return _page(form, findings)
    if request.form.get("seen") != guest_table.mark_of(findings):
        changed = _("The table or the invitations have changed. Please look at this once more.")
        return _page(form, findings, changed), UNSEEN
    added, changes = keeping.take_over(
        congress_id,
        [each.row.guest for each in findings if each.outcome is Outcome.ADDED],
        [each.changed for each in findings if each.changed],
        actor=access.actor(),
        now=clock.now(),
    )
    said = [
        ngettext("%(num)d invitation was added.", "%(num)d invitations were added.", added),
        ngettext("%(num)d invitation was changed.", "%(num)d invitations were changed.", changes),
        _("Nothing is sent yet."),
    ]
    return frame.done(" ".join(said), "/invitations")


def _lacks(guest: Guest) -> list[str]:
    if not guest.email:
        return [_("Please enter an email address.")]
    if guest.organisation:
        return []
    if guest.places > 1:
        return [several_need_organisation()]
    return [] if guest.name else [_("Please enter a name or an organisation.")]


def _why(finding: Finding) -> list[str]:
    if finding.twin:
        said = _(
            "This is the same as in row %(number)d. Please delete one of the two.",
            number=finding.twin,
        )
        return [said]
    if finding.has_too_few:
        return [_("More people are registered with this invitation than it would have places.")]
    return list(finding.row.faults)


def _page(form: GuestTable, findings: list[Finding] | None = None, error: str = "") -> str:
    by_outcome = {
        outcome: [each for each in findings or () if each.outcome is outcome] for outcome in Outcome
    }
    return frame.page(
        "import_invitations.html",
        current="attendees",
        form=form,
        findings=by_outcome if findings is not None else None,
        seen=guest_table.mark_of(findings) if findings is not None else "",
        why=_why,
        kinds=kinds(languages.current()),
        errors=[(form.rows.id, sentence) for sentence in form.rows.errors],
        error=error,
    )
