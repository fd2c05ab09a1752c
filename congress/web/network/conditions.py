"""Checking a condition of membership: what was found out, with what proves it."""

from dataclasses import dataclass
from datetime import date

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.http import dump_options_header

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.conditions import (
    LONGEST_EVIDENCE,
    Check,
    Condition,
    Held,
    answers,
)
from congress.domain.planning.materials import LARGEST_MATERIAL, MaterialFile
from congress.formats.materials import read_material
from congress.queries.network import conditions as queries
from congress.queries.network.conditions import Checked
from congress.queries.network.memberships import Subject
from congress.services.network import checking
from congress.services.network.checking import Finding
from congress.web import access, refusals
from congress.web.contribution.photo_form import private
from congress.web.entries import TICKED, Entry, read_id, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.network import membership_words
from congress.web.network.frame import done, page, today
from congress.web.network.membership import address, get_subject
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of

REFUSED, LATE = 422, 409
UPLOAD = "network.check_condition"
LARGEST_FORM = LARGEST_MATERIAL + 4 * 1024 * 1024
LONGEST_DAY = 40


@dataclass
class CheckForm:
    """Everything on the page, as typed; `seen` is the check that stood there when it was opened."""

    condition: Condition
    held: Entry
    shown_on: Entry
    words: Entry
    file: Entry
    drop: Entry
    checked_on: Entry
    seen: int | None

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        entries = (self.held, self.shown_on, self.words, self.file, self.checked_on)
        return [error for entry in entries for error in told(entry)]

    def read(self, posted: MultiDict[str, str], sent: FileStorage | None) -> Finding | None:
        """Return what was found out, or None where something has to be corrected."""
        held = member(Held, posted.get("held", ""))
        self.held.value = str(held or "")
        if held not in answers(self.condition):
            self.held.errors.append(_("Please choose one of these."))
        shown_on = _read_day(self.shown_on, posted)
        if shown_on is not None and shown_on > today():
            self.shown_on.errors.append(_("This day has not come yet."))
        read_text(self.words, posted.get("words", ""), most=LONGEST_EVIDENCE)
        checked_on = _read_day(self.checked_on, posted)
        if checked_on is None and not self.checked_on.errors:
            self.checked_on.errors.append(_("Please enter the day, for example 21.10.2015."))
        elif checked_on is not None and checked_on > today():
            self.checked_on.errors.append(_("This day has not come yet."))
        self.drop.value = TICKED if posted.get("drop") == TICKED else ""
        self.seen = read_id(posted.get("seen", ""))
        file = read_document(self.file, sent)
        if held is None or checked_on is None or self.errors:
            return None
        check = Check(self.condition, held, shown_on, self.words.value)
        return Finding(check, checked_on, file, drops_document=bool(self.drop.value))


def check_condition(organisation_id: int, condition: str) -> ResponseReturnValue:
    """Show what is known of a condition, or take down what was found out."""
    subject, which = get_subject(organisation_id), member(Condition, condition) or abort(404)
    before = queries.believed(queries.checks(subject.id)).get(which)
    form = _check_form(which, before)
    if request.method == "GET":
        return _show(subject, form, before)
    finding = form.read(request.form, request.files.get("file"))
    if finding is None:
        return _show(subject, form, before), REFUSED
    try:
        checking.check(subject.id, finding, seen=form.seen, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        form.seen = before.id if before else None
        return _show(subject, form, before, refusal=refusal), LATE
    return done(_("What was found out is recorded."), f"/organisations/{subject.id}/membership")


def condition_document(organisation_id: int, document_id: int) -> Response:
    """Hand out a document, to be saved; the log says who read it."""
    file = checking.hand_out(
        organisation_id, document_id, actor=access.actor(), now=clock.now()
    ) or abort(404)
    response = private(file.content, file.media_type)
    disposition = dump_options_header("attachment", {"filename": file.name})
    response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = "no-store"
    return response


def read_document(entry: Entry, sent: FileStorage | None) -> MaterialFile | None:
    """Return the document that was chosen, if any; what is wrong with it is said at its field."""
    if sent is None or not sent.filename:
        return None
    content = sent.stream.read(LARGEST_MATERIAL + 1)
    sent.close()
    try:
        return read_material(sent.filename, content)
    except Refused as refusal:
        entry.errors.append(refusals.text(refusal))
        return None


def _read_day(entry: Entry, posted: MultiDict[str, str]) -> date | None:
    read_line(entry, posted.get(entry.name, ""), most=LONGEST_DAY)
    return day_of(entry) if entry.value and not entry.errors else None


def _check_form(condition: Condition, before: Checked | None) -> CheckForm:
    check = before.check if before else None
    shown_on = check.shown_on if check else None
    return CheckForm(
        condition,
        Entry("held", membership_words.condition_name(condition), str(check.held) if check else ""),
        Entry("shown_on", _shown_on(condition), f"{shown_on:%d.%m.%Y}" if shown_on else ""),
        Entry("words", _("What proves it"), check.words if check else ""),
        Entry("file", _("Document")),
        Entry("drop", _("This document no longer belongs to the condition")),
        Entry("checked_on", _("Checked on"), f"{today():%d.%m.%Y}", required=True),
        before.id if before else None,
    )


def _shown_on(condition: Condition) -> str:
    return _("Signed on") if condition is Condition.DECLARATION else _("Since")


def _show(
    subject: Subject, form: CheckForm, before: Checked | None, *, refusal: Refused | None = None
) -> str:
    condition = form.condition
    offered = [each for each in Held if each in answers(condition)]
    return page(
        "condition_form.html",
        current="members",
        subject=subject,
        here=address(subject.id),
        condition=condition,
        form=form,
        before=before,
        choices=[(str(each), membership_words.held_name(condition, each)) for each in offered],
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
        words=membership_words,
    )
