"""An organiser corrects who an attendee is and how they are reached."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.correction import EditedMeanwhile, version_of
from congress.domain.errors import Refused
from congress.domain.registration_request import Details
from congress.queries import attendees as queries
from congress.queries import congresses, programme
from congress.queries.attendees import Attendee
from congress.services import correcting
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import filters, frame
from congress.web.refusals import Errors
from congress.web.registration import notices
from congress.web.registration.person import LONGEST_VERSION, PersonForm, person_form, stands_now
from congress.web.registration.questions_form import QuestionsForm, answers_now, questions_form

REFUSED = 422
FROM_LIST = "list"  # what the address says of a form that was opened in a row


def correct_attendee(registration_id: int) -> ResponseReturnValue:
    """Show the details of an attendee in a form, and store what was corrected."""
    found = _load(registration_id)
    stored = found.own.person
    congress = congresses.get_congress(access.workspace().id)
    form = person_form(congress, stored, is_trusted=True)
    items = programme.current_items(access.workspace()) if congress.questions else ()
    questions = questions_form(congress, items, found.own.answers)
    if request.method == "GET":
        return _page(found, form, questions, [], _version(found))
    form.read(request.form)
    questions.read(request.form, found.own.booked, may_lack=True)
    version = request.form.get("version", "")[:LONGEST_VERSION]
    if wrong := form.errors + questions.errors:
        return _page(found, form, questions, wrong, version), REFUSED
    after = Details.of(stored.said | form.checked)
    try:
        done = correcting.correct(
            registration_id,
            after,
            version=version,
            answers=questions.given if questions.is_sent else None,
            actor=access.actor(),
            now=clock.now(),
        )
    except EditedMeanwhile as refusal:
        found = _load(registration_id)
        return _page(found, form, questions, refusal, _version(found)), REFUSED
    except Refused as refusal:
        return _page(found, form, questions, refusal, version), REFUSED
    said = _said(form, is_stored=done.is_stored, is_told=bool(after.email))
    return frame.done(said, _back(registration_id))


def keep_address(registration_id: int) -> ResponseReturnValue:
    """Forget the new address that an attendee asked for."""
    _load(registration_id)
    correcting.keep_address(registration_id, actor=access.actor(), now=clock.now())
    return frame.done(notices.address_stays(), f"/attendees/{registration_id}")


def _back(registration_id: int) -> str:
    """Return where the form was opened: on the person's page, or in a row of the list."""
    if request.args.get("back") != FROM_LIST:
        return f"/attendees/{registration_id}"
    shown = filters.from_address(access.workspace()).here
    return f"/attendees{shown}#row-{registration_id}"


def _load(registration_id: int) -> Attendee:
    return queries.find_attendee(access.workspace().id, registration_id) or abort(404)


def _version(found: Attendee) -> str:
    return version_of(found.own.person, found.own.answers)


def _page(
    found: Attendee,
    form: PersonForm,
    questions: QuestionsForm,
    wrong: Errors | Refused,
    version: str,
) -> str:
    is_edited = isinstance(wrong, EditedMeanwhile)
    return frame.page(
        "correct_attendee.html",
        current="attendees",
        own_registration=found.own,
        person=form,
        questions=questions,
        version=version,
        back=_back(found.own.standing.id),
        **refusals.box(wrong, access.workspace().zone),
        stands=stands_now(form, found.own.person) + answers_now(questions, found.own.answers)
        if is_edited
        else [],
    )


def _said(form: PersonForm, *, is_stored: bool, is_told: bool) -> str:
    said = _("Nothing was changed.")
    if is_stored and not is_told:
        said = _("The details have been corrected. No email is sent.")
    elif is_stored:
        said = _("The details have been corrected. An email about it goes out shortly.")
    tidied = _("We removed what was around the address. Please check it.")
    return f"{said} {tidied}" if form.is_repaired else said
