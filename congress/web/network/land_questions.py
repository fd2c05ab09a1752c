"""Questions to the Land at the office: the list and one of them, answered or declined."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.change_requests import LONGEST_REASON
from congress.domain.errors import Refused
from congress.domain.network.land_questions import QuestionState
from congress.queries.network import land_questions as queries
from congress.queries.network.land_questions import Question, Wanted
from congress.services.network import answering_land
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_id, told
from congress.web.languages import gettext as _
from congress.web.network import land_question_words as words
from congress.web.network.frame import done, page, today, zone
from congress.web.network.land_question_form import (
    AnswerForm,
    QuestionForm,
    answer_form,
    meeting_choices,
    office_form,
)
from congress.web.organiser.filters import member
from congress.web.organiser.readers import read_reason

REFUSED, LATE = 422, 409
PAGE = 20
LONGEST_SEARCH = 100
ADDRESS = "/organiser/network/questions"
LIST = "/questions"
CURRENT = "meetings"  # the tab in which these pages are


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    wanted: Wanted
    number: int

    def query(self) -> str:
        """Return what follows the address for the same list."""
        parts = {
            "q": self.wanted.words,
            "state": self.wanted.state or "",
            "meeting": self.wanted.meeting_id or "",
        }
        said = {name: str(value) for name, value in parts.items() if value}
        return f"?{urlencode(said)}" if said else ""

    @property
    def is_filtered(self) -> bool:
        return self.wanted != Wanted()

    @property
    def offset(self) -> int:
        return (self.number - 1) * PAGE


def land_questions() -> str:
    """Show one page of all questions."""
    filters = asked()
    lines, total = queries.listed(filters.wanted, limit=PAGE, offset=filters.offset)
    return page(
        "land_questions.html",
        current=CURRENT,
        base=ADDRESS,
        filters=filters,
        lines=lines,
        total=total,
        last_page=pages_of(total),
        meetings=meeting_choices(queries.meetings()),
        words=words,
    )


def land_question(question_id: int) -> str:
    """Show one question."""
    return _show(_get(question_id))


def note_question() -> ResponseReturnValue:
    """Show an empty form, or note what a municipality asked on paper."""
    form = office_form()
    if request.method == "GET":
        return _form(form)
    facts = form.read(request.form)
    if facts is None or form.organisation is None:
        return _form(form), REFUSED
    number = answering_land.note(form.organisation.id, facts, actor=access.actor(), now=clock.now())
    return done(_("The question is noted."), _here(number))


def edit_question(question_id: int) -> ResponseReturnValue:
    """Show the words of a question in a form, or save them."""
    found = _get(question_id)
    form = office_form(found)
    if request.method == "GET":
        return _form(form, found)
    facts = form.read(request.form)
    if facts is None:
        return _form(form, found), REFUSED
    try:
        answering_land.edit(
            found.id, facts, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        again = _get(question_id)
        form.version = again.version  # what is saved next was looked at
        return _form(form, again, refusal=refusal), LATE
    return done(_("The question is saved."), _here(found.id))


def answer_question(question_id: int) -> ResponseReturnValue:
    """Show the form of an answer, or answer; of an answered one the answer is corrected."""
    found = _get(question_id)
    form = answer_form(found, today=today())
    if request.method == "GET":
        return _answer(found, form)
    answer = form.read(request.form, today=today())
    if answer is None:
        return _answer(found, form), REFUSED
    try:
        answering_land.answer(
            found.id, answer, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        again = _get(question_id)
        form.version = again.version  # what is saved next was looked at
        return _answer(again, form, refusal=refusal), LATE
    if found.state is QuestionState.ANSWERED:
        return done(_("The answer is saved."), _here(found.id))
    return done(_("The question is answered. Whoever asked is told by email."), _here(found.id))


def decline_question(question_id: int) -> ResponseReturnValue:
    """Ask why a question is declined, and decline it."""
    found, reason = _get(question_id), Entry("reason", _("Reason"), required=True)
    if request.method == "GET":
        return _decline(found, reason)
    read_reason(reason, request.form.get("reason", ""))
    if reason.errors:
        return _decline(found, reason), REFUSED
    try:
        answering_land.decline(found.id, reason.value, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _decline(found, reason, refusal), LATE
    return done(_("The question is declined. Whoever asked is told by email."), _here(found.id))


def take_answer_back(question_id: int) -> ResponseReturnValue:
    """Let a question be open again; nobody but the office reads the answer any more."""
    found = _get(question_id)
    try:
        answering_land.take_back(found.id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(_get(question_id), refusal=refusal), LATE
    return done(_("The question is open again."), _here(found.id))


def asked() -> Filters:
    """Return what the address asks for; what does not exist is left out of account."""
    said = {name: value.replace("\0", "")[:LONGEST_SEARCH] for name, value in request.args.items()}
    wanted = Wanted(
        words=" ".join(said.get("q", "").split()),
        state=member(QuestionState, said.get("state", "")),
        meeting_id=read_id(said.get("meeting", "")),
    )
    return Filters(wanted, max(1, read_id(said.get("page", "")) or 1))


def pages_of(total: int) -> int:
    """Return how many pages so many questions fill."""
    return max(1, -(-total // PAGE))


def _get(question_id: int) -> Question:
    return queries.find(question_id) or abort(404)


def _here(question_id: int) -> str:
    return f"{LIST}/{question_id}"


def _show(found: Question, *, refusal: Refused | None = None) -> str:
    return page(
        "land_question.html",
        current=CURRENT,
        base=ADDRESS,
        here=f"{ADDRESS}/{found.id}",
        found=found,
        same=queries.same(found.id),
        words=words,
        QuestionState=QuestionState,
        **refusals.box(refusal or [], zone()),
    )


def _form(
    form: QuestionForm, found: Question | None = None, *, refusal: Refused | None = None
) -> str:
    return page(
        "edit_land_question.html",
        current=CURRENT,
        base=ADDRESS,
        found=found,
        form=form,
        entries=form.entries,
        **refusals.box(refusal or form.errors, zone()),
    )


def _answer(found: Question, form: AnswerForm, *, refusal: Refused | None = None) -> str:
    return page(
        "answer_land_question.html",
        current=CURRENT,
        base=ADDRESS,
        found=found,
        form=form,
        audiences=list(words.AUDIENCES.items()),
        QuestionState=QuestionState,
        **refusals.box(refusal or form.errors, zone()),
    )


def _decline(found: Question, reason: Entry, refusal: Refused | None = None) -> str:
    return page(
        "decline_land_question.html",
        current=CURRENT,
        base=ADDRESS,
        found=found,
        reason=reason,
        longest=LONGEST_REASON,
        title=languages.text(found.facts.title),
        **refusals.box(refusal or told(reason), zone()),
    )
