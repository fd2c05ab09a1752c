"""The report to the funder: some years in numbers without names, as a page and as a file."""

import re
from collections.abc import Mapping

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.funder_report import (
    FIRST_YEAR,
    MOST_YEARS,
    Period,
    find_period,
)
from congress.domain.network.released_figures import overlaps
from congress.formats import funder_report
from congress.queries.network import released_figures
from congress.queries.network import report as queries
from congress.services.exporting import FileFormat
from congress.services.network import releasing_figures, reporting
from congress.web import access, handed_out, languages, refusals
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.network import maps
from congress.web.network.frame import dates, done, page, today, zone

ADDRESS = "/organiser/network/report"
YEAR = re.compile(r"\s*([0-9]{4})(?:-[0-9]{2}-[0-9]{2})?\s*")  # a day stands for its year
REFUSED, LATE = 422, 409


def report() -> ResponseReturnValue:
    """Show what there was in the years of the address; without any, in the last that is over."""
    asked, period = _asked(request.args)
    answer = _show(asked, period)
    return answer if period else (answer, REFUSED)


def _show(asked: list[Entry], period: Period | None, refusal: Refused | None = None) -> str:
    latest = today().year
    years = range(latest, max(FIRST_YEAR, latest - MOST_YEARS), -1)
    shown = period or Period(latest - 1, latest - 1)
    found = queries.report(shown, zone(), now=clock.now())
    released = released_figures.releases()
    return page(
        "report.html",
        current="report",
        base=ADDRESS,
        asked=asked,
        years=[(str(each), str(each)) for each in years],
        period=shown,
        parts=funder_report.parts(found, dates(), languages.current()),
        number=languages.number,
        districts_map=maps.of_people(found.districts),
        released=released,
        release=next((each for each in released if each.period == shown), None),
        is_over=shown.last < latest,
        in_the_way=[each for each in released if overlaps(each.period, shown)],
        **refusals.box(refusal or [each for entry in asked for each in told(entry)], zone()),
    )


def release_report() -> ResponseReturnValue:
    """Let everybody read the figures of the years sent along, or nobody any more."""
    asked, period = _asked(request.form)
    if period is None:
        return _show(asked, period), REFUSED
    act = request.form.get("act")
    back = f"/report?from={period.first}&until={period.last}#public"
    if act == "take_back":
        releasing_figures.take_back(period, actor=access.actor(), now=clock.now())
        return done(_("The figures are no longer public. They are kept here."), back)
    if act != "publish":
        abort(400)
    try:
        releasing_figures.release(period, zone(), actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(asked, period, refusal), LATE
    return done(_("The figures are public now."), back)


def report_workbook() -> Response:
    """Hand out the same as a workbook."""
    return _file(FileFormat.XLSX)


def report_paper() -> Response:
    """Hand out the same as a PDF."""
    return _file(FileFormat.PDF)


def _file(file_format: FileFormat) -> Response:
    _entries, period = _asked(request.args)
    exported = reporting.export_report(
        period or abort(404),
        zone(),
        file_format,
        language=languages.current(),
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(exported)


def _asked(said: Mapping[str, str]) -> tuple[list[Entry], Period | None]:
    """Read the years of an address or form; None, and what is wrong with them, if none are."""
    day = today()
    usual = str(day.year - 1)
    first = Entry("from", _("First year"), value=said.get("from", usual))
    last = Entry("until", _("Final year"), value=said.get("until", usual))
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
