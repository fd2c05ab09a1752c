"""Somebody else comes instead, as an organiser was told: in one step, without a link."""

from collections.abc import Sequence
from dataclasses import replace

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.registration import RegisteredAlready, RegistrationState, SameName
from congress.domain.registration_request import Details
from congress.domain.workshops import Places
from congress.queries import attendees as queries
from congress.queries import congresses, neighbours, wishes
from congress.queries.attendees import Attendee
from congress.queries.neighbours import Neighbour
from congress.services import handing_over
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.attendees import states
from congress.web.organiser.entry_form import EntryForm, entry_form
from congress.web.registration.person import person_form
from congress.web.registration.question_picks import Limits
from congress.web.registration.questions_form import questions_form

REFUSED = 422


def substitute_attendee(registration_id: int) -> ResponseReturnValue:
    """Ask who comes instead, and hand the registration over."""
    workspace, now = access.workspace(), clock.now()
    found = queries.find_attendee(workspace.id, registration_id) or abort(404)
    form = _form(found)
    if request.method == "GET":
        return _page(found, form)
    if not form.read(request.form):
        return _page(found, form), REFUSED
    wanted, entered = form.to_request(), form.to_entering()
    try:
        number = handing_over.see_to(
            registration_id, wanted, entered, actor=access.actor(), now=now
        )
    except Refused as refusal:
        found = queries.find_attendee(workspace.id, registration_id) or abort(404)
        return _page(found, form, refusal), REFUSED
    [came] = neighbours.people(workspace.id, [number])
    done = _(
        "%(person)s comes instead of %(other)s.", person=came.name, other=found.own.standing.name
    )
    is_told = entered.is_told and bool(wanted.email)
    said = _("They will receive an email shortly.") if is_told else _("No email is sent to them.")
    return frame.done(f"{done} {said}", f"/attendees/{number}", at=now)


def _form(found: Attendee) -> EntryForm:
    """Return the form of somebody new, who is asked for no place: there is one for them."""
    congress = congresses.with_content(access.workspace())
    form = entry_form(replace(congress, places=Places()), (), now=clock.now())
    known = Details.of({"organisation": found.own.person.organisation})
    form.person = person_form(congress, known, is_trusted=True)
    form.language.value = found.own.standing.language
    form.taken = frozenset(each.item.code for each in found.own.standing.bookings)
    items = [each.item for each in found.own.standing.bookings]
    limits = Limits(congress, given_up=found.own.answers)
    form.questions = questions_form(congress, items, limits=limits)
    return form


def _page(found: Attendee, form: EntryForm, refusal: Refused | None = None) -> str:
    workspace, now = access.workspace(), clock.now()
    congress, standing = congresses.with_content(workspace), found.own.standing
    known: Sequence[Neighbour] = ()
    if isinstance(refusal, RegisteredAlready):
        known = neighbours.people(workspace.id, refusal.people)
    has_ended = standing.state in {RegistrationState.CANCELLED, RegistrationState.REQUESTED}
    is_on = congress.state is CongressState.PUBLISHED and not congress.is_over(now)
    return frame.page(
        "substitute_attendee.html",
        current="attendees",
        standing=standing,
        form=form,
        errors=[(None, refusals.reason(refusal, workspace.zone))] if refusal else form.errors,
        heading=refusals.heading(refusal, workspace.zone) if refusal else None,
        known=known,
        asks_for_another=isinstance(refusal, SameName) or form.is_another,
        states=states(),
        languages=[("de", _("German")), ("en", _("English"))],
        is_open=is_on and not has_ended,
        has_wishes=wishes.still_count(congress, standing),
    )
