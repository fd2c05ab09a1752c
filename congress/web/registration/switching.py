"""Taking part in the other way, by one's own page."""

from functools import partial

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import ATTENDEE
from congress.domain.modes import Mode
from congress.services import switching
from congress.web.registration import notices, own_page
from congress.web.registration.opened import opened


def switch_mode(token: str) -> ResponseReturnValue:
    """Take part in the other way, where a place is free or one waits in any case."""
    own, now = opened(token), clock.now()
    wanted = request.form.get("mode", "")
    if wanted not in set(Mode):
        abort(400)
    number, mode = own.registration.id, Mode(wanted)
    switch = partial(switching.take_part, number, mode, actor=ATTENDEE, now=now)
    return own_page.act(own, switch, notices.done(notices.MODE), now=now)
