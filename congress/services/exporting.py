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
    questions = [each for each in get_congress(congress_id).questions if each.column in columns]
    listed = AttendeeTable(
        columns, attendees.slots(congress_id), language, workspace.zone, questions
    )
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    lines = attendees.stream(congress_id, wanted, with_answers=bool(questions))
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
                "marked": len(wanted.ids),
                "is_search": bool(wanted.words),
                "answered": wanted.answered is not None,
            },
        )
    day, people = now.astimezone(workspace.zone).date(), catalogue(language).gettext("attendees")
    name = f"{workspace.slug}-{people}-{day}.{file_format}"
    return ExportedFile(file, name, CONTENT_TYPES[file_format], count)


def _has_asking(congress_id: int, wanted: Wanted) -> bool:
    """Return whether somebody is in a list who has only asked to take part."""
    asking = RegistrationState.REQUESTED
    is_meant = wanted.state in {None, asking}
    return is_meant and attendees.counts_by_state(congress_id, wanted)[asking] > 0


def export_log(
    congress_id: int,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Cell]],
    *,
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write lines of the log, which come in words and one after the other, into a CSV file."""
    read_one_state()
    name = _named(congress_id, catalogue(language).gettext("log"), now)
    exported = _written(name, headings, lines, FileFormat.CSV, now)
    _record("log_exported", congress_id, {"count": exported.count}, actor, now)
    return exported


def export_figures(
    congress_id: int,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Cell]],
    file_format: FileFormat,
    *,
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write what is counted of a congress, line by line and with nobody's name, into a file."""
    name = _named(congress_id, catalogue(language).gettext("figures"), now)
    exported = _written(name, headings, lines, file_format, now)
    details = {"count": exported.count, "format": file_format}
    _record("figures_exported", congress_id, details, actor, now)
    return exported


def export_sheets(
    congress_id: int,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Cell]],
    *,
    fields: Sequence[str],
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write what organisers have noted about people in the programme into a CSV file."""
    name = _named(congress_id, catalogue(language).gettext("speaker-sheets"), now)
    exported = _written(name, headings, lines, FileFormat.CSV, now)
    details = {"count": exported.count, "columns": list(fields)}
    _record("sheets_exported", congress_id, details, actor, now)
    return exported


def export_invitations(
    congress_id: int,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Cell]],
    file_format: FileFormat,
    *,
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write who is invited and what they answered into a file."""
    name = _named(congress_id, catalogue(language).gettext("invitations"), now)
    exported = _written(name, headings, lines, file_format, now)
    details = {"count": exported.count, "format": file_format}
    _record("invitations_exported", congress_id, details, actor, now)
    return exported


def export_assistance(
    congress_id: int,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Cell]],
    *,
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write who needs what to take part into a CSV file, for the one role that reads it."""
    name = _named(congress_id, catalogue(language).gettext("assistance-needs"), now)
    exported = _written(name, headings, lines, FileFormat.CSV, now)
    _record("assistance_exported", congress_id, {"count": exported.count}, actor, now)
    return exported


def _named(congress_id: int, called: str, now: datetime) -> str:
    workspace = workspaces.get_workspace(congress_id)
    return f"{workspace.slug}-{called}-{now.astimezone(workspace.zone).date()}"


def _written(
    name: str,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Cell]],
    file_format: FileFormat,
    now: datetime,
) -> ExportedFile:
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    if file_format is FileFormat.CSV:
        count = table.write_csv(headings, lines, file)
    else:
        count = table.write_xlsx(headings, lines, file, name=name, created=now)
    file.seek(0)
    return ExportedFile(file, f"{name}.{file_format}", CONTENT_TYPES[file_format], count)


def _record(
    verb: str, congress_id: int, details: dict[str, object], actor: Actor, now: datetime
) -> None:
    with transaction():
        auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
