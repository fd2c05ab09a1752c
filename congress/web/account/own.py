"""One's own account: where one is logged in, ending that, another password (SEC-22, 25)."""

from zoneinfo import ZoneInfo

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock, extensions
from congress.domain.errors import Refused
from congress.domain.logins.accounts import WrongPassword
from congress.queries import accounts as queries
from congress.services.logins import accounts, attempting, logging_in
from congress.web import access, languages, refusals, sessions
from congress.web.account.login import require_attempts_left
from congress.web.entries import Entry, read_id
from congress.web.languages import gettext as _
from congress.web.organiser import frame


def own_account() -> str:
    """Show one's own account."""
    return _show(*_entries())


def change_password() -> ResponseReturnValue:
    """Choose another password, which ends every session but begins this one anew."""
    now, account = clock.now(), access.account()
    tries = attempting.key("password-of", str(account.id))
    require_attempts_left(tries, now=now)
    current, new = _entries()
    typed, wanted = (request.form.get(each.name, "") for each in (current, new))
    try:
        accounts.change_password(account.id, typed, wanted, now=now)
    except WrongPassword as refusal:
        attempting.note(tries, now=now)
        current.errors.append(refusals.text(refusal))
    except Refused as refusal:
        new.errors.append(refusals.text(refusal))
    if current.errors or new.errors:
        return _show(current, new), 422
    credentials = queries.find_credentials(account.email)
    if credentials:
        sessions.begin(credentials, now=now)
    return _done(_("Your password has been changed. You are logged out everywhere else."))


def end_session() -> Response:
    """End one of one's own sessions, or all but this one."""
    now, account, own = clock.now(), access.account(), sessions.digest()
    number = read_id(request.form.get("session", ""))
    ended = logging_in.end_others(account.id, but=own, only=number, now=now)
    if not ended:
        return _done(_("This login had already ended."))
    return _done(_("That login has been ended."))


def _entries() -> tuple[Entry, Entry]:
    return (
        Entry("current", _("Current password"), required=True),
        Entry("password", _("New password"), required=True),
    )


def _show(current: Entry, new: Entry) -> str:
    account, dates = access.account(), languages.dates(ZoneInfo(extensions.settings().timezone))
    errors = {entry.name: entry.errors for entry in (current, new) if entry.errors}
    return render_template(
        "account/own.html",
        account=account,
        current=current,
        password=new,
        errors=errors,
        own=sessions.digest(),
        open_sessions=queries.open_sessions(account, now=clock.now()),
        moment=dates.moment,
        notice=frame.take_notice(),
    )


def _done(sentence: str) -> Response:
    frame.notify(sentence)
    return redirect(languages.link("/organiser/account"), code=303)
