"""The photo that somebody in a programme sends of themselves."""

from flask import Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import CONTRIBUTOR
from congress.domain.errors import Refused
from congress.queries.planning import contributors, portraits
from congress.services.planning import picturing
from congress.web import languages
from congress.web.contribution.photo_form import photo_form, private
from congress.web.contribution.profile import can_edit, show

REFUSED, LATE = 422, 409


def send_photo(token: str) -> ResponseReturnValue:
    """Show the form for a photo, or keep the one that was sent."""
    opened = contributors.find_by_token(token) or abort(404)
    if not can_edit(opened):
        return _back(token)
    form = photo_form()
    if request.method == "GET":
        return show("photo.html", opened, token, form)
    sent = form.read(request.form, request.files.get("file"))
    if sent is None:
        return show("photo.html", opened, token, form), REFUSED
    try:
        picturing.suggest(opened.contributor_id, *sent, now=clock.now())
    except Refused as refusal:
        return show("photo.html", opened, token, form, refusal), LATE
    return _back(token)


def remove_photo(token: str) -> ResponseReturnValue:
    """Delete every photo of somebody who wants it."""
    opened = contributors.find_by_token(token) or abort(404)
    picturing.remove(
        opened.congress_id, opened.person.person_id, actor=CONTRIBUTOR, now=clock.now()
    )
    return _back(token)


def photo(token: str, digest: str) -> Response:
    """Send a photo to its person, published or not."""
    opened = contributors.find_by_token(token) or abort(404)
    found = portraits.own_content(opened.congress_id, opened.person.person_id, digest)
    return private(*(found or abort(404)))


def _back(token: str) -> ResponseReturnValue:
    return redirect(languages.link(f"/contribution/{token}#profile"), code=303)
