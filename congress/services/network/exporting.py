"""What pages of the network list as a workbook; each export leaves a line in the log (GDPR-09)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from congress.domain.access import Actor
from congress.formats.table import Cell, Heading
from congress.formats.xlsx import write_xlsx
from congress.services import auditing
from congress.services.exporting import CONTENT_TYPES, ExportedFile, FileFormat
from congress.transaction import read_one_state, transaction


def export(
    verb: str,
    called: str,
    headings: Sequence[Heading],
    lines: Iterable[Sequence[Cell]],
    *,
    details: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write lines, which come in words and one after the other, into a workbook."""
    read_one_state()
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    count = write_xlsx(headings, lines, file, name=called, created=now)
    file.seek(0)
    with transaction():
        auditing.record(verb, actor=actor, now=now, details={"count": count, **details})
    of_kind = FileFormat.XLSX
    return ExportedFile(file, f"{called}.{of_kind}", CONTENT_TYPES[of_kind], count)
