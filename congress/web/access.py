"""Who may open which page: the matrix is data, and one place holds to it (SEC-01, 02).

Every endpoint stands in `MATRIX`; one that does not is opened by nobody. Load, check access, act:
when a view begins, the account is known, its right is checked and the congress is loaded.
"""

from enum import StrEnum
from typing import cast
from urllib.parse import urlencode

import structlog
from flask import Flask, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Actor, ActorKind, Right
from congress.domain.logins.accounts import Account
from congress.queries import workspaces
from congress.queries.workspaces import Workspace
from congress.web import sessions


class Who(StrEnum):
    """Who opens an endpoint that belongs to no congress's workspace."""

    PUBLIC = "public"
    TOKEN = "token"  # whoever holds the secret link in the address  # noqa: S105
    LOGIN = "login"
    ADMINISTRATOR = "administrator"
    NOBODY = "nobody"


OPENED_BY: dict[Who | Right, str] = {
    Who.PUBLIC: """
        public.start public.congress public.item public.accessibility public.privacy public.imprint
        public.logo public.organisations public.favicon public.robots public.alive public.ready
        public.choose calendar.all_congresses calendar.programme demo.mailbox demo.message demo.html
        demo.calendar demo.raw registration.register registration.registered
        registration.resend_link registration.link_sent account.log_in account.log_out
        account.ask_for_link account.link_is_on_its_way
    """,
    Who.TOKEN: """
        calendar.personal calendar.download registration.own_page registration.change_workshops
        registration.leave_workshop registration.withdraw registration.set_consent
        account.accept_invitation account.reset_password
    """,
    Who.LOGIN: "organiser.start",
    Who.ADMINISTRATOR: "organiser.hold_outbox organiser.release_outbox",
    Right.SEE_CONGRESS: "organiser.overview organiser.programme",
    Right.EDIT_PROGRAMME: "organiser.change_state organiser.edit_item organiser.release",
    Right.SEE_ATTENDEES: "organiser.attendees organiser.attendee",
    Right.CHANGE_ATTENDEES: """
        organiser.cancel_attendee organiser.promote_attendee organiser.promote_booking
    """,
    Right.EXPORT_ATTENDEES: "organiser.attendees_file",
    Right.SEE_OUTBOX: """
        organiser.outbox organiser.message organiser.message_html organiser.send_again
    """,
    Right.SEE_LOG: "organiser.log",
}
MATRIX = {each: who for who, endpoints in OPENED_BY.items() for each in endpoints.split()}

log = structlog.get_logger("congress.access")


def guard(app: Flask) -> None:
    """Check every request against the matrix."""
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    who = MATRIX.get(request.endpoint or "", Who.NOBODY)
    if request.endpoint is None or who in {Who.PUBLIC, Who.TOKEN}:
        return None
    if who is Who.NOBODY:
        abort(404)
    account = sessions.current(now=clock.now())
    if account is None:
        return redirect(f"/login?{urlencode({'next': _here()})}", code=303)
    if isinstance(who, Right):
        g.workspace = _load_workspace(account)
        if not account.may(who, g.workspace.id):
            _refuse(account, who)
    elif who is Who.ADMINISTRATOR and not account.is_administrator:
        _refuse(account, who)
    return None


def _load_workspace(account: Account) -> Workspace:
    """A congress that is not one's own is as unknown as one that does not exist."""
    # Taken out of the arguments: views ask for `workspace()`, not for its name.
    found = workspaces.find_workspace((request.view_args or {}).pop("slug"))
    if found is None or not account.may(Right.SEE_CONGRESS, found.id):
        abort(404)
    return found


def _refuse(account: Account, who: Who | Right) -> None:
    log.warning("access_refused", account=account.id, endpoint=request.endpoint, needs=str(who))
    abort(403)


def _here() -> str:
    """Where to return after the login; a POST cannot be repeated, so its page's parent is taken."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path.rstrip("?")
    return "/organiser/"


def account() -> Account:
    """Return who is logged in; only on pages that need a login."""
    return cast("Account", sessions.current(now=clock.now()))


def workspace() -> Workspace:
    """Return the congress of this page, which the account may work on."""
    return cast("Workspace", g.workspace)


def actor() -> Actor:
    """Return who acts, for the log."""
    return Actor(ActorKind.ORGANISER, account().id)


def may(right: Right) -> bool:
    """Return whether the account has a further right in the congress of this page."""
    return account().may(right, workspace().id)
