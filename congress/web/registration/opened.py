"""What a personal link opens: one registration, or a page that says what became of it."""

from flask import abort, make_response, render_template

from congress.queries import registrations
from congress.queries.registrations import Opened
from congress.web.registration.occasion import occasion

GONE = 410


def opened(token: str) -> Opened:
    """Return what a link opens, or end the request: with nothing, or without data of anybody."""
    own = registrations.find_own(token) or abort(404)
    if own.registration.standing.merged_into_id is not None:
        words = {"congress": own.congress, "occasion": occasion(own.congress)}
        abort(make_response(render_template("registration/merged.html", **words), GONE))
    if own.registration.standing.substituted_by_id is not None:
        words = {"congress": own.congress, "occasion": occasion(own.congress)}
        words["ended_at"] = own.registration.cancelled_at
        abort(make_response(render_template("registration/handed_over.html", **words), GONE))
    return own
