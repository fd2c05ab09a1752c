"""Photos of people in a programme, as organisers send, publish and remove them."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Contributor
from congress.queries.planning import contributors as queries
from congress.queries.planning import portraits, profiles
from congress.services.planning import picturing
from congress.web import access, refusals
from congress.web.contribution.photo_form import PhotoForm, photo_form, private
from congress.web.languages import gettext as _
from congress.web.organiser import frame

REFUSED = 422
LONGEST_DIGEST = 64


def send_photo(person_id: int) -> ResponseReturnValue:
    """Show the form for a photo of somebody, or show the one that was sent."""
    found, form = _get(person_id), photo_form()
    if request.method == "GET":
        return _show(found, form)
    sent = form.read(request.form, request.files.get("file"))
    if sent is None:
        return _show(found, form), REFUSED
    picturing.show(access.workspace().id, person_id, *sent, actor=access.actor(), now=clock.now())
    return frame.done(_shown(found), f"/people/{person_id}")


def publish_photo(person_id: int) -> ResponseReturnValue:
    """Show the photo that somebody has sent."""
    found = _get(person_id)
    seen = request.form.get("seen", "")[:LONGEST_DIGEST]
    try:
        picturing.publish(
            access.workspace().id, person_id, seen=seen, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return frame.done(refusals.text(refusal), f"/people/{person_id}")
    return frame.done(_shown(found), f"/people/{person_id}")


def photo(person_id: int, digest: str) -> Response:
    """Send a photo to organisers, published or not."""
    found = portraits.own_content(access.workspace().id, person_id, digest)
    return private(*(found or abort(404)))


def _get(person_id: int) -> Contributor:
    return queries.find(access.workspace().id, person_id) or abort(404)


def _shown(found: Contributor) -> str:
    """Return what has become of a photo: who is not named in public is not shown either."""
    if found.person_id in profiles.named(access.workspace().id):
        return _("The photo of %(person)s is published.", person=found.name)
    return _(
        "The photo of %(person)s is accepted. It can be seen once the person has agreed to take "
        "part and the programme is published.",
        person=found.name,
    )


def _show(found: Contributor, form: PhotoForm) -> str:
    return frame.page(
        "send_photo.html", current="programme", person=found, form=form, errors=form.errors
    )
