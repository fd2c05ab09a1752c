"""What somebody tells of the workshop they carry: room needs and results, behind their link."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Part
from congress.domain.planning.workshop_reports import LONGEST_NEEDS, Report, Results
from congress.queries import congresses
from congress.queries.planning import contributors, workshop_reports
from congress.queries.planning.contributors import Opened
from congress.services.planning import reporting
from congress.web import languages, refusals
from congress.web.contribution.results_form import ResultsForm, results_form
from congress.web.contribution.workshops import carried, readable
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.registration.occasion import occasion

REFUSED, UNSEEN = 422, 409
LONGEST_MARK = 64


@dataclass
class ReportForm:
    """The fields of a report."""

    needs: Entry
    results: ResultsForm

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        return [*told(self.needs), *self.results.errors]

    def read(self, sent: MultiDict[str, str], before: Results) -> Results | None:
        """Take over what was sent; return the results, or None when something is to correct."""
        read_text(self.needs, sent.get("needs", ""), most=LONGEST_NEEDS)
        results = self.results.read(sent, before)
        return None if self.errors else results


def tell_of_workshop(token: str, code: str) -> ResponseReturnValue:
    """Show what was told of one's own workshop in a form, or keep what is told."""
    opened = contributors.find_by_token(token) or abort(404)
    part = next((each for each in carried(opened) if each.code == code), None)
    if part is None:
        return (_show_gone(opened, token), UNSEEN) if request.method == "POST" else abort(404)
    report = workshop_reports.get(part.item_id)
    form = _form(report)
    if request.method == "GET":
        return _show(opened, token, part, form, report.mark)
    seen = request.form.get("seen", "")[:LONGEST_MARK]
    results = form.read(request.form, report.wanted)
    if results is None:
        return _show(opened, token, part, form, seen), REFUSED
    try:
        reporting.tell(
            opened.contributor_id,
            part.item_id,
            form.needs.value,
            results,
            seen=seen,
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(opened, token, part, form, report.mark, refusal), UNSEEN
    return redirect(languages.link(f"/contribution/{token}#workshops"), code=303)


def _form(report: Report) -> ReportForm:
    return ReportForm(
        needs=Entry("needs", _("What the room needs"), value=report.needs),
        results=results_form(report.wanted),
    )


def _show_gone(opened: Opened, token: str) -> str:
    """Show what was typed of a workshop that is called off, or that is somebody else's by now."""
    congress, form = congresses.get_congress(opened.congress_id), _form(Report())
    form.read(request.form, Results())
    return render_template(
        "contribution/report.html",
        congress=congress,
        occasion=occasion(congress),
        is_draft=congress.state is CongressState.DRAFT,
        token=token,
        part=None,
        form=form,
        errors=[],
    )


def _show(
    opened: Opened,
    token: str,
    part: Part,
    form: ReportForm,
    seen: str,
    refusal: Refused | None = None,
) -> str:
    congress = congresses.get_congress(opened.congress_id)
    report = workshop_reports.get(part.item_id)
    return render_template(
        "contribution/report.html",
        congress=congress,
        occasion=occasion(congress),
        is_draft=congress.state is CongressState.DRAFT,
        token=token,
        part=part,
        report=report,
        can_hand_in=part.item_id in {each.item_id for each in readable(opened)},
        form=form,
        seen=seen,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
    )
