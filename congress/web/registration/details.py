"""Correcting oneself: the form behind the own page, and confirming a new address from there."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import conditions
from congress.domain.access import ATTENDEE
from congress.domain.correction import (
    BY_ATTENDEE,
    CONFIRMING,
    AddressLinkOver,
    EditedMeanwhile,
    NotSavedHere,
    shown,
    version_of,
)
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall
from congress.domain.registration_request import Details
from congress.queries import congresses, registrations
from congress.queries.registrations import Opened
from congress.services import correcting
from congress.services.correcting import Corrected
from congress.web import languages, refusals
from congress.web.refusals import Errors
from congress.web.registration import notices
from congress.web.registration.notices import ADDRESS, DETAILS, MOVED, REPAIRED, STAYS
from congress.web.registration.occasion import occasion
from congress.web.registration.opened import opened
from congress.web.registration.person import LONGEST_VERSION, PersonForm, person_form, stands_now
from congress.web.registration.questions_form import QuestionsForm, answers_now, questions_form
from congress.web.registration.register import REFUSED


def correct_details(token: str) -> ResponseReturnValue:
    """Show who somebody is in a form, or take what they corrected."""
    own = opened(token)
    stands = _stands(own)
    form = person_form(own.congress, stands)
    questions = questions_form(own.congress, own.items, own.registration.answers, with_files=True)
    if request.method == "GET":
        return _page(own, form, questions, [], _version(own))
    form.read(request.form)
    questions.sent = request.files
    questions.read(request.form, own.registration.booked)
    version = request.form.get("version", "")[:LONGEST_VERSION]
    if form.errors or questions.errors:
        questions.forget_files()
        wrong = form.errors + questions.errors
        return _page(own, form, questions, wrong, version), REFUSED
    after = Details.of(own.registration.person.said | form.checked)
    try:
        done = correcting.correct(
            own.registration.id,
            after,
            version=version,
            answers=questions.given if questions.is_sent else None,
            files=questions.files,
            is_repaired=form.is_repaired,
            actor=ATTENDEE,
            now=clock.now(),
        )
    except EditedMeanwhile as refusal:
        own = opened(token)
        return _page(own, form, questions, refusal, _version(own)), REFUSED
    except Refused as refusal:
        return _page(own, form, questions, refusal, version), REFUSED
    if done.is_known:
        return _page(own, form, questions, NotSavedHere(), version), REFUSED
    return _back(token, *_acts(done, form))


def keep_address(token: str) -> ResponseReturnValue:
    """Forget the new address that somebody asked for."""
    own = opened(token)
    correcting.keep_address(own.registration.id, actor=ATTENDEE, now=clock.now())
    return _back(token, STAYS)


def confirm_address(token: str) -> ResponseReturnValue:
    """Ask once more whether a mailbox is the right one, and take it over; a GET changes nothing."""
    now = clock.now()
    wanted = registrations.find_address_change(token, now=now)
    if wanted is None:
        return _over(AddressLinkOver())
    congress = congresses.with_content(congresses.find_public(wanted.slug) or abort(404))
    person = registrations.get_own(wanted.registration_id).standing.person
    hall = Hall.of(congress, (), now=now)
    refused = conditions.first_reason(CONFIRMING, hall, person, CONGRESS)
    if request.method == "POST":
        try:
            own = correcting.confirm_address(token, now=now) or abort(404)
            return _back(own, MOVED)
        except AddressLinkOver as refusal:
            return _over(refusal)
        except Refused as refusal:
            refused = refusal
    page = render_template(
        "registration/confirm_address.html",
        congress=congress,
        occasion=occasion(congress),
        email=wanted.email,
        token=token,
        refused=refusals.heading(refused, congress.zone) if refused else "",
        reason=refusals.reason(refused, congress.zone) if refused else "",
    )
    return page, REFUSED if request.method == "POST" else 200


def _over(refusal: Refused) -> ResponseReturnValue:
    page = render_template(
        "registration/address_over.html",
        heading=refusals.heading(refusal),
        reason=refusals.reason(refusal),
    )
    return page, 404


def _acts(done: Corrected, form: PersonForm) -> list[str]:
    acts = {
        DETAILS: done.is_stored,
        ADDRESS: done.is_asked,
        STAYS: done.is_kept,
        REPAIRED: form.is_repaired and (done.is_stored or done.is_asked),
    }
    return [act for act, is_so in acts.items() if is_so]


def _back(token: str, *acts: str) -> ResponseReturnValue:
    done = notices.done(*acts) if acts else None
    return redirect(languages.link(url_for(".own_page", token=token, done=done)), code=303)


def _stands(own: Opened) -> Details:
    """Return what the form shows of what is stored."""
    registration = own.registration
    return shown(registration.person, registration.wanted_address(now=clock.now()))


def _version(own: Opened) -> str:
    """Return what tells what the form shows from anything else."""
    return version_of(_stands(own), own.registration.answers)


def _page(
    own: Opened,
    form: PersonForm,
    questions: QuestionsForm,
    wrong: Errors | Refused,
    version: str,
) -> str:
    if wrong:
        questions.forget_files()
    now, zone = clock.now(), own.congress.zone
    hall = Hall.of(own.congress, own.items, now=now)
    shut = conditions.first_reason(BY_ATTENDEE, hall, own.registration.standing.person, CONGRESS)
    is_edited = isinstance(wrong, EditedMeanwhile)
    return render_template(
        "registration/details.html",
        congress=own.congress,
        occasion=occasion(own.congress, own.registration.standing),
        token=own.token,
        person=form,
        questions=questions,
        version=version,
        **refusals.box(wrong, zone),
        stands=stands_now(form, _stands(own)) + answers_now(questions, own.registration.answers)
        if is_edited
        else [],
        asks_organisers=isinstance(wrong, Refused) and not is_edited,
        shut=refusals.text(shut, zone) if shut else "",
        waits=own.registration.wanted_address(now=now),
        email=own.registration.standing.email,
    )
