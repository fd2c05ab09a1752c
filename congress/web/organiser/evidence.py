"""Signed sheets as evidence: filed, read by the one right that may, and kept until a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header

from congress import clock
from congress.domain.answer_files import LARGEST_ANSWER
from congress.domain.attendance import days_of
from congress.domain.errors import Refused
from congress.domain.legal import keeps_evidence_until
from congress.domain.sign_in import SheetFor
from congress.formats.answer_files import read_answer
from congress.queries import congresses, programme, signed_papers
from congress.queries.signed_papers import Paper
from congress.services import filing
from congress.web import access, languages, refusals
from congress.web.contribution.photo_form import private
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.asking import Question, ask
from congress.web.organiser.readers import day_of

PAGE = "/attendance/evidence"
UPLOAD = "organiser.file_paper"
LARGEST_FORM = LARGEST_ANSWER + 4 * 1024 * 1024
WRONG = 422
LONGEST_PLACE = 100


@dataclass(frozen=True)
class Filed:
    """A signed sheet as the page lists it."""

    paper: Paper
    called: str  # what was signed for


@dataclass
class PaperForms:
    """Both forms of the page: a file to be kept, and until when all of them are."""

    where: Entry
    file: Entry
    until: Entry

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for each in (self.where, self.file, self.until) for error in told(each)]


def evidence() -> ResponseReturnValue:
    """Show which signed sheets are filed, and keep until when they stay."""
    forms = _forms()
    if request.method == "GET":
        forms.where.value = request.args.get("for", "")[:LONGEST_PLACE]
        return _show(forms)
    typed = read_line(forms.until, request.form.get("until", ""), most=LONGEST_PLACE)
    day = day_of(forms.until) if typed and not forms.until.errors else None
    if not forms.until.errors:
        try:
            filing.keep_until(access.workspace().id, day, actor=access.actor(), now=clock.now())
        except Refused as refusal:
            forms.until.errors.append(refusals.text(refusal, access.workspace().zone))
    if forms.until.errors:
        return _show(forms), WRONG
    return frame.done(_("It is saved until when signed sheets are kept."), PAGE)


def file_paper() -> ResponseReturnValue:
    """Keep a scanned sheet."""
    forms = _forms()
    read_line(forms.where, request.form.get("where", ""), most=LONGEST_PLACE)
    where = _places().get(forms.where.value)
    if where is None and not forms.where.errors:
        forms.where.errors.append(_("Please choose what was signed for."))
    name, content = _sent()
    if not content:
        forms.file.errors.append(_("Please choose a file."))
    else:
        try:
            file = read_answer(name, content)
            if where is not None and not forms.errors:
                filing.file_paper(
                    access.workspace().id, where[0], file, actor=access.actor(), now=clock.now()
                )
        except Refused as refusal:
            forms.file.errors.append(refusals.text(refusal))
    if forms.errors:
        return _show(forms), WRONG
    return frame.done(_("The signed sheet is filed."), PAGE)


def evidence_file(paper_id: int) -> Response:
    """Hand out a signed sheet, to be saved; the log says who read it."""
    file = filing.hand_out(
        access.workspace().id, paper_id, actor=access.actor(), now=clock.now()
    ) or abort(404)
    response = private(file.content, file.media_type)
    disposition = dump_options_header("attachment", {"filename": file.name})
    response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = "no-store"
    return response


def remove_evidence(paper_id: int) -> ResponseReturnValue:
    """Ask whether to delete a signed sheet, and do so."""
    workspace = access.workspace()
    paper = signed_papers.find(workspace.id, paper_id) or abort(404)
    if request.method == "POST":
        filing.remove(workspace.id, paper_id, actor=access.actor(), now=clock.now())
        return frame.done(_("The signed sheet is deleted."), PAGE)
    question = Question(
        _("Delete “%(title)s”?", title=paper.name),
        _("The signed sheet is deleted for good. Who was there stays recorded. The log says so."),
        _("Delete the sheet"),
    )
    action = f"{PAGE}/{paper_id}/remove"
    return ask(question, action, current="check-in", back=PAGE, above=_("Signed sheets"))


def _sent() -> tuple[str, bytes]:
    sent = request.files.get("file")
    if sent is None:
        return "", b""
    content = sent.stream.read(LARGEST_ANSWER + 1)
    sent.close()
    return sent.filename or "", content


def _forms() -> PaperForms:
    congress = congresses.with_content(access.workspace())
    chosen = congress.evidence_until
    return PaperForms(
        Entry("where", _("What was signed for"), required=True),
        Entry("file", _("Scan or photo"), required=True),
        Entry("until", _("Kept up to and including"), f"{chosen:%d.%m.%Y}" if chosen else ""),
    )


def _places() -> dict[str, tuple[SheetFor, str]]:
    """Return what can be signed for, by what the form sends: days, and workshops on theirs."""
    workspace = access.workspace()
    days = days_of(congresses.with_content(workspace))
    found = {each.isoformat(): (SheetFor(each), _event_on(each)) for each in days}
    for item in programme.kept_workshops(workspace):
        day = item.slot.starts_at.astimezone(workspace.zone).date()
        name = languages.short_name(item.number, item.face)
        found[item.code] = (SheetFor(day, item.id), name)
    return found


def _event_on(day: date) -> str:
    return _("The event on %(day)s", day=frame.dates().date(day))


def _show(forms: PaperForms) -> str:
    congress = congresses.with_content(access.workspace())
    places = _places()
    return frame.page(
        "evidence.html",
        current="check-in",
        forms=forms,
        errors=forms.errors,
        choices=[(value, called) for value, (_where, called) in places.items()],
        filed=_filed(places.values()),
        until=keeps_evidence_until(congress),
    )


def _filed(places: Iterable[tuple[SheetFor, str]]) -> list[Filed]:
    by_item = {where.item_id: called for where, called in places if where.item_id is not None}
    papers = signed_papers.of_congress(access.workspace().id)
    return [Filed(each, by_item.get(each.item_id or 0, _event_on(each.day))) for each in papers]
