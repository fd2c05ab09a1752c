"""Documents of an event for those who took part, behind the link of a registration."""

from flask import Response, abort

from congress.domain.planning.materials import MaterialAudience
from congress.queries.planning import audiences
from congress.queries.registrations import Opened
from congress.web.handed_out import attachment
from congress.web.registration.opened import opened


def of_own_page(own: Opened) -> dict[str, object]:
    """Return what is there for whoever has a place or came; nothing for anybody else."""
    has_any = own.registration.has_documents
    return {"for_participants": audiences.for_participant(own.registration.id) if has_any else []}


def participant_file(token: str, material_id: int) -> Response:
    """Send a file to whoever took part; to anybody else it is not there."""
    own = opened(token)
    if material_id not in {each.id for each in audiences.for_participant(own.registration.id)}:
        abort(404)
    found = audiences.file(MaterialAudience.PARTICIPANTS, material_id) or abort(404)
    response = attachment(*found)
    response.headers["Cache-Control"] = "private, no-store"
    return response
