"""The report to the funder: some years in numbers without names, as a page and as a file."""

import re
from functools import partial

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.network.districts import COLUMNS, ROWS
from congress.domain.network.funder_report import (
    FIRST_YEAR,
    MOST_YEARS,
    FunderReport,
    Period,
    find_period,
)
from congress.domain.network.masking import FEW
from congress.domain.network.tile_map import STEPS, tiles
from congress.formats import funder_report
from congress.queries.network import report as queries
from congress.services.exporting import FileFormat
from congress.services.network import reporting
from congress.web import access, handed_out, languages
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.network.frame import dates, page, today, zone

ADDRESS = "/organiser/network/report"
YEAR = re.compile(r"\s*([0-9]{4})(?:-[0-9]{2}-[0-9]{2})?\s*")  # a day stands for its year
REFUSED = 422


def report() -> ResponseReturnValue:
    """Show what there was in the years of the address; without any, in the last that is over."""
    asked, period = _asked()
    latest = today().year
    years = range(latest, max(FIRST_YEAR, latest - MOST_YEARS), -1)
    shown = period or Period(latest - 1, latest - 1)
    found = queries.report(shown, zone(), now=clock.now())
    answer = page(
        "report.html",
        current="report",
        base=ADDRESS,
        asked=asked,
        errors=[each for entry in asked for each in told(entry)],
        years=[(str(each), str(each)) for each in years],
        period=shown,
        parts=funder_report.parts(found, dates(), languages.current()),
        number=languages.number,
        **_map(found),
    )
    return answer if period else (answer, REFUSED)


def _map(found: FunderReport) -> dict[str, object]:
    """Return what the map of districts needs: its tiles, and what each step means."""
    language = languages.current()
    numbers = ("0", funder_report.in_words(FEW, language), *(f"≥ {each}" for each in STEPS))
    return {
        "tiles": tiles(found.districts),
        "tiles_wide": COLUMNS,
        "tiles_high": ROWS,
        "steps": list(enumerate(numbers)),
        "count_words": partial(funder_report.in_words, language=language),
    }


def report_workbook() -> Response:
    """Hand out the same as a workbook."""
    return _file(FileFormat.XLSX)


def report_paper() -> Response:
    """Hand out the same as a PDF."""
    return _file(FileFormat.PDF)


def _file(file_format: FileFormat) -> Response:
    _entries, period = _asked()
    exported = reporting.export_report(
        period or abort(404),
        zone(),
        file_format,
        language=languages.current(),
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(exported)


def _asked() -> tuple[list[Entry], Period | None]:
    """Read the years of the address; None, and what is wrong with them, if they are none."""
    day = today()
    usual = str(day.year - 1)
    first = Entry("from", _("First year"), value=request.args.get("from", usual))
    last = Entry("until", _("Final year"), value=request.args.get("until", usual))
    years = [_year(entry) for entry in (first, last)]
    period = None
    if None not in years:
        period = find_period(years[0] or 0, years[1] or 0, today=day)
        if period is None:
            first.errors.append(
                _(
                    "Please choose at most %(most)d years, the earlier one first and none that is"
                    " still to come.",
                    most=MOST_YEARS,
                )
            )
    return [first, last], period


def _year(entry: Entry) -> int | None:
    found = YEAR.fullmatch(entry.value)
    if found is None:
        entry.errors.append(_("Please choose a year."))
        return None
    entry.value = found[1]
    return int(found[1])
