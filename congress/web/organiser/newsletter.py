"""Whether a congress offers its newsletter."""

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.services import newsletters
from congress.web import access
from congress.web.entries import TICKED
from congress.web.languages import gettext as _
from congress.web.organiser import frame


def offer_newsletter() -> ResponseReturnValue:
    """Offer it on the public page, or no more."""
    is_offered = request.form.get("offered") == TICKED
    newsletters.offer(
        access.workspace().id, is_offered=is_offered, actor=access.actor(), now=clock.now()
    )
    done = (
        _("The public page offers the newsletter now.")
        if is_offered
        else _("The public page no longer offers the newsletter.")
    )
    return frame.done(done, "/mailings")
