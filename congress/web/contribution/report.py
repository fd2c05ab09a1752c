"""What somebody tells of the workshop they carry: room needs and results, behind their link."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Part
from congress.domain.planning.workshop_reports import (
    LONGEST_LINK,
    LONGEST_NEEDS,
    LONGEST_RESULTS,
    Report,
    Results,
    is_web_address,
)
from congress.queries import congresses
from congress.queries.planning import contributors, workshop_reports
from congress.queries.planning.contributors import Opened
from congress.services.planning import reporting
from congress.web import languages, refusals
from congress.web.contribution.workshops import carried
from congress.web.entries import Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.readers import texts_of
from congress.web.registration.occasion import occasion

REFUSED, UNSEEN = 422, 409
LONGEST_MARK = 64


@dataclass
class ReportForm:
    """The fields of a report."""

    needs: Entry
    text_de: Entry
    text_en: Entry
    link: Entry

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        entries = (self.needs, self.text_de, self.text_en, self.link)
        return [error for entry in entries for error in told(entry)]

    def read(self, sent: MultiDict[str, str], before: Results) -> Results | None:
        """Take over what was sent; return the results, or None when something is to correct."""
        read_text(self.needs, sent.get("needs", ""), most=LONGEST_NEEDS)
        for entry in (self.text_de, self.text_en):
            read_text(entry, sent.get(entry.name, ""), most=LONGEST_RESULTS)
        read_line(self.link, sent.get("link", ""), most=LONGEST_LINK)
        if self.text_en.value and not self.text_de.value:
            self.text_de.errors.append(_("Please fill this in in German as well."))
        if self.link.value and not is_web_address(self.link.value):
            self.link.errors.append(
                _("Please enter the whole address of a page, beginning with https://.")
            )
        if self.errors:
            return None
        return Results(texts_of(before.text, self.text_de, self.text_en), self.link.value)


def tell_of_workshop(token: str, code: str) -> ResponseReturnValue:
    """Show what was told of one's own workshop in a form, or keep what is told."""
    opened = contributors.find_by_token(token) or abort(404)
    part = next((each for each in carried(opened) if each.code == code), None) or abort(404)
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
    text = report.wanted.text
    return ReportForm(
        needs=Entry("needs", _("What the room needs"), value=report.needs),
        text_de=Entry("text_de", _("Results (German)"), value=text.get("de", "")),
        text_en=Entry("text_en", _("Results (English)"), value=text.get("en", "")),
        link=Entry("link", _("Link to more"), value=report.wanted.link),
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
        form=form,
        seen=seen,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
    )
