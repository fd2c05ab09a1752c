"""What was typed while a login ended: packed, signed, carried along by the pages of the login.

Afterwards it is shown with a button that sends it where it was meant to go, to whoever typed it
and to nobody else who logs in there. Nothing is sent unasked, and nothing is kept here.
"""

from typing import Any

from flask import current_app, render_template, request
from itsdangerous import BadData, URLSafeTimedSerializer

from congress.domain.logins.accounts import SESSION_LENGTH
from congress.web import sessions

FIELD = "kept"
LARGEST = 200_000  # characters typed; a form may hold half a million
A_LINE = 60  # characters: what is longer is shown


def packed(address: str) -> str:
    """Return the form of this request, to be sent to an address later; empty if it is too large."""
    kept = _kept(address)
    return str(_signer().dumps(kept)) if kept else ""


def page_instead(address: str, account: int) -> str | None:
    """Return the page that sends the form of this request with a new token.

    None if it is too large, or was typed with the login of another account.
    """
    kept = _kept(address)
    return _page(kept) if kept and kept["account"] == account else None


def _kept(address: str) -> dict[str, Any] | None:
    fields = [each for each in request.form.items(multi=True) if _may_travel(*each)]
    account = sessions.typed_by(request.form.get(sessions.TOKEN, ""))
    is_large = sum(len(name) + len(value) for name, value in fields) > LARGEST
    if account is None or not fields or is_large:
        return None
    has_file = any(each.filename for each in request.files.values())
    return {"account": account, "address": address, "fields": fields, "has_file": has_file}


def page_after_login(account: int) -> str | None:
    """Return the page that shows what was typed, and sends it.

    None where nothing came along, or what somebody else had typed at this browser.
    """
    longest = int(SESSION_LENGTH.total_seconds())
    try:
        kept = _signer().loads(request.form.get(FIELD, ""), max_age=longest)
    except BadData:
        return None
    return _page(kept) if kept.get("account") == account else None


def _page(kept: dict[str, Any]) -> str:
    texts = [value for _name, value in kept["fields"] if len(value) > A_LINE]
    return render_template("account/not_saved.html", texts=texts, **kept)


def _may_travel(name: str, value: str) -> bool:
    return bool(name and value) and name != sessions.TOKEN and "password" not in name


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="kept-form")
