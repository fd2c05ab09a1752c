"""Documents in the own view: what is published of events, and what is for members alone."""

from flask import Response, abort

from congress import clock
from congress.domain.planning.materials import MaterialAudience
from congress.queries import archive
from congress.queries.network import land_questions
from congress.queries.planning import audiences
from congress.web.handed_out import attachment
from congress.web.network.frame import today
from congress.web.network.municipality import logged_in, page


def own_documents(token: str) -> str:
    """Show what remains of events: results for everybody, and documents for members."""
    contact, now = logged_in(token), clock.now()
    told = [
        each.congress
        for each in archive.everything()
        if each.has_results and each.congress.starts_at <= now
    ]
    latest = sorted(told, key=lambda each: each.starts_at, reverse=True)
    is_member = land_questions.belongs(contact.organisation_id, today())
    for_members = audiences.for_members() if is_member else []
    return page("own_documents.html", contact, token, events=latest, for_members=for_members)


def member_file(token: str, material_id: int) -> Response:
    """Send a file to whoever speaks for a member today; to anybody else it is not there."""
    contact = logged_in(token)
    if not land_questions.belongs(contact.organisation_id, today()):
        abort(404)
    response = attachment(*(audiences.file(MaterialAudience.MEMBERS, material_id) or abort(404)))
    response.headers["Cache-Control"] = "private, no-store"
    return response
