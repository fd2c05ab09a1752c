"""What pages list as a file; each export leaves a line in the log (GDPR-09)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from congress.domain.access import Actor
from congress.formats.catalogue import catalogue
from congress.formats.table import Cell, Heading, write_csv
from congress.formats.xlsx import write_xlsx
from congress.queries import workspaces
from congress.services import auditing
from congress.transaction import read_one_state, transaction


class FileFormat(StrEnum):
    """The kinds of file; the value is also the end of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    PDF = "pdf"


CONTENT_TYPES = {
    FileFormat.CSV: "text/csv",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
    FileFormat.PDF: "application/pdf",
}


class Listed(StrEnum):
    """What is written line by line; the value is what the log says of it."""

    LOG = "log_exported"
    FIGURES = "figures_exported"  # what is counted, with nobody's name
    FEEDBACK = "feedback_exported"  # what people said afterwards, counted
    MODULES = "modules_exported"  # who attended which of them
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


def export_lines(
    congress_id: int, listing: Listing, *, language: str, actor: Actor, now: datetime
) -> ExportedFile:
    """Write lines, which come in words and one after the other, into a table."""
    read_one_state()
    listed, file_format = listing.listed, listing.file_format
    name = named(congress_id, _called(listed, language), now)
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
        Listed.FEEDBACK: gettext("feedback"),
        Listed.MODULES: gettext("modules-attended"),
        Listed.SHEETS: gettext("speaker-sheets"),
        Listed.INVITATIONS: gettext("invitations"),
        Listed.ASSISTANCE: gettext("assistance-needs"),
    }[listed]


def named(congress_id: int, called: str, now: datetime) -> str:
    """Return the name of a file, without its end: of which congress, what, of which day."""
    workspace = workspaces.get_workspace(congress_id)
    return f"{workspace.slug}-{called}-{now.astimezone(workspace.zone).date()}"


def _written(name: str, listing: Listing, now: datetime) -> ExportedFile:
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    headings, lines, file_format = listing.headings, listing.lines, listing.file_format
    if file_format is FileFormat.CSV:
        count = write_csv(headings, lines, file)
    else:
        count = write_xlsx(headings, lines, file, name=name, created=now)
    file.seek(0)
    return ExportedFile(file, f"{name}.{file_format}", CONTENT_TYPES[file_format], count)
