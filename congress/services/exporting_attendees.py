"""The attendee list as a file; each export leaves a line in the log (GDPR-09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from congress.domain.access import Actor
from congress.domain.attendee_files import USUAL, Shape
from congress.domain.attendee_list import Wanted, with_state
from congress.domain.texts import in_language
from congress.formats.attendee_paper import Told, on_paper, require_printable
from congress.formats.attendee_sheets import write_workbook
from congress.formats.attendee_table import AttendeeTable
from congress.formats.catalogue import catalogue
from congress.formats.printing import pdf
from congress.formats.table import write_csv, write_json
from congress.queries import attendances, attendees, workspaces
from congress.queries.congresses import get_congress
from congress.queries.workspaces import Workspace
from congress.services import auditing
from congress.services.exporting import CONTENT_TYPES, ExportedFile, FileFormat, named
from congress.transaction import read_one_state, transaction


@dataclass(frozen=True)
class AttendeeFile:
    """What is wanted: which people, how, in which language."""

    wanted: Wanted
    file_format: FileFormat
    columns: Sequence[str]
    language: str
    shape: Shape = USUAL
    said: Sequence[str] = ()  # which people, in words, for the head of a printed list


def export_attendees(
    congress_id: int, asked: AttendeeFile, *, actor: Actor, now: datetime
) -> ExportedFile:
    """Write the attendees that are wanted into a file and the export into the log.

    The file is written from one state of the database and never held in memory whole, but for
    what is printed. Raises TooWideToPrint and TooLongToPrint.
    """
    read_one_state()
    workspace = workspaces.get_workspace(congress_id)
    counted = attendees.counted(congress_id, asked.wanted)
    is_settled = not (counted.unconfirmed or counted.asking)
    columns = asked.columns if is_settled else with_state(asked.columns)
    table, count = _table(workspace, asked, columns), counted.people
    if asked.file_format is FileFormat.PDF:
        require_printable(table)
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    _write(table, workspace, asked, file, count=count, now=now)
    file.seek(0)
    with transaction():
        auditing.record(
            "attendees_exported",
            actor=actor,
            now=now,
            congress_id=congress_id,
            fields=list(table.columns),
            details={
                "format": asked.file_format,
                "count": count,
                "columns": len(table.headings),
                "line": asked.shape.line,
                **_which(asked.wanted),
            },
        )
    name = named(congress_id, catalogue(asked.language).gettext("attendees"), now)
    end = asked.file_format
    return ExportedFile(file, f"{name}.{end}", CONTENT_TYPES[end], count)


def _table(workspace: Workspace, asked: AttendeeFile, columns: Sequence[str]) -> AttendeeTable:
    congress = get_congress(workspace.id)
    days = {each.starts_at.astimezone(workspace.zone).date() for each in congress.days}
    return AttendeeTable(
        columns,
        attendees.slots(workspace.id, congress.rules.allocation),
        asked.language,
        workspace.zone,
        [each for each in congress.questions if each.column in columns],
        congress.rules.priority_groups,
        days=_days(workspace.id, days) if "came" in columns else (),
        shape=asked.shape,
        wanted=asked.wanted,
    )


def _days(congress_id: int, days: set[date]) -> list[date]:
    """Return the days of a congress, with those on which people came before it was moved."""
    return sorted(days | set(attendances.days(congress_id)))


def _write(
    table: AttendeeTable,
    workspace: Workspace,
    asked: AttendeeFile,
    file: BinaryIO,
    *,
    count: int,
    now: datetime,
) -> None:
    has_quota = get_congress(workspace.id).rules.quota > 0
    parts = attendees.stream(
        workspace.id,
        asked.wanted,
        columns=table.columns,
        with_reserve="state" in table.columns and has_quota,
    )
    if asked.file_format is FileFormat.JSON:
        write_json(table.names, table.rows(parts), file)
    elif asked.file_format is FileFormat.CSV:
        write_csv(table.headings, table.rows(parts), file)
    elif asked.file_format is FileFormat.PDF:
        title = in_language(workspace.title, asked.language)
        told = Told(title, asked.said, count, now)
        file.write(pdf(on_paper(table, parts, told)))
    else:
        write_workbook(table, parts, file, name=workspace.slug, created=now)


def _which(wanted: Wanted) -> dict[str, object]:
    """Return what the log keeps of the filters: nothing that was typed."""
    return {
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
    }
