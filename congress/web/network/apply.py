"""Applying for membership, for everybody: the form, and the page of an application."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.applications import Application, ApplicationState
from congress.domain.network.conditions import Held, missing
from congress.queries.network import applications, texts
from congress.services.network import applying
from congress.web import languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import pgettext
from congress.web.network import membership_words
from congress.web.network.apply_form import ApplyForm, apply_form
from congress.web.network.frame import dates, today
from congress.web.registration import form_tokens
from congress.web.registration.obstacles import TRAP

REFUSED, LATE = 422, 409
MARK = "network/apply"  # no mark of another form is one of this form
PAGE = "/application"


def apply() -> ResponseReturnValue:
    """Show the form, or take it and lead to the page of the application."""
    if request.method == "GET":
        return _page(apply_form(form_tokens.issue(MARK, now=clock.now())))
    form = apply_form(form_tokens.hold(request.form.get("form_token", ""), MARK))
    said = form.read(request.form, request.files.get("file"))
    if said is None or form.token is None:
        return _page(form), REFUSED
    try:
        applied = applying.apply(
            said,
            language=languages.current(),
            form_key=form.token.key,
            today=today(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _page(form, refused=refusals.text(refusal)), LATE
    if applied.token is None:
        abort(404)
    done = "same" if applied.is_other else "sent"
    return redirect(languages.link(f"{PAGE}/{applied.token}?done={done}"), code=303)


def own_application(token: str) -> str:
    """Show an application; changes nothing."""
    return _show(_open(token), token)


def correct_application(token: str) -> ResponseReturnValue:
    """Show an application in a form, or save what is said now."""
    found = _open(token)
    form = apply_form(None, found)
    if request.method == "GET":
        if not found.is_open:
            return redirect(languages.link(f"{PAGE}/{token}"), code=303)
        return _form(found, token, form)
    said = form.read(request.form, request.files.get("file"))
    if said is None:
        return _form(found, token, form), REFUSED
    try:
        applying.correct(found.id, said, now=clock.now())
    except Refused as refusal:
        return _form(found, token, form, refused=refusals.text(refusal)), LATE
    return redirect(languages.link(f"{PAGE}/{token}?done=corrected"), code=303)


def withdraw_application(token: str) -> ResponseReturnValue:
    """Ask whether to take an application back, and do it."""
    found = _open(token)
    if request.method == "GET":
        if not found.is_open:
            return redirect(languages.link(f"{PAGE}/{token}"), code=303)
        return _render("network/withdraw_application.html", found, token)
    try:
        applying.withdraw(found.id, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(_open(token), token, refused=refusals.text(refusal)), LATE
    return redirect(languages.link(f"{PAGE}/{token}"), code=303)


def cards() -> list[tuple[str, str]]:
    """Return what can be said of the Ehrenamtskarte."""
    return [
        (str(Held.YES), _("We take part.")),
        (str(Held.PLANNED), _("We plan to introduce it.")),
        (str(Held.NO), _("Neither of these.")),
    ]


def state_of(state: ApplicationState) -> tuple[str, str]:
    """Return the kind and words of how far an application is, for its badge."""
    return {
        ApplicationState.NEW: ("few", _("Not answered yet")),
        ApplicationState.ACCEPTED: ("ok", _("Accepted")),
        ApplicationState.DECLINED: ("off", pgettext("proposal", "Declined")),
        ApplicationState.WITHDRAWN: ("off", _("Withdrawn")),
    }[state]


def _open(token: str) -> Application:
    return applications.find_by_token(token) or abort(404)


def _page(form: ApplyForm, *, refused: str = "") -> str:
    return render_template(
        "network/apply.html",
        form=form,
        cards=cards(),
        agreed=texts.declaration(),
        errors=form.errors,
        refused=refused,
        trap=TRAP,
    )


def _show(found: Application, token: str, *, refused: str = "") -> str:
    notices = {
        "sent": _("Thank you. Your application has been received, and its link is on its way."),
        "corrected": _("Your changes have been saved."),
        "same": _(
            "This form had been sent before. Below is what was sent first; you can correct it here."
        ),
    }
    return _render(
        "network/application.html",
        found,
        token,
        notice=notices.get(request.args.get("done", ""), ""),
        refused=refused,
        badge_of=state_of(found.state),
        missing=missing(found.checks) if found.is_open else (),
    )


def _form(found: Application, token: str, form: ApplyForm, *, refused: str = "") -> str:
    return _render(
        "network/correct_application.html",
        found,
        token,
        form=form,
        cards=cards(),
        errors=form.errors,
        refused=refused,
    )


def _render(template: str, found: Application, token: str, **context: object) -> str:
    return render_template(
        template,
        application=found,
        token=token,
        words=membership_words,
        agreed=texts.declaration(),
        dates=dates(),
        **context,
    )
