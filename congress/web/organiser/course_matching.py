"""Which organisation of the register has applied for a course, where it knew none by that name."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.access import NetworkRight
from congress.queries.network import register
from congress.services.courses import matching
from congress.web import access
from congress.web.entries import read_line
from congress.web.languages import gettext as _
from congress.web.organiser import course_applications, frame
from congress.web.organiser.course_applications import LATE, LIST, LONGEST_SEEN, REFUSED
from congress.web.organiser.course_call import require_course

LONGEST_NAME = 200


def match_course_application(application_id: int) -> ResponseReturnValue:
    """Say which organisation of the register it is."""
    require_course()
    found, entry = course_applications.get(application_id), course_applications.organisation()
    missing = _("Please enter the name of an organisation of the register.")
    read_line(entry, request.form.get(entry.name, ""), most=LONGEST_NAME, missing=missing)
    named = register.find_named(entry.value) if entry.value and not entry.errors else None
    if named is None:
        if not entry.errors:
            entry.errors.append(_("The register has no organisation of this name."))
        return course_applications.show(found, entry=entry), REFUSED
    try:
        matching.match(
            access.workspace().id,
            found.id,
            named.id,
            seen=_seen(),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        again = course_applications.get(application_id)
        return course_applications.show(again, refusal, entry=entry), LATE
    return frame.done(_("The application is of %(name)s.", name=named.name), LIST)


def register_course_applicant(application_id: int) -> ResponseReturnValue:
    """Put the municipality into the register, as whoever keeps it may."""
    require_course()
    found = course_applications.get(application_id)
    if not access.may_in_network(NetworkRight.EDIT_REGISTER):
        abort(403)
    try:
        matching.register(
            access.workspace().id,
            found.id,
            seen=_seen(),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return course_applications.show(course_applications.get(application_id), refusal), LATE
    return frame.done(_("%(name)s is in the register now.", name=found.organisation), LIST)


def _seen() -> str:
    return request.form.get("seen", "")[:LONGEST_SEEN]
