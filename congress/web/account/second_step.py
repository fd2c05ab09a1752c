"""The second step of the login: the code of an app, or a recovery code (SEC-22, 23)."""

import structlog
from flask import redirect, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.logins.second_factors import CODE_WINDOW, MOST_WRONG_CODES, is_app_code
from congress.queries.accounts import Credentials
from congress.services.logins import attempting, second_factors
from congress.web import languages, sessions
from congress.web.account.login import code_page, enter, entry_of_code, require_attempts_left
from congress.web.languages import gettext as _

TOO_MANY = 429

log = structlog.get_logger("congress.access")


def second_step() -> ResponseReturnValue:
    """Ask for the code, and log in whoever has it."""
    found = sessions.pending(now=clock.now())
    if found is None:
        return redirect(languages.link("/login"), code=303)
    credentials, target = found
    code = entry_of_code(credentials)
    if request.method == "POST":
        typed = request.form.get("code", "").strip()
        if not typed:
            code.errors.append(_("Please enter the code."))
        elif seconds := _seconds_to_wait(credentials, typed):
            code.errors.append(
                _("Too many wrong codes. Use a recovery code, or try again in an hour.")
            )
            page, _status = code_page(credentials, target, code)
            return page, TOO_MANY, {"Retry-After": str(seconds)}
        elif _is_right(credentials, typed):
            return enter(credentials, target, now=clock.now())
        else:
            code.errors.append(
                _("This code is not correct or has been used already. Please enter the next one.")
            )
    return code_page(credentials, target, code)


def _seconds_to_wait(credentials: Credentials, typed: str) -> int:
    """Guessing codes of an app is slow by account; recovery codes cannot be guessed."""
    if not is_app_code(typed):
        return 0
    key = attempting.key("code-of", str(credentials.user_id))
    return attempting.seconds_until_free(key, MOST_WRONG_CODES, within=CODE_WINDOW, now=clock.now())


def _is_right(credentials: Credentials, typed: str) -> bool:
    now, account = clock.now(), credentials.user_id
    from_here = attempting.key("login-from", request.remote_addr or "")
    require_attempts_left(from_here, now=now)
    accept = (
        second_factors.accept_code if is_app_code(typed) else second_factors.accept_recovery_code
    )
    if accept(account, typed, now=now):
        return True
    tries = [from_here]
    if is_app_code(typed):
        tries.append(attempting.key("code-of", str(account)))
    attempting.note(*tries, now=now)
    log.warning("login_failed", account=account)
    return False
