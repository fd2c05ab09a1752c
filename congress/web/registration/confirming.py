"""Confirming a registration from its mailbox: a page with a button, as opening a link is no answer.

Programs that look into mails open links (SEC-12); only the button confirms.
"""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import confirming
from congress.domain.confirming import ConfirmationOver
from congress.domain.congresses import CongressState
from congress.queries import confirmations, congresses
from congress.queries.registrations import standings
from congress.services import confirming as service
from congress.web import languages
from congress.web.registration.occasion import OPEN, door, occasion


def confirm_registration(token: str) -> ResponseReturnValue:
    """Ask once more whether a registration is meant, and confirm it."""
    now = clock.now()
    found = confirmations.find(token) or abort(404)
    congress = congresses.with_content(congresses.find_public(found.slug) or abort(404))
    [standing] = standings([found.registration_id])
    try:
        if request.method == "POST":
            own = service.confirm(token, now=now) or abort(404)
            return redirect(languages.link(url_for(".own_page", token=own)), code=303)
        confirming.require_open(standing, congress, now)
    except ConfirmationOver:
        [standing] = standings([found.registration_id])
        is_off = congress.state is CongressState.CANCELLED and confirming.waits(standing, now)
        page = render_template(
            "registration/confirmation_over.html",
            congress=congress,
            occasion=occasion(congress),
            may_register=door(congress, now) in OPEN,
            waits_until=standing.unconfirmed_until if is_off else None,
        )
        return page, 409 if request.method == "POST" else 200
    return render_template(
        "registration/confirm_registration.html",
        congress=congress,
        occasion=occasion(congress),
        standing=standing,
        token=token,
    )
