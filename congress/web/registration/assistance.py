"""What somebody needs to take part: seen, changed and deleted behind the link of their own page."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import ATTENDEE
from congress.domain.assistance import NOTHING_NEEDED, is_asked
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.queries import assistance as queries
from congress.queries.assistance import StatedNeeds
from congress.queries.registrations import Opened
from congress.services import assisting
from congress.web import languages, refusals
from congress.web.refusals import Errors
from congress.web.registration import notices
from congress.web.registration.assistance_form import AssistanceForm, assistance_form
from congress.web.registration.occasion import occasion
from congress.web.registration.opened import opened
from congress.web.registration.register import REFUSED
from congress.web.registration.standing import is_active


def own_assistance(token: str) -> ResponseReturnValue:
    """Show what somebody said in a form, or keep what they say now."""
    own = opened(token)
    stated = queries.find_of(own.registration.id)
    if not (stated or may_state(own)):
        return _back(token)
    # Still asked of whoever has said something: what they typed is saved, or refused with a reason.
    form = assistance_form(stated.needs if stated else NOTHING_NEEDED)
    if request.method == "GET":
        return _page(own, form, stated, [])
    needs = form.read(request.form)
    if form.errors:
        return _page(own, form, stated, form.errors), REFUSED
    try:
        assisting.state(own.registration.id, needs, actor=ATTENDEE, now=clock.now())
    except Refused as refusal:
        return _page(own, form, stated, refusal), REFUSED
    return _back(token, notices.NEEDS)


def remove_assistance(token: str) -> ResponseReturnValue:
    """Delete what somebody said, and with it their consent."""
    own = opened(token)
    assisting.forget(own.registration.id, actor=ATTENDEE, now=clock.now())
    return _back(token, notices.NEEDS)


def may_state(own: Opened) -> bool:
    """Return whether somebody may say what they need: until the congress is over."""
    congress = own.congress
    is_on = congress.state is CongressState.PUBLISHED and not congress.is_over(clock.now())
    return is_on and is_asked(congress.fields) and is_active(own.registration.standing)


def _back(token: str, act: str = "") -> ResponseReturnValue:
    done = notices.done(act) if act else None
    return redirect(languages.link(url_for(".own_page", token=token, done=done)), code=303)


def _page(
    own: Opened, form: AssistanceForm, stated: StatedNeeds | None, wrong: Errors | Refused
) -> str:
    return render_template(
        "registration/assistance.html",
        congress=own.congress,
        occasion=occasion(own.congress),
        token=own.token,
        assistance=form,
        stated=stated,
        may_state=may_state(own),
        **refusals.box(wrong, own.congress.zone),
    )
