"""An organiser corrects who an attendee is and how they are reached."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.registration_request import Details
from congress.queries import attendees as queries
from congress.queries import congresses
from congress.services import correcting
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.registration.person import person_form


def correct_attendee(registration_id: int) -> ResponseReturnValue:
    """Show the details of an attendee in a form, and store what was corrected."""
    workspace = access.workspace()
    found = queries.find_attendee(workspace.id, registration_id) or abort(404)
    congress = congresses.get_congress(workspace.id)
    form = person_form(congress, found.own.person, is_trusted=True)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        form.read(request.form)
        errors = form.errors
        after = Details.of(found.own.person.said | form.checked)
        try:
            if not errors:
                now = clock.now()
                done = correcting.correct(registration_id, after, actor=access.actor(), now=now)
                return frame.done(_said(done.is_stored), f"/attendees/{registration_id}")
        except Refused as refusal:
            errors = [(None, refusals.text(refusal, workspace.zone))]
    page = frame.page(
        "correct_attendee.html",
        current="attendees",
        own_registration=found.own,
        person=form,
        errors=errors,
    )
    return (page, 422) if errors else page


def _said(is_stored: bool) -> str:  # noqa: FBT001 - yes or no
    if is_stored:
        return _("The details have been corrected, and the email is being sent again.")
    return _("Nothing was changed.")
