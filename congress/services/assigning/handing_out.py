"""Handing out a run as a file, with which anybody can work the assignment out again."""

from datetime import datetime
from io import BytesIO

from congress.domain.access import Actor
from congress.domain.assignment.runs import NoLongerKept
from congress.formats.catalogue import catalogue
from congress.queries import assignment_records
from congress.services import auditing, exporting
from congress.services.exporting import CONTENT_TYPES, ExportedFile, FileFormat
from congress.transaction import transaction


def export(
    congress_id: int, run_id: int, *, language: str, actor: Actor, now: datetime
) -> ExportedFile:
    """Return what a run was made of and what came of it; a line of the log says who has it.

    Raises NoLongerKept where nothing came of it, or its record was deleted.
    """
    found = assignment_records.find(congress_id, run_id)
    if found is None:
        raise NoLongerKept
    called = catalogue(language).gettext("assignment")
    name = f"{exporting.named(congress_id, called, now)}-{run_id}.{FileFormat.JSON}"
    with transaction():
        details = {"run": run_id, "count": 1, "format": FileFormat.JSON}
        auditing.record(
            "assignment_exported", actor=actor, now=now, congress_id=congress_id, details=details
        )
    return ExportedFile(
        BytesIO(found.as_text().encode()), name, CONTENT_TYPES[FileFormat.JSON], count=1
    )
