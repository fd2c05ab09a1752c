"""Who attended which module of a course, whose share is enough, and all of it as a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request
from werkzeug.wrappers import Response

from congress import clock
from congress.domain import modules
from congress.domain.attendance import days_of
from congress.domain.congresses import Congress
from congress.domain.modules import Share
from congress.formats.table import Cell, Heading, Kind
from congress.queries import congresses, workshop_presence
from congress.queries import modules as queries
from congress.queries.modules import Participant
from congress.services.exporting import FileFormat, Listed, Listing
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.filters import LAST_PAGE

PAGE = 100
MARK = "×"


@dataclass(frozen=True)
class Row:
    """Somebody, the modules attended, and whether the share of them is enough so far."""

    who: Participant
    attended: frozenset[date]
    share: Share
    is_enough: bool

    @property
    def percent(self) -> str:
        return languages.percent(self.share.percent)


def matrix() -> str:
    """Show who attended which module."""
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    held = modules.held(congress, clock.now())
    people = queries.participants(workspace.id, offset=(page - 1) * PAGE, limit=PAGE + 1)
    least = congress.rules.certificate_from
    return frame.page(
        "module_attendance.html",
        current="check-in",
        days=days_of(congress),
        held=held,
        rows=list(_rows(people[:PAGE], congress, held)),
        came=workshop_presence.by_day(workspace.id),
        least=languages.percent(least) if least else "",
        page=page,
        has_more=len(people) > PAGE,
        short_date=_short,
    )


def matrix_file() -> Response:
    """Hand out all of it, with the names, as a workbook."""
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    held, days = modules.held(congress, clock.now()), days_of(congress)
    headings = [
        Heading(_("Name"), 30),
        Heading(_("Organisation"), 30),
        *(Heading(frame.dates().date(day), 12) for day in days),
        Heading(_("Modules attended"), 12, Kind.NUMBER),
        Heading(_("Modules held"), 12, Kind.NUMBER),
        Heading(_("Share in percent"), 12, Kind.NUMBER),
        Heading(_("Enough for a certificate"), 14),
    ]
    lines = _lines(_rows(queries.participants(workspace.id), congress, held), days)
    return frame.listing(Listing(Listed.MODULES, headings, list(lines), FileFormat.XLSX))


def _rows(people: Iterable[Participant], congress: Congress, held: Sequence[date]) -> Iterator[Row]:
    for each in people:
        share = modules.share_of(held, each.days)
        is_enough = share.attended > 0 and share.reaches(congress.rules.certificate_from)
        yield Row(each, frozenset(each.days), share, is_enough)


def _lines(rows: Iterable[Row], days: Sequence[date]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        yield (
            row.who.name,
            row.who.organisation,
            *(MARK if day in row.attended else "" for day in days),
            row.share.attended,
            row.share.held,
            row.share.percent,
            _("yes") if row.is_enough else _("no"),
        )


def _short(day: date) -> str:
    """Return "21.10." or "21/10": a column is narrow, and the page says the year above."""
    return f"{day:%d.%m.}" if languages.current() == "de" else f"{day:%d/%m}"
