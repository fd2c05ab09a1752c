"""The file that somebody answered with, for organisers who may read the question."""

from flask import Response, abort
from werkzeug.http import dump_options_header

from congress.domain import attendee_list
from congress.domain.answer_files import is_file
from congress.queries import attendees, congresses, own_answers
from congress.web import access
from congress.web.contribution.photo_form import private


def answer_file(registration_id: int, key: str) -> Response:
    """Hand out a file, to be saved: nothing that others chose is opened on this site."""
    congress = congresses.get_congress(access.workspace().id)
    found = attendees.find_attendee(congress.id, registration_id) or abort(404)
    readable = attendee_list.readable(access.account().roles_in(congress.id), congress.questions)
    if not any(each.key == key and is_file(each) for each in readable):
        abort(404)
    file = own_answers.find_file(found.own.id, key) or abort(404)
    response = private(file.content, file.media_type)
    disposition = dump_options_header("attachment", {"filename": file.name})
    response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = "no-store"
    return response
