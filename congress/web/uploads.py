"""Forms with a file, which are larger than all others.

From whoever may send a file, a much too large one is read as well and put away on disk, so that
the page of the form can say how large it may be and keeps what was typed beside it. From anybody
else no more is read than such a form needs.
"""

from flask import Flask, request

from congress import clock
from congress.queries import invitations, registrations
from congress.queries.network import applications
from congress.queries.planning import contributors
from congress.web import sessions
from congress.web.contribution import material_form, photo_form
from congress.web.network import apply_form, conditions, mail_acts, register_import
from congress.web.organiser import attendee_import, evidence, invitation_import, mailing_acts
from congress.web.registration import answer_upload

WITH_FILE = "multipart/form-data"  # in which files go to disk, and nothing else is large
LARGEST_READ = 40 * 1024 * 1024  # what is larger gets the page of the error, and the way back
# How large such a form is at most where nothing is wrong.
LARGEST = {
    attendee_import.ENDPOINT: attendee_import.LARGEST_FORM,
    invitation_import.ENDPOINT: invitation_import.LARGEST_FORM,
    register_import.ENDPOINT: register_import.LARGEST_FORM,
    mailing_acts.UPLOAD: mailing_acts.LARGEST_FORM,
    mail_acts.UPLOAD: mailing_acts.LARGEST_FORM,
    evidence.UPLOAD: evidence.LARGEST_FORM,
    conditions.UPLOAD: conditions.LARGEST_FORM,
    **dict.fromkeys(apply_form.ENDPOINTS, apply_form.LARGEST_FORM),
    **dict.fromkeys((answer_upload.INVITED, answer_upload.OWN), answer_upload.LARGEST_FORM),
    "organiser.edit_signature": photo_form.LARGEST_FORM,
    **dict.fromkeys(photo_form.ENDPOINTS, photo_form.LARGEST_FORM),
    **dict.fromkeys(material_form.ENDPOINTS, material_form.LARGEST_FORM),
}
WITH_ROWS = frozenset(
    {attendee_import.ENDPOINT, invitation_import.ENDPOINT, register_import.ENDPOINT}
)
BY_LINK = frozenset({answer_upload.INVITED, answer_upload.OWN})


def allow_files(app: Flask) -> None:
    """Let these forms be larger, before anybody reads them: the token is in the same form."""

    def allow() -> None:
        largest = LARGEST.get(request.endpoint or "")
        if largest is None or request.method != "POST":
            return
        is_read = request.mimetype == WITH_FILE and _may_send()
        if request.endpoint in BY_LINK and not is_read:
            return
        request.max_content_length = LARGEST_READ if is_read else largest
        if request.endpoint in WITH_ROWS:
            request.max_form_memory_size = largest  # rows may be pasted

    app.before_request(allow)


def _may_send() -> bool:
    secret = (request.view_args or {}).get("token")
    if request.endpoint == answer_upload.INVITED:
        return invitations.find_by_token(str(secret)) is not None
    if request.endpoint == answer_upload.OWN:
        return registrations.find_own(str(secret)) is not None
    if request.endpoint in apply_form.ENDPOINTS:
        return secret is not None and applications.find_by_token(secret) is not None
    if secret is not None:
        return contributors.find_by_token(secret) is not None
    return sessions.current(now=clock.now()) is not None
