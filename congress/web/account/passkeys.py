"""Passkeys: the browser is asked for one by `passkeys.js`, and sends what it says as a form."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import structlog
from flask import Response as FlaskResponse
from flask import abort, redirect, request, session
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.logins.passkeys import CHALLENGE_LENGTH, LONGEST_NAME, PasskeyRefused
from congress.queries import accounts as queries
from congress.services.logins import attempting, passkeys
from congress.web import access, languages, sessions
from congress.web.account import two_steps
from congress.web.account.login import enter, own_path, require_attempts_left
from congress.web.entries import Entry, read_line
from congress.web.languages import gettext as _

CHALLENGE = "challenge"

log = structlog.get_logger("congress.access")


def passkey_options() -> ResponseReturnValue:
    """Ask a browser for a passkey to log in with."""
    return _options(passkeys.options_to_log_in)


def log_in_with_passkey() -> ResponseReturnValue:
    """Log in whoever has a passkey: it is two steps in one."""
    now, target = clock.now(), own_path(request.form.get("next", ""))
    from_here = attempting.key("login-from", request.remote_addr or "")
    require_attempts_left(from_here, now=now)
    try:
        account = passkeys.accept(request.form.get("answer", ""), _asked(now=now), now=now)
    except PasskeyRefused:
        account = None
    credentials = queries.find_credentials_of(account) if account else None
    if credentials is None or not credentials.is_active:
        attempting.note(from_here, now=now)
        log.warning("login_failed", account=account)
        return redirect(languages.link("/login?passkey=no"), code=303)
    return enter(credentials, target, now=now)


def new_passkey_options() -> ResponseReturnValue:
    """Ask a browser to make a passkey."""
    now = clock.now()
    if not sessions.is_proven(now=now):
        return two_steps.back()
    return _options(partial(passkeys.options_to_add, access.account().id))


def add_passkey() -> ResponseReturnValue:
    """Keep a passkey that the browser has made."""
    now = clock.now()
    if not sessions.is_proven(now=now):
        return two_steps.back()
    name = Entry("name", _("Name of the passkey"))
    called = read_line(name, request.form.get("name", ""), most=LONGEST_NAME)[:LONGEST_NAME]
    answer = request.form.get("answer", "")
    try:
        asked = _asked(now=now)
        codes = passkeys.add(access.account().id, called or _("Passkey"), answer, asked, now=now)
    except PasskeyRefused:
        return two_steps.back(_("The passkey was not added. Please try once more."), failed=True)
    done = _("The passkey has been added. You can log in with it from now on.")
    return two_steps.show_codes(codes, done) if codes else two_steps.back(done)


def _options(make: Callable[[str], str]) -> FlaskResponse:
    challenge = passkeys.new_challenge()
    try:
        options = make(challenge)
    except PasskeyRefused:  # there are none at this address, and no page asks
        abort(404)
    session[CHALLENGE] = [challenge, int(clock.now().timestamp())]
    return FlaskResponse(options, mimetype="application/json")


def _asked(*, now: datetime) -> str:
    """Return what this browser was asked a moment ago, once, also in a copy of its cookie."""
    challenge, at = session.pop(CHALLENGE, ("", 0))
    used = attempting.key("challenge", challenge)
    is_over = now - datetime.fromtimestamp(at, UTC) >= CHALLENGE_LENGTH
    if is_over or attempting.count(used, within=CHALLENGE_LENGTH, now=now):
        raise PasskeyRefused
    attempting.note(used, now=now)
    return str(challenge)
