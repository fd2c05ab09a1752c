"""Correcting oneself: the form behind the own page, and confirming a new address from there."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import conditions
from congress.domain.access import ATTENDEE
from congress.domain.correction import BY_ATTENDEE, AddressLinkOver, SamePerson
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall
from congress.domain.registration_request import Details
from congress.queries import congresses, registrations
from congress.queries.registrations import Opened
from congress.services import correcting
from congress.services.correcting import Corrected
from congress.web import languages, refusals
from congress.web.languages import gettext as _
from congress.web.registration import notices
from congress.web.registration.notices import ADDRESS, DETAILS, MOVED
from congress.web.registration.occasion import occasion
from congress.web.registration.person import PersonForm, person_form
from congress.web.registration.register import REFUSED

Errors = list[tuple[str | None, str]]


def correct_details(token: str) -> ResponseReturnValue:
    """Show who somebody is in a form, or take what they corrected."""
    own = registrations.find_own(token) or abort(404)
    form = person_form(own.congress, own.registration.person)
    if request.method == "GET":
        return _page(own, form, [])
    form.read(request.form)
    if form.errors:
        return _page(own, form, form.errors), REFUSED
    after = Details.of(own.registration.person.said | form.checked)
    try:
        done = correcting.correct(own.registration.id, after, actor=ATTENDEE, now=clock.now())
    except Refused as refusal:
        return _page(own, form, [(None, refusals.text(refusal, own.congress.zone))]), REFUSED
    if done.is_known:
        known = _(
            "These details cannot be saved here. Please check your email or contact the organisers."
        )
        return _page(own, form, [(None, known)]), REFUSED
    address = url_for(".own_page", token=token, done=_done(done))
    return redirect(languages.link(address), code=303)


def confirm_address(token: str) -> ResponseReturnValue:
    """Ask once more whether a mailbox is the right one, and take it over; a GET changes nothing."""
    now = clock.now()
    wanted = registrations.find_address_change(token, now=now)
    if wanted is None:
        return render_template("registration/address_over.html"), 404
    congress = congresses.with_content(congresses.find_public(wanted.slug) or abort(404))
    error = ""
    if request.method == "POST":
        try:
            own = correcting.confirm_address(token, now=now)
        except AddressLinkOver:
            return render_template("registration/address_over.html"), 404
        except SamePerson as refusal:
            error = refusals.text(refusal, congress.zone)
        else:
            if own is None:
                abort(404)
            address = url_for(".own_page", token=own, done=notices.done(MOVED))
            return redirect(languages.link(address), code=303)
    page = render_template(
        "registration/confirm_address.html",
        congress=congress,
        occasion=occasion(congress),
        email=wanted.email,
        token=token,
        errors=[(None, error)] if error else [],
    )
    return (page, REFUSED) if error else page


def _done(done: Corrected) -> str | None:
    acts = [act for act, is_so in ((DETAILS, done.is_stored), (ADDRESS, done.is_asked)) if is_so]
    return notices.done(*acts) if acts else None


def _page(own: Opened, form: PersonForm, errors: Errors) -> str:
    now = clock.now()
    hall = Hall.of(own.congress, own.items, now=now)
    person = own.registration.standing.person
    shut = conditions.first_reason(BY_ATTENDEE, hall, person, CONGRESS)
    return render_template(
        "registration/details.html",
        congress=own.congress,
        occasion=occasion(own.congress),
        token=own.token,
        person=form,
        errors=errors,
        shut=refusals.text(shut, own.congress.zone) if shut and not errors else "",
        waits=registrations.find_wanted_address(own.registration.id, now=now),
    )
