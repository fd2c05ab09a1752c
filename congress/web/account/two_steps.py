"""Logging in in two steps: setting up the app, recovery codes (SEC-22, 23).

Whoever finds an open browser must not change how its owner logs in: the password has to have been
typed a moment ago.
"""

from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock, extensions
from congress.domain.logins.accounts import WrongPassword
from congress.domain.logins.second_factors import (
    SetUpOver,
    WrongCode,
    app_address,
    in_groups,
    in_letters,
)
from congress.formats import codes as pictures
from congress.queries import accounts as queries
from congress.services.logins import accounts, attempting, second_factors
from congress.web import access, languages, refusals, sessions
from congress.web.account.login import form_page, require_attempts_left
from congress.web.entries import Entry
from congress.web.languages import gettext as _
from congress.web.organiser import frame

PAGE = access.SET_UP
FAILED = "failed"
SHOWN_SECRET = "app"  # noqa: S105 - the name of an entry: sealed, until a code confirms it


def two_steps() -> ResponseReturnValue:
    """Show with what one logs in; ask for the password before anything of it can be changed."""
    now, account = clock.now(), access.account()
    password = Entry("password", _("Your password"), required=True)
    if request.method == "POST":
        tries = attempting.key("password-of", str(account.id))
        require_attempts_left(tries, now=now)
        try:
            accounts.require_own_password(account.id, request.form.get("password", ""))
        except WrongPassword as refusal:
            attempting.note(tries, now=now)
            password.errors.append(refusals.text(refusal))
        else:
            sessions.prove(now=now)
            return back()
    return form_page(
        "account/two_steps.html",
        password,
        is_proven=sessions.is_proven(now=now),
        factors=queries.find_second_factors(account.id),
        is_first=access.needs_second_step(account),
        host=_host(),
        day=lambda moment: languages.dates(ZoneInfo(extensions.settings().timezone)).date(moment),
        notice=frame.take_notice(),
        is_failure=session.pop(FAILED, False),
    )


def add_app() -> ResponseReturnValue:
    """Show an app its secret; it counts when one of its codes has been typed."""
    now, account = clock.now(), access.account()
    if not sessions.is_proven(now=now):
        return back()
    code = Entry("code", _("Code from the app"), required=True)
    if request.method == "POST":
        tries = attempting.key("password-of", str(account.id))
        require_attempts_left(tries, now=now)
        try:
            codes = second_factors.add_app(
                account.id, session.get(SHOWN_SECRET, ""), request.form.get("code", ""), now=now
            )
        except SetUpOver:
            session.pop(SHOWN_SECRET, None)
            return redirect(languages.link(f"{PAGE}/app"), code=303)
        except WrongCode as refusal:
            attempting.note(tries, now=now)
            code.errors.append(refusals.text(refusal))
        else:
            session.pop(SHOWN_SECRET, None)
            done = _("From now on, logging in also asks for a code from your app.")
            return show_codes(codes, done) if codes else back(done)
    return _show_app(code)


def renew_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them, once."""
    now = clock.now()
    if not sessions.is_proven(now=now):
        return back()
    codes = second_factors.renew_codes(access.account().id, now=now)
    done = _("These are your new recovery codes. The old ones no longer work.")
    return show_codes(codes, done) if codes else back()


def _show_app(code: Entry) -> ResponseReturnValue:
    sealed = session.setdefault(SHOWN_SECRET, second_factors.new_secret())
    try:
        secret = second_factors.unsealed(sealed)
    except SetUpOver:  # SECRET_KEY was changed meanwhile
        session[SHOWN_SECRET] = second_factors.new_secret()
        secret = second_factors.unsealed(session[SHOWN_SECRET])
    address = app_address(secret, issuer=_host(), account=access.account().email)
    return form_page(
        "account/add_app.html",
        code,
        picture=pictures.svg(address),
        address=address,
        secret=in_groups(in_letters(secret)),
    )


def show_codes(codes: list[str], done: str) -> str:
    """Show recovery codes, once."""
    return render_template("account/recovery_codes.html", codes=codes, done=done)


def back(sentence: str = "", *, failed: bool = False) -> Response:
    """Go back to the page with what one logs in with."""
    if sentence:
        frame.notify(sentence)
        session[FAILED] = failed
    return redirect(languages.link(PAGE), code=303)


def _host() -> str:
    return extensions.settings().base_url.partition("://")[2]
