"""The attendee list on paper: the columns of every other file, their cells in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from congress.domain.attendee_files import (
    MOST_PRINTED_COLUMNS,
    MOST_PRINTED_LINES,
    TooLongToPrint,
    TooWideToPrint,
)
from congress.domain.attendee_parts import ListedPart
from congress.formats.attendee_list import DAY
from congress.formats.attendee_table import AttendeeTable
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.printing import Printed
from congress.formats.table import Cell

TEMPLATE = "attendee_list.typ"
TIME = {"de": " %H.%M", "en": " %H:%M"}
NARROWEST, WIDEST = 10, 36  # of columns, in the characters that a spreadsheet counts


@dataclass(frozen=True)
class Told:
    """What stands above a list: of which congress, which people, how many, and when that was so."""

    congress: str
    said: Sequence[str]
    people: int
    at: datetime


def require_printable(table: AttendeeTable) -> None:
    """Refuse with TooWideToPrint more columns than fit on a sheet."""
    columns = len(table.headings)
    if columns > MOST_PRINTED_COLUMNS:
        raise TooWideToPrint(columns)


def on_paper(table: AttendeeTable, parts: Iterable[ListedPart], told: Told) -> Printed:
    """Return the sheets of a list, to be made by `printing.pdf`. Raises TooLongToPrint."""
    rows = list(islice(table.rows(parts), MOST_PRINTED_LINES + 1))
    if len(rows) > MOST_PRINTED_LINES:
        raise TooLongToPrint
    _ = catalogue(table.language).gettext
    headings, called = table.headings, _("Registrations")
    return Printed(
        TEMPLATE,
        f"{called} – {told.congress}",
        table.language,
        told.at,
        {
            "about": _about(table, told),
            "headings": [_("No."), *(each.title for each in headings)],
            "widths": [min(max(each.width, NARROWEST), WIDEST) for each in headings],
            "rows": [[in_words(cell, table.language) for cell in row] for row in rows],
        },
    )


def in_words(cell: Cell, language: str) -> str:
    """Return a cell as people read it: days and times as they write them."""
    if isinstance(cell, datetime):
        return cell.strftime(DAY[language] + TIME[language])
    if isinstance(cell, date):
        return cell.strftime(DAY[language])
    return "" if cell is None else str(cell)


def _about(table: AttendeeTable, told: Told) -> list[str]:
    words = catalogue(table.language)
    _, people = words.gettext, words.ngettext("%(num)d person", "%(num)d people", told.people)
    moment = Dates(table.language, table.zone).moment(told.at)
    which, filters = "; ".join(told.said) or _("none: everyone"), _("Filters")
    counted = {"people": people % {"num": told.people}, "moment": moment}
    return [f"{filters}: {which}", _("%(people)s, as of %(moment)s") % counted]
