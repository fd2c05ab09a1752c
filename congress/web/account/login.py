"""Logging in and out (SEC-09, 13, 23, 24)."""

import re
import secrets
import time
from datetime import datetime, timedelta
from functools import cache
from threading import Semaphore

import structlog
from flask import redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_security import hash_password, verify_password
from werkzeug.exceptions import TooManyRequests

from congress import clock
from congress.domain.logins.accounts import LONGEST_PASSWORD, seconds_to_wait
from congress.domain.people import fold_email
from congress.queries import accounts
from congress.queries.accounts import Credentials
from congress.services.logins import attempting
from congress.web import kept_forms, languages, sessions
from congress.web.entries import LONGEST_ADDRESS, Entry, trimmed
from congress.web.languages import gettext
from congress.web.organiser import frame

MOST_FAILURES = 10
WINDOW = timedelta(minutes=5)
ACCOUNT_WINDOW = timedelta(minutes=15)
HOME = "/organiser/"
FAILURES = "failures"  # shown once after the login: the owner's warning

# Waiting costs a thread; whoever attacks an account must not stop the pages of all others.
waiting_room = Semaphore(1)
# What RFC 3986 lets stand in a path and a query: browsers send it as it is, and so do our links.
_OWN_PATH = re.compile(r"/organiser(/[\w./?=&%+~:@!$'()*,;-]*)?", re.ASCII)

log = structlog.get_logger("congress.access")


def log_in() -> ResponseReturnValue:
    """Show the login, or log somebody in."""
    now = clock.now()
    target = own_path(request.values.get("next", ""))
    if request.method == "GET" and sessions.current(now=now):
        return redirect(target, code=303)
    email, password = entries()
    if request.method == "POST":
        email.value = trimmed(request.form.get("email", ""))[:LONGEST_ADDRESS]
        typed = request.form.get("password", "")
        if not email.value:
            email.errors.append(gettext("Please enter your email address."))
        if not typed:
            password.errors.append(gettext("Please enter your password."))
        credentials = _check(email.value, typed, now=now) if email.value and typed else None
        if credentials and credentials.needs_second_step:
            sessions.begin_second_step(credentials, target, now=now)
            if kept_forms.FIELD in request.form:  # it comes along
                return code_page(credentials, target, entry_of_code(credentials))
            return redirect(languages.link("/login/code"), code=303)
        if credentials:
            return enter(credentials, target, now=now)
        if not email.errors and not password.errors:
            email.errors.append(gettext("The email address or password is not correct."))
    return login_page(email, password, target=target, kept=request.form.get(kept_forms.FIELD, ""))


def login_page(
    email: Entry, password: Entry, *, target: str, kept: str, has_ended: bool = False
) -> tuple[str, int]:
    """Render the login; `kept` is what was typed before, packed, if a login `has_ended` over it."""
    return form_page(
        "account/login.html",
        email,
        password,
        next=target,
        kept=kept,
        has_ended=has_ended,
        is_chosen=request.args.get("chosen") == "1",
        is_no_passkey=request.args.get("passkey") == "no",
    )


def code_page(credentials: Credentials, target: str, code: Entry) -> tuple[str, int]:
    """Render the second step."""
    kept = request.form.get(kept_forms.FIELD, "")
    return form_page(
        "account/second_step.html", code, has_app=credentials.has_app, next=target, kept=kept
    )


def entries() -> tuple[Entry, Entry]:
    """Return the fields of the login."""
    return (
        Entry("email", gettext("Email address"), required=True),
        Entry("password", gettext("Password"), required=True),
    )


def entry_of_code(credentials: Credentials) -> Entry:
    """Return the field of the second step."""
    words = (
        gettext("Code from your app, or recovery code")
        if credentials.has_app
        else gettext("Recovery code")
    )
    return Entry("code", words, required=True)


def enter(credentials: Credentials, target: str, *, now: datetime) -> ResponseReturnValue:
    """Let somebody in who has shown everything that their account asks for.

    What they typed themselves before their login ended is shown first.
    """
    log.info("logged_in", account=credentials.user_id)
    sessions.begin(credentials, now=now)
    _warn_of_failures(credentials, now=now)
    page = kept_forms.page_after_login(credentials.user_id)
    if page is None and request.form.get(kept_forms.FIELD):
        frame.notify(
            gettext(
                "What was typed here before was not kept: it is from another account, or too old."
            )
        )
    return page or redirect(target, code=303)


def form_page(template: str, *entries: Entry, **context: object) -> tuple[str, int]:
    """Render a form with its entries under their names; with 422 when one has to be corrected."""
    errors = {entry.name: entry.errors for entry in entries if entry.errors}
    named = {entry.name: entry for entry in entries}
    return render_template(template, errors=errors, **named, **context), 422 if errors else 200


def log_out() -> ResponseReturnValue:
    """End the session; what a device at a door keeps in this browser goes with it."""
    sessions.end(now=clock.now())
    response = redirect("/login", code=303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def own_path(wanted: str) -> str:
    """Return where to go after the login: a page of the workspace and nothing else (SEC-09)."""
    return wanted if _OWN_PATH.fullmatch(wanted) and "//" not in wanted else HOME


def require_attempts_left(key: str, *, now: datetime) -> None:
    """Refuse with 429 who failed or asked too often from one address."""
    seconds = attempting.seconds_until_free(key, MOST_FAILURES, within=WINDOW, now=now)
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def _check(email: str, password: str, *, now: datetime) -> Credentials | None:
    """Return whose login this is; takes as long for an address that nobody has."""
    from_here = attempting.key("login-from", request.remote_addr or "")
    require_attempts_left(from_here, now=now)
    to_account = attempting.key("login-to", fold_email(email))
    was_slow = _slow_down(attempting.count(to_account, within=ACCOUNT_WINDOW, now=now))

    credentials = accounts.find_credentials(email) if "\x00" not in email else None
    hashed = credentials.password if credentials else None
    is_right = verify_password(password[:LONGEST_PASSWORD], hashed or _nobodys_password())
    if credentials and hashed and is_right and credentials.is_active:
        return credentials
    attempting.note(from_here, to_account, now=now)
    log.warning("login_failed", account=credentials.user_id if credentials else None)
    if not was_slow:
        raise TooManyRequests(retry_after=5)
    return None


def _slow_down(failures: int) -> bool:
    """Wait as long as the failures of the account ask for; False when too many wait already.

    Only few may wait, because each holds a thread. Whoever finds no room to wait is still let in
    by the right password: guessing must not lock the owner out (SEC-23).
    """
    seconds = seconds_to_wait(failures)
    if not seconds:
        return True
    if not waiting_room.acquire(blocking=False):
        return False
    try:
        time.sleep(seconds)
    finally:
        waiting_room.release()
    return True


def _warn_of_failures(credentials: Credentials, *, now: datetime) -> None:
    """Whoever types wrong codes knows the password."""
    keys = (("login-to", fold_email(credentials.email)), ("code-of", str(credentials.user_id)))
    of_account = [attempting.key(purpose, subject) for purpose, subject in keys]
    hour = timedelta(hours=1)
    failures = sum(attempting.count(key, within=hour, now=now) for key in of_account)
    if failures:
        session[FAILURES] = failures


@cache
def _nobodys_password() -> str:
    return str(hash_password(secrets.token_hex()))
