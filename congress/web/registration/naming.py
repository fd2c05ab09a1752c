"""Naming a colleague who comes instead, behind the page of one's own, and taking that back."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import conditions, modules
from congress.domain.access import ATTENDEE
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.fields import NAMES
from congress.domain.hall import CONGRESS, Hall
from congress.domain.handing_over import accept_until
from congress.domain.registration_request import Details
from congress.queries import wishes
from congress.queries.registrations import Opened
from congress.services import handing_over
from congress.web import languages, refusals
from congress.web.languages import gettext as _
from congress.web.refusals import Errors
from congress.web.registration.occasion import occasion
from congress.web.registration.opened import opened
from congress.web.registration.person import PersonForm, person_form
from congress.web.registration.register import REFUSED

EMAIL = "email"


def name_colleague(token: str) -> ResponseReturnValue:
    """Ask who comes instead, or send them a link; nothing changes until they accept."""
    own = opened(token)
    form = colleague_form(own.congress)
    if request.method == "GET":
        return _page(own, form, [])
    form.read(request.form)
    if form.errors:
        return _page(own, form, form.errors), REFUSED
    try:
        handing_over.ask(
            own.registration.id, Details.of(form.checked), actor=ATTENDEE, now=clock.now()
        )
    except Refused as refusal:
        return _page(opened(token), form, refusal), REFUSED
    return _back(token)


def keep_place(token: str) -> ResponseReturnValue:
    """Keep the place: the link to the colleague opens nothing any more."""
    own = opened(token)
    handing_over.take_back(own.registration.id, actor=ATTENDEE, now=clock.now())
    return _back(token)


def of_own_page(own: Opened, hall: Hall) -> dict[str, object]:
    """Return what the page of one's own says of handing over: who is named, and whether one can."""
    person = own.registration.standing.person
    why_not = conditions.first_reason(conditions.NAMING, hall, person, CONGRESS)
    can_end = conditions.first_reason(conditions.HANDING_OVER, hall, person, CONGRESS) is None
    return {
        "colleague": own.registration.colleague(now=hall.now) if can_end else None,
        "may_hand_over": why_not is None,
    }


def colleague_form(congress: Congress) -> PersonForm:
    """Return the entries for somebody's name and address, all one needs to be asked."""
    form = person_form(congress)
    wanted = (*NAMES, EMAIL)
    form.entries = {
        each: replace(entry, description=_("The link goes there."), required=True)
        if each.name == EMAIL
        else entry
        for each, entry in form.entries.items()
        if each.name in wanted
    }
    return form


def _page(own: Opened, form: PersonForm, wrong: Errors | Refused) -> str:
    congress, now = own.congress, clock.now()
    hall, person = Hall.of(congress, own.items, now=now), own.registration.standing.person
    shut = conditions.first_reason(conditions.NAMING, hall, person, CONGRESS)
    return render_template(
        "registration/name_colleague.html",
        congress=congress,
        occasion=occasion(congress),
        own=own.registration,
        token=own.token,
        person=form,
        shut=refusals.text(shut, congress.zone) if shut else "",
        colleague=own.registration.colleague(now=now),
        until=accept_until(congress, now),
        has_wishes=wishes.still_count(congress, own.registration.standing),
        modules_held=len(modules.begun(congress, now)),
        **refusals.box(wrong, congress.zone),
    )


def _back(token: str) -> ResponseReturnValue:
    return redirect(languages.link(url_for(".own_page", token=token)), code=303)
