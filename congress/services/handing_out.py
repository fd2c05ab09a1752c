"""Handing out sheets of paper as PDF; each leaves a line in the log (GDPR-09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from congress.domain.access import Actor
from congress.formats import print_heading, printing
from congress.formats.catalogue import catalogue
from congress.formats.printing import Printed
from congress.queries import on_paper, workspaces
from congress.queries.congresses import get_congress
from congress.services import auditing
from congress.services.exporting import ExportedFile
from congress.transaction import transaction

NAMES = ("given_name", "family_name", "organisation")  # what lists of people hold


class Sheets(StrEnum):
    """What is printed; the value is what the log says of it."""

    SIGN_IN = "sign_in_handed_out"
    PLACES = "places_handed_out"  # who has a place in a workshop, for whoever hosts it
    CONFIRMATION = "confirmation_handed_out"
    DOOR_SIGNS = "door_signs_handed_out"
    TABLE_SIGNS = "table_signs_handed_out"


@dataclass(frozen=True)
class HandOut:
    """What is handed out, with which `fields` of how many people or rooms, and for what."""

    sheets: Sheets
    printed: Printed
    count: int
    fields: Sequence[str] = ()
    item_id: int | None = None
    registration_id: int | None = None
    part: str = ""  # of the congress, such as the code of an item: it stands in the file's name


def hand_out(congress_id: int, what: HandOut, *, actor: Actor, now: datetime) -> ExportedFile:
    """Print sheets, and note that they were; nobody's name stands in the log."""
    workspace, congress = workspaces.get_workspace(congress_id), get_congress(congress_id)
    printed = print_heading.with_logo(what.printed, on_paper.logo_of(congress))
    content = printing.pdf(printed)
    with transaction():
        auditing.record(
            what.sheets,
            actor=actor,
            now=now,
            congress_id=congress_id,
            registration_id=what.registration_id,
            item_id=what.item_id,
            fields=what.fields,
            details={"count": what.count, "format": "pdf"},
        )
    called = called_in_files(what.sheets, what.printed.language)
    day = now.astimezone(workspace.zone).date().isoformat()
    name = f"{'-'.join(filter(None, (workspace.slug, called, what.part, day)))}.pdf"
    return ExportedFile(BytesIO(content), name, printing.CONTENT_TYPE, what.count)


def called_in_files(sheets: Sheets, language: str) -> str:
    """Return what a file is called, as part of its name."""
    gettext = catalogue(language).gettext
    return {
        Sheets.SIGN_IN: gettext("sign-in-sheets"),
        Sheets.PLACES: gettext("list-of-participants"),
        Sheets.CONFIRMATION: gettext("confirmation-of-registration"),
        Sheets.DOOR_SIGNS: gettext("door-signs"),
        Sheets.TABLE_SIGNS: gettext("table-signs"),
    }[sheets]
