"""`flask attendees export`: the whole list as a file, on stdout."""

import shutil
import sys

import click
from flask.cli import AppGroup

from congress import clock, extensions
from congress.cli.talking import Stopped
from congress.domain.access import COMMAND, Role
from congress.domain.allocation import by_wishes
from congress.domain.attendee_list import Wanted, in_any_file, visible
from congress.queries import programme
from congress.queries.accounts import find_congress_id
from congress.queries.congresses import get_congress
from congress.services.exporting import FileFormat
from congress.services.exporting_attendees import AttendeeFile, export_attendees

attendee_commands = AppGroup("attendees", help="Who comes.")
FORMATS = (FileFormat.CSV, FileFormat.XLSX, FileFormat.JSON)  # on paper, the whole list is too wide


@attendee_commands.command("export")
@click.argument("slug")
@click.option(
    "--format",
    "file_format",
    type=click.Choice([str(each) for each in FORMATS]),
    default=str(FileFormat.CSV),
    show_default=True,
)
def export(slug: str, file_format: str) -> None:
    """Write everybody registered for the congress SLUG to stdout; the log notes the export."""
    congress_id = find_congress_id(slug)
    if congress_id is None:
        raise Stopped(f"There is no congress {slug}.")
    if file_format == FileFormat.XLSX and sys.stdout.isatty():
        raise Stopped("A workbook is no text: send it into a file with > attendees.xlsx")
    congress, items = get_congress(congress_id), programme.released_items(congress_id)
    columns = visible(
        frozenset({Role.ADMINISTRATOR}),
        congress.questions,
        has_groups=bool(congress.rules.priority_groups.names),
        is_hybrid=congress.rules.is_hybrid,
        has_wishes=bool(by_wishes(items, congress.rules.allocation)),
    )
    language = extensions.settings().locale
    asked = AttendeeFile(Wanted(), FileFormat(file_format), in_any_file(columns), language)
    exported = export_attendees(congress_id, asked, actor=COMMAND, now=clock.now())
    with exported.content as content:
        shutil.copyfileobj(content, sys.stdout.buffer)
