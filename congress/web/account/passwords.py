"""Choosing a password by a mailed link: invitation and reset (SEC-22, 24)."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.errors import Refused
from congress.domain.logins.accounts import AccountLinkPurpose, LinkExpired
from congress.queries import accounts as queries
from congress.queries.accounts import LinkState
from congress.services.logins import accounts, attempting
from congress.web import refusals
from congress.web.account.login import form_page, require_attempts_left
from congress.web.entries import Entry, read_address
from congress.web.languages import gettext


def ask_for_link() -> ResponseReturnValue:
    """Mail a link to choose a new password; the answer is the same for every address."""
    email = Entry("email", gettext("Email address"), required=True)
    if request.method == "POST":
        now = clock.now()
        from_here = attempting.key("reset-from", request.remote_addr or "")
        require_attempts_left(from_here, now=now)
        typed = request.form.get("email", "")
        address = read_address(email, typed, is_demo=extensions.settings().is_demo)
        if not email.errors:
            attempting.note(from_here, now=now)
            accounts.request_reset(address, now=now)
            return redirect("/reset/sent", code=303)
    return form_page("account/reset.html", email)


def link_is_on_its_way() -> str:
    """Say that a mail comes if the address has an account."""
    return render_template("account/reset_sent.html")


def reset_password(token: str) -> ResponseReturnValue:
    """Choose a new password."""
    return _choose(token, AccountLinkPurpose.RESET)


def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose the first password."""
    return _choose(token, AccountLinkPurpose.INVITATION)


def _choose(token: str, purpose: AccountLinkPurpose) -> ResponseReturnValue:
    now = clock.now()
    link = queries.find_link(token, now=now)
    if link is LinkState.UNKNOWN:
        abort(404)
    if link is LinkState.OVER:
        return render_template("account/link_over.html", purpose=purpose), 410
    password = Entry("password", gettext("New password"), required=True)
    if request.method == "POST":
        try:
            accounts.choose_password(token, request.form.get("password", ""), now=now)
        except LinkExpired:
            return render_template("account/link_over.html", purpose=purpose), 410
        except Refused as refusal:
            password.errors.append(refusals.text(refusal))
        else:
            return redirect("/login?chosen=1", code=303)
    return form_page("account/choose_password.html", password, purpose=purpose)
