"""Questions to the Land in the own view: asked, corrected, withdrawn, shared, and all answers."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.contacts import Contact
from congress.domain.network.land_questions import QuestionState
from congress.queries.network import land_questions as queries
from congress.queries.network.land_questions import Question
from congress.services.network import asking_land
from congress.web import refusals
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.network import land_question_words as words
from congress.web.network.frame import today, zone
from congress.web.network.land_question_form import QuestionForm, own_form
from congress.web.network.land_questions import PAGE, asked, pages_of
from congress.web.network.municipality import back, logged_in, page

REFUSED, LATE = 422, 409
LIST = "/questions"


def own_questions(token: str) -> str:
    """Show the questions of the organisation, those of others that are open, and all answers."""
    return _show(logged_in(token), token)


def ask_land(token: str) -> ResponseReturnValue:
    """Show an empty form, or ask the Land something."""
    contact, form = logged_in(token), own_form()
    if request.method == "GET":
        return _form(contact, token, form)
    facts = form.read(request.form)
    if facts is None:
        return _form(contact, token, form), REFUSED
    try:
        asking_land.ask(contact.id, facts, today=today(), now=clock.now())
    except Refused as refusal:
        return _form(contact, token, form, refusal=refusal), LATE
    return back(
        token, LIST, _("Your question has reached the office. You receive the answer by email.")
    )


def correct_question(token: str, question_id: int) -> ResponseReturnValue:
    """Show an own open question in its form, or save it."""
    contact = logged_in(token)
    found = _own_open(contact, question_id) or abort(404)
    form = own_form(found)
    if request.method == "GET":
        return _form(contact, token, form, found)
    facts = form.read(request.form)
    if facts is None:
        return _form(contact, token, form, found), REFUSED
    try:
        asking_land.correct(
            contact.id, found.id, facts, version=form.version, today=today(), now=clock.now()
        )
    except Refused as refusal:
        again = _own_open(contact, question_id)
        if again is None:
            return _show(contact, token, refusal=refusal), LATE
        form.version = again.version  # what is saved next was looked at
        return _form(contact, token, form, again, refusal=refusal), LATE
    return back(token, LIST, _("Your question is saved."))


def withdraw_question(token: str, question_id: int) -> ResponseReturnValue:
    """Withdraw an own question."""
    contact = logged_in(token)
    found = _seen(contact, question_id)
    if found.organisation_id != contact.organisation_id:
        abort(404)
    try:
        asking_land.withdraw(contact.id, found.id, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(contact, token, refusal=refusal), LATE
    return back(token, LIST, _("Your question is withdrawn."))


def share_question(token: str, question_id: int) -> ResponseReturnValue:
    """Say that the organisation has the same question."""
    contact = logged_in(token)
    found = _seen(contact, question_id)
    try:
        asking_land.join(contact.id, found.id, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(contact, token, refusal=refusal), LATE
    return back(token, LIST, _("It is noted that your organisation has this question too."))


def no_longer_share_question(token: str, question_id: int) -> ResponseReturnValue:
    """Say that the organisation has not the same question."""
    contact = logged_in(token)
    found = _seen(contact, question_id)
    try:
        asking_land.leave(contact.id, found.id, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(contact, token, refusal=refusal), LATE
    return back(token, LIST, _("It is no longer noted that your organisation has this question."))


def _seen(contact: Contact, question_id: int) -> Question:
    return queries.find_for(contact.organisation_id, question_id, day=today()) or abort(404)


def _own_open(contact: Contact, question_id: int) -> Question | None:
    found = queries.find_for(contact.organisation_id, question_id, day=today())
    if found is None or found.state is not QuestionState.OPEN:
        return None
    return found if found.organisation_id == contact.organisation_id else None


def _show(contact: Contact, token: str, *, refusal: Refused | None = None) -> str:
    mine, filters = contact.organisation_id, asked()
    is_member = queries.belongs(mine, today())
    lines, total = queries.answered_for(
        mine, filters.wanted.words, is_member=is_member, limit=PAGE, offset=filters.offset
    )
    number = max(1, read_id(request.args.get("open", "")) or 1)
    others, many = (
        queries.open_ones(mine, limit=PAGE, offset=(number - 1) * PAGE) if is_member else ([], 0)
    )
    return page(
        "own_questions.html",
        contact,
        token,
        mine=queries.own(mine),
        others=others,
        open_number=number,
        last_open=pages_of(many),
        lines=lines,
        number=filters.number,
        last_page=pages_of(total),
        sought=filters.wanted.words,
        is_member=is_member,
        words=words,
        QuestionState=QuestionState,
        **refusals.box(refusal or [], zone()),
    )


def _form(
    contact: Contact,
    token: str,
    form: QuestionForm,
    found: Question | None = None,
    *,
    refusal: Refused | None = None,
) -> str:
    return page(
        "own_question_form.html",
        contact,
        token,
        found=found,
        form=form,
        entries=form.entries,
        **refusals.box(refusal or form.errors, zone()),
    )
