"""The attendee list as a file; each export leaves a line in the log (GDPR-09)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from congress.domain.access import Actor
from congress.domain.attendee_list import Wanted, with_state
from congress.domain.registration import RegistrationState
from congress.formats import table
from congress.formats.attendee_list import AttendeeTable
from congress.formats.catalogue import catalogue
from congress.formats.table import Cell, Heading
from congress.queries import attendees, workspaces
from congress.queries.congresses import get_congress
from congress.services import auditing
from congress.transaction import read_one_state, transaction


class FileFormat(StrEnum):
    """The kinds of file; the value is also the end of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


CONTENT_TYPES = {
    FileFormat.CSV: "text/csv",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
}


class Listed(StrEnum):
    """What is written line by line; the value is what the log says of it."""

    LOG = "log_exported"
    FIGURES = "figures_exported"  # what is counted, with nobody's name
    SHEETS = "sheets_exported"  # what organisers have noted about people in the programme
    INVITATIONS = "invitations_exported"  # who is invited and what they answered
    ASSISTANCE = "assistance_exported"  # who needs what, for the one role that reads it


@dataclass(frozen=True)
class Listing:
    """What is written (CSV or XLSX), and which `fields` of it where one may choose."""

    listed: Listed
    headings: Sequence[Heading]
    lines: Iterable[Sequence[Cell]]
    file_format: FileFormat = FileFormat.CSV
    fields: Sequence[str] = ()


@dataclass(frozen=True)
class ExportedFile:
    """A finished file, open and at its beginning; whoever gets it closes it."""

    content: BinaryIO
    name: str
    content_type: str
    count: int


def export_attendees(
    congress_id: int,
    wanted: Wanted,
    file_format: FileFormat,
    *,
    columns: Sequence[str],
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write the attendees that are wanted into a file and the export into the log.

    The file is written from one state of the database and never held in memory whole.
    """
    read_one_state()
    workspace = workspaces.get_workspace(congress_id)
    if attendees.count(congress_id, replace(wanted, is_unconfirmed=True)) or _has_asking(
        congress_id, wanted
    ):
        columns = with_state(columns)
    congress = get_congress(congress_id)
    questions = [each for each in congress.questions if each.column in columns]
    slots, groups = attendees.slots(congress_id), congress.rules.priority_groups
    listed = AttendeeTable(columns, slots, language, workspace.zone, questions, groups)
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    lines = attendees.stream(
        congress_id,
        wanted,
        columns=columns,
        with_reserve="state" in columns and congress.rules.quota > 0,
    )
    if file_format is FileFormat.JSON:
        file.write(listed.as_json(lines).encode())
    elif file_format is FileFormat.CSV:
        table.write_csv(listed.headings(), listed.rows(lines), file)
    else:
        rows, name = listed.rows(lines), workspace.slug
        table.write_xlsx(listed.headings(), rows, file, name=name, created=now)
    count = attendees.count(congress_id, wanted)
    file.seek(0)
    with transaction():
        auditing.record(
            "attendees_exported",
            actor=actor,
            now=now,
            congress_id=congress_id,
            fields=list(columns),
            details={
                "format": file_format,
                "count": count,
                "columns": len(listed.headings()),
                "state": wanted.state,
                "workshop": wanted.workshop_id,
                "waiting_for": wanted.waiting_for_id,
                "unchosen": wanted.unchosen_id,
                "came": wanted.has_come,
                "was_in": wanted.was_in_id,
                "missed": wanted.missed_id,
                "marked": len(wanted.ids),
                "is_search": bool(wanted.words),
                "answered": wanted.answered is not None,
            },
        )
    name = _named(congress_id, catalogue(language).gettext("attendees"), now)
    return ExportedFile(file, f"{name}.{file_format}", CONTENT_TYPES[file_format], count)


def _has_asking(congress_id: int, wanted: Wanted) -> bool:
    """Return whether somebody is in a list who has only asked to take part."""
    asking = RegistrationState.REQUESTED
    is_meant = wanted.state in {None, asking}
    return is_meant and attendees.counts_by_state(congress_id, wanted)[asking] > 0


def export_lines(
    congress_id: int, listing: Listing, *, language: str, actor: Actor, now: datetime
) -> ExportedFile:
    """Write lines, which come in words and one after the other, into a table."""
    read_one_state()
    listed, file_format = listing.listed, listing.file_format
    name = _named(congress_id, _called(listed, language), now)
    exported = _written(name, listing, now)
    details = {"count": exported.count, "format": file_format}
    if listing.fields:
        details["columns"] = list(listing.fields)
    with transaction():
        auditing.record(listed, actor=actor, now=now, congress_id=congress_id, details=details)
    return exported


def _called(listed: Listed, language: str) -> str:
    """Return what a file is called, as part of its name."""
    gettext = catalogue(language).gettext
    return {
        Listed.LOG: gettext("log"),
        Listed.FIGURES: gettext("figures"),
        Listed.SHEETS: gettext("speaker-sheets"),
        Listed.INVITATIONS: gettext("invitations"),
        Listed.ASSISTANCE: gettext("assistance-needs"),
    }[listed]


def _named(congress_id: int, called: str, now: datetime) -> str:
    workspace = workspaces.get_workspace(congress_id)
    return f"{workspace.slug}-{called}-{now.astimezone(workspace.zone).date()}"


def _written(name: str, listing: Listing, now: datetime) -> ExportedFile:
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    headings, lines, file_format = listing.headings, listing.lines, listing.file_format
    if file_format is FileFormat.CSV:
        count = table.write_csv(headings, lines, file)
    else:
        count = table.write_xlsx(headings, lines, file, name=name, created=now)
    file.seek(0)
    return ExportedFile(file, f"{name}.{file_format}", CONTENT_TYPES[file_format], count)
