"""Applying for a course, for everybody: the form, the page of an application, saying no."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import Congress, CongressKind, CongressState
from congress.domain.errors import Refused
from congress.domain.network.course_applications import Application, Call, State
from congress.queries import congresses, course_applications
from congress.services.courses import applying
from congress.web import languages, refusals
from congress.web.call.course_form import CourseForm, course_form
from congress.web.languages import gettext as _
from congress.web.languages import pgettext
from congress.web.registration import form_tokens
from congress.web.registration.obstacles import TRAP
from congress.web.registration.occasion import occasion
from congress.web.registration.register import public_congress

REFUSED, LATE = 422, 409
PAGE = "/course-application"


def apply_for_course(slug: str) -> ResponseReturnValue:
    """Show the form, or take it and lead to the page of the application."""
    congress = public_congress(slug)
    call = open_call(congress)
    mark = mark_of(congress)
    if request.method == "GET":
        form = course_form(call, form_tokens.issue(mark, now=clock.now()))
        return _page(congress, call, form)
    form = course_form(call, form_tokens.hold(request.form.get("form_token", ""), mark))
    if not form.read(request.form) or form.token is None or form.content is None:
        return _page(congress, call, form), REFUSED
    try:
        applied = applying.apply(
            congress.id,
            form.organisation,
            form.content,
            language=languages.current(),
            form_key=form.token.key,
            now=clock.now(),
        )
    except Refused as refusal:
        refused = refusals.text(refusal, congress.zone)
        return _page(congress, call, form, refused=refused), LATE
    if applied.token is None:
        abort(404)
    done = "same" if applied.is_other else "sent"
    return redirect(languages.link(f"{PAGE}/{applied.token}?done={done}"), code=303)


def course_application(token: str) -> str:
    """Show an application; changes nothing."""
    return _show(_open(token), token)


def correct_course_application(token: str) -> ResponseReturnValue:
    """Show an application in a form, or save what is said now."""
    found = _open(token)
    call = course_applications.find_call(found.congress_id) or abort(404)
    form = course_form(call, None, before=found)
    if request.method == "GET":
        if not found.may_be_corrected(call, now=clock.now()):
            return redirect(languages.link(f"{PAGE}/{token}"), code=303)
        return _form(found, token, form)
    if not form.read(request.form) or form.content is None:
        return _form(found, token, form), REFUSED
    try:
        applying.correct(found, form.content, now=clock.now())
    except Refused as refusal:
        return _form(found, token, form, refused=refusals.text(refusal)), LATE
    return redirect(languages.link(f"{PAGE}/{token}?done=corrected"), code=303)


def withdraw_course_application(token: str) -> ResponseReturnValue:
    """Ask whether to take an application back, with the places that came of it, and do it."""
    found = _open(token)
    if request.method == "GET":
        if not found.may_be_withdrawn:
            return redirect(languages.link(f"{PAGE}/{token}"), code=303)
        return _render("call/withdraw_course.html", found, token)
    try:
        applying.withdraw(found, now=clock.now())
    except Refused as refusal:
        zone = congresses.get_congress(found.congress_id).zone
        return _show(_open(token), token, refused=refusals.text(refusal, zone)), LATE
    return redirect(languages.link(f"{PAGE}/{token}"), code=303)


def named_for_course(token: str) -> ResponseReturnValue:
    """Show who has named somebody, and let them say no."""
    asked = course_applications.find_named(token) or abort(404)
    refused = ""
    if request.method == "POST":
        try:
            applying.object_to(token, now=clock.now())
        except Refused as refusal:
            refused = refusals.text(refusal)
        else:
            return redirect(languages.link(f"/named/{token}"), code=303)
    shown = _render("call/named.html", asked.application, token, named=asked.named, refused=refused)
    return (shown, LATE) if refused else shown


def open_call(congress: Congress) -> Call:
    """Return what can be applied for in a training course; a 404 where there never was anything."""
    call = course_applications.find_call(congress.id)
    if call is None or congress.kind is not CongressKind.TRAINING:
        abort(404)
    return call


def mark_of(congress: Congress) -> str:
    """Return what signs the form: no mark of a registration form is one of this form."""
    return f"{congress.slug}/apply"


def shown(congress: Congress, call: Call, form: CourseForm, refused: str) -> dict[str, object]:
    """Return what the page of the form says."""
    now = clock.now()
    return {
        "congress": congress,
        "call": call,
        "form": form,
        "is_open": call.takes(congress.state, is_over=congress.is_over(now), now=now),
        "was_sent": request.method == "POST",
        "last_day": languages.dates(congress.zone).last_day(call.closes_at),
        "errors": form.errors,
        "refused": refused,
        "trap": TRAP,
    }


def state_of(state: State) -> tuple[str, str]:
    """Return the kind and words of how far an application is, for its badge."""
    return {
        State.NEW: ("few", _("Not answered yet")),
        State.ACCEPTED: ("ok", pgettext("course application", "Accepted")),
        State.RESERVE: ("few", _("Reserve list")),
        State.DECLINED: ("off", pgettext("course application", "Declined")),
        State.WITHDRAWN: ("off", _("Withdrawn")),
    }[state]


def _open(token: str) -> Application:
    return course_applications.find_by_token(token) or abort(404)


def _page(congress: Congress, call: Call, form: CourseForm, *, refused: str = "") -> str:
    return render_template(
        "call/apply.html",
        occasion=occasion(congress),
        **shown(congress, call, form, refused),
    )


def _show(found: Application, token: str, *, refused: str = "") -> str:
    call = course_applications.find_call(found.congress_id)
    notices = {
        "sent": _("Thank you. Your application has been received, and its link is on its way."),
        "corrected": _("Your changes have been saved."),
        "same": _(
            "This form had been sent before. Below is what was sent first; you can correct it here."
        ),
    }
    return _render(
        "call/course_application.html",
        found,
        token,
        notice=notices.get(request.args.get("done", ""), ""),
        refused=refused,
        can_correct=found.may_be_corrected(call, now=clock.now()),
        closes_at=call.closes_at if call else None,
    )


def _form(found: Application, token: str, form: CourseForm, *, refused: str = "") -> str:
    return _render(
        "call/correct_course.html", found, token, form=form, errors=form.errors, refused=refused
    )


def _render(template: str, found: Application, token: str, **context: object) -> str:
    congress = congresses.get_congress(found.congress_id)
    return render_template(
        template,
        congress=congress,
        occasion=occasion(congress),
        dates=languages.dates(congress.zone),
        is_draft=congress.state is CongressState.DRAFT,
        token=token,
        application=found,
        State=State,
        badge_of=state_of(found.state),
        **context,
    )
