"""The first page of a contact person, and how names come in sight: a code by mail."""

from flask import redirect, request, session
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.network.contacts import Contact
from congress.queries import congresses
from congress.services.network import contact_logins
from congress.web import languages, refusals
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.network.frame import today
from congress.web.network.municipality import ASKED, SECRET, is_in, known, page

REFUSED, TOO_MANY = 422, 429
MOST_EVENTS = 5


def municipality(token: str) -> str:
    """Show the organisation and what is public, and to whoever has logged in the sections."""
    contact, now = known(token), clock.now()
    coming = [
        each
        for each in congresses.public_congresses()
        if each.state is CongressState.PUBLISHED and not each.is_over(now)
    ]
    return page(
        "own_view.html",
        contact,
        token,
        is_in=is_in(contact),
        coming=sorted(coming, key=lambda each: each.days[0].starts_at)[:MOST_EVENTS],
    )


def municipality_login(token: str) -> ResponseReturnValue:
    """Show the button that sends a code, and the field for it; log in whoever has it."""
    contact = known(token)
    code = Entry("code", _("Code from the email"), required=True)
    if request.method == "GET":
        return _back(token) if is_in(contact) else _ask(contact, token, code)
    if request.form.get("step") == "send":
        return _send(contact, token, code)
    typed = "".join(request.form.get("code", "").split())
    secret = contact_logins.enter(session.get(ASKED, 0), contact.id, typed, now=clock.now())
    if secret is None:
        code.errors.append(_("This code is not correct or no longer valid."))
        return _ask(contact, token, code), REFUSED
    session.pop(ASKED, None)
    session[SECRET] = secret
    return _back(token)


def municipality_logout(token: str) -> ResponseReturnValue:
    """End the login, for every copy of its cookie."""
    known(token)
    if secret := session.pop(SECRET, ""):
        contact_logins.end(secret)
    return _back(token)


def _send(contact: Contact, token: str, code: Entry) -> ResponseReturnValue:
    try:
        session[ASKED] = contact_logins.ask(contact.id, today=today(), now=clock.now())
    except Refused as refusal:
        return _ask(contact, token, code, refusal), TOO_MANY
    return redirect(languages.link(f"/municipality/{token}/login"), code=303)


def _back(token: str) -> ResponseReturnValue:
    return redirect(languages.link(f"/municipality/{token}"), code=303)


def _ask(contact: Contact, token: str, code: Entry, refusal: Refused | None = None) -> str:
    return page(
        "own_login.html",
        contact,
        token,
        was_sent=ASKED in session,
        code=code,
        errors=told(code),
        refused=refusals.text(refusal) if refusal else "",
    )
