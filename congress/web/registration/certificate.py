"""One's own certificate of attendance: issued once it is wanted, and taken as PDF."""

from flask import redirect
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import ATTENDEE
from congress.domain.errors import Refused
from congress.services import certifying, printing_certificates
from congress.web import handed_out, languages
from congress.web.registration import own_page
from congress.web.registration.opened import opened


def issue_own_certificate(token: str) -> ResponseReturnValue:
    """Issue the certificate of somebody who was there, and go on to the file."""
    own, now = opened(token), clock.now()
    try:
        certifying.issue(own.congress.id, own.registration.id, actor=ATTENDEE, now=now)
    except Refused as refusal:
        return own_page.refused(own, refusal, now=now)
    return redirect(languages.link(f"/registration/{token}/certificate.pdf"), code=303)


def own_certificate(token: str) -> ResponseReturnValue:
    """Send what was issued; whoever has none reads on the page of their own how they stand."""
    own = opened(token)
    made = printing_certificates.make_file(
        own.congress.id,
        own.registration.id,
        language=languages.current(),
        actor=ATTENDEE,
        now=clock.now(),
    )
    if made is None:
        return redirect(languages.link(f"/registration/{token}"), code=303)
    return handed_out.made(made)
