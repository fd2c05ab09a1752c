"""Forms of whoever was logged out while typing are answered with the login, and kept.

What another site sends is refused as ever (SEC-14): browsers say where a form comes from.
"""

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from congress import clock, extensions
from congress.web import kept_forms, sessions
from congress.web.access import Matrix, Who
from congress.web.account.login import HOME, entries, login_page, own_path

LOST = 403
OWN_PAGES = "account."  # there passwords and codes are typed


def keep_what_is_typed(app: Flask, matrix: Matrix) -> None:
    """Look before the token is checked: it went with the session."""

    def keep() -> ResponseReturnValue | None:
        endpoint = request.endpoint or ""
        who = matrix.get(endpoint, Who.NOBODY)
        if request.method != "POST" or who in {Who.PUBLIC, Who.TOKEN, Who.NOBODY}:
            return None
        if endpoint.startswith(OWN_PAGES) or not _is_our_form():
            return None
        address = request.full_path.rstrip("?")
        is_known = own_path(address) == address
        if account := sessions.current(now=clock.now()):
            if not is_known or _has_token():
                return None
            page = kept_forms.page_instead(
                address, account.id
            )  # logged in again, in another window
            return (page, LOST) if page else None
        kept = kept_forms.packed(address) if is_known else ""
        page, _status = login_page(*entries(), target=HOME, kept=kept, has_ended=True)
        return page, LOST

    app.before_request(keep)


def _has_token() -> bool:
    try:
        validate_csrf(request.form.get(sessions.TOKEN))
    except ValidationError:
        return False
    return True


def _is_our_form() -> bool:
    """Return whether the browser says that one of our pages sent this, and not a script."""
    said = request.headers
    if said.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    if "Sec-Fetch-Site" in said:
        return said["Sec-Fetch-Site"] == "same-origin"
    return said.get("Origin") == extensions.settings().base_url
