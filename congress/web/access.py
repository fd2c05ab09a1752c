"""Holding every request to who may open which page (SEC-01, 02).

That stands with the addresses (`congress.web.addresses`); an endpoint without an entry is opened
by nobody. Load, check access, act: when a view begins, the account is known, its right is checked
and the congress is loaded.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import cast
from urllib.parse import urlencode

import structlog
from flask import Flask, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.access import Actor, ActorKind, Right
from congress.domain.logins.accounts import Account
from congress.domain.logins.second_factors import is_demanded
from congress.domain.network.access import NetworkRight
from congress.queries import workspaces
from congress.queries.workspaces import Workspace
from congress.web import sessions


class Who(StrEnum):
    """Who opens an endpoint that belongs to no congress's workspace."""

    PUBLIC = "public"
    TOKEN = "token"  # whoever holds the secret link in the address  # noqa: S105
    LOGIN = "login"
    ORGANISER = "organiser"  # of any congress: whoever may make a new one
    ADMINISTRATOR = "administrator"
    NOBODY = "nobody"


SET_UP = "/organiser/account/two-steps"

log = structlog.get_logger("congress.access")


Matrix = Mapping[str, Who | Right | NetworkRight]  # by endpoint


def guard(app: Flask, matrix: Matrix) -> None:
    """Check every request against the matrix."""
    app.before_request(partial(_check, matrix))


def _check(matrix: Matrix) -> ResponseReturnValue | None:
    who = matrix.get(request.endpoint or "", Who.NOBODY)
    if request.endpoint is None or who in {Who.PUBLIC, Who.TOKEN}:
        return None
    if who is Who.NOBODY:
        abort(404)
    account = sessions.current(now=clock.now())
    if account is None:
        return redirect(f"/login?{urlencode({'next': _here()})}", code=303)
    if needs_second_step(account) and not request.path.startswith(SET_UP):
        return redirect(SET_UP, code=303)
    if isinstance(who, NetworkRight):
        if not account.may_in_network(who):
            _refuse(account, who)
    elif isinstance(who, Right):
        g.workspace = _load_workspace(account)
        if not account.may(who, g.workspace.id):
            _refuse(account, who)
    elif not _is_among(account, who):
        _refuse(account, who)
    return None


def needs_second_step(account: Account) -> bool:
    """Return whether somebody has to set up a second step before anything else."""
    demand = extensions.settings().require_two_factor
    demanded = is_demanded(demand, is_administrator=account.is_administrator)
    return demanded and not account.has_second_step


def _is_among(account: Account, who: Who) -> bool:
    if who is Who.ORGANISER:
        return account.may_set_up
    return account.is_administrator or who is not Who.ADMINISTRATOR


def _load_workspace(account: Account) -> Workspace:
    """A congress that is not one's own is as unknown as one that does not exist."""
    # Taken out of the arguments: views ask for `workspace()`, not for its name.
    found = workspaces.find_workspace((request.view_args or {}).pop("slug"))
    if found is None or not account.belongs_to(found.id):
        abort(404)
    return found


def _refuse(account: Account, who: Who | Right | NetworkRight) -> None:
    log.warning("access_refused", account=account.id, endpoint=request.endpoint, needs=str(who))
    abort(403)


def _here() -> str:
    """Where to return after the login; a POST cannot be repeated, so its page's parent is taken."""
    if request.method == "GET":
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


def may_in_network(right: NetworkRight) -> bool:
    """Return whether the account has a right in the network."""
    return account().may_in_network(right)
