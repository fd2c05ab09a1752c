"""Handing out agreements of a marketplace: a sheet to sign, or all of them as a workbook."""

from collections.abc import Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from congress.domain.access import Actor
from congress.domain.market import Agreement
from congress.formats import market_paper, printing
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.queries import market
from congress.queries.congresses import get_congress
from congress.services import auditing
from congress.services.exporting import CONTENT_TYPES, ExportedFile, FileFormat
from congress.transaction import transaction


def hand_out(
    congress_id: int,
    agreements: Sequence[Agreement],
    file_format: FileFormat,
    *,
    language: str,
    actor: Actor,
    now: datetime,
) -> ExportedFile:
    """Write agreements as a workbook, or one as a sheet, and note that they were handed out."""
    congress, laid_out = get_congress(congress_id), market.setup(congress_id)
    dates = Dates(language, congress.zone)
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller sends and closes it
    called = catalogue(language).gettext("agreements")
    name = f"{congress.slug}-{called}"
    if file_format is FileFormat.PDF:
        [one] = agreements
        name = f"{name}-{one.number}"
        file.write(printing.pdf(market_paper.printed(congress, laid_out, one, dates, now=now)))
    else:
        market_paper.write_workbook(agreements, laid_out, dates, file, title=name, created=now)
    file.seek(0)
    with transaction():
        auditing.record(
            "market_agreements_exported",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"count": len(agreements), "format": file_format},
        )
    return ExportedFile(file, f"{name}.{file_format}", CONTENT_TYPES[file_format], len(agreements))
