"""The report to the funder on paper: the tables of the page, and the map of districts."""

from collections.abc import Sequence
from datetime import datetime

from babel.numbers import format_decimal

from congress.domain.network.funder_report import FunderReport
from congress.domain.network.report_tables import Part
from congress.domain.network.tile_map import tiles
from congress.formats import tile_map
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.printing import Data, Printed

TEMPLATE, MAP = "funder_report.typ", "map.svg"


def printed(
    report: FunderReport, parts: Sequence[Part], dates: Dates, language: str, *, now: datetime
) -> Printed:
    """Return what is printed."""
    _ = catalogue(language).gettext
    period = report.period
    data: Data = {
        "period": f"{dates.date(period.starts_on)} – {dates.date(period.ends_on)}",
        "note": _(
            "Nobody is named here. The number of a group of one to four people is not given;"
            " totals are then given as a range."
        ),
        "map": {
            "above": "districts",
            "file": MAP,
            "alt": _(
                "Map of the districts of North Rhine-Westphalia: a tile for each district, with"
                " how many people were reached. The table below says the same."
            ),
        },
        "parts": [_part(each, language) for each in parts],
    }
    pictures = {MAP: tile_map.drawn(tiles(report.districts), language)}
    return Printed(TEMPLATE, _("Report to the funder"), language, now, data, pictures)


def _part(part: Part, language: str) -> Data:
    return {
        "key": part.key,
        "title": part.title,
        "note": part.note,
        "headings": list(part.headings),
        "rows": [[_text(cell, language) for cell in row] for row in part.rows],
    }


def _text(cell: str | int, language: str) -> str:
    return cell if isinstance(cell, str) else format_decimal(cell, locale=language)
