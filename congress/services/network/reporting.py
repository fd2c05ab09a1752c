"""Handing out the report to the funder; each file leaves a line in the log."""

from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from zoneinfo import ZoneInfo

from congress.domain.access import Actor
from congress.domain.network.funder_report import Period
from congress.formats import funder_report, print_funder_report, printing
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.queries.network import report
from congress.services import auditing
from congress.services.exporting import CONTENT_TYPES, ExportedFile, FileFormat
from congress.transaction import read_one_state, transaction


def export_report(
    period: Period,
    zone: ZoneInfo,
    file_format: FileFormat,
    *,
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write the report of some years as a workbook or a PDF, and note that it was handed out."""
    read_one_state()
    found = report.report(period, zone, now=now)
    dates = Dates(language, zone)
    tables = funder_report.parts(found, dates, language)
    called = catalogue(language).gettext("network-report")
    name = f"{called}-{period.first}-{period.last}"
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    if file_format is FileFormat.PDF:
        sheet = print_funder_report.printed(found, tables, dates, language, now=now)
        file.write(printing.pdf(sheet))
    else:
        funder_report.write_workbook(tables, file, title=name, created=now)
    file.seek(0)
    with transaction():
        auditing.record(
            "funder_report_exported",
            actor=actor,
            now=now,
            details={"from": period.first, "until": period.last, "format": file_format},
        )
    return ExportedFile(file, f"{name}.{file_format}", CONTENT_TYPES[file_format], len(tables))
