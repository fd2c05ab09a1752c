"""Removing the app or a passkey: asked first, with what it means for the login (decision 0050)."""

from collections.abc import Callable
from functools import partial

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.logins.second_factors import StepDemanded, is_demanded
from congress.queries import accounts as queries
from congress.queries.accounts import SecondFactors
from congress.services.logins import passkeys, second_factors
from congress.web import access, refusals, sessions
from congress.web.account import two_steps
from congress.web.languages import gettext as _


def remove_app() -> ResponseReturnValue:
    """Ask whether to take the app away, and do so."""
    return _remove(
        partial(second_factors.remove_app, access.account().id),
        question=_("Remove the app?"),
        act=_("Remove the app"),
        done=_("The app has been removed."),
        is_there=lambda factors: factors.has_app,
    )


def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """Ask whether a passkey should open nothing any more, and let it."""
    known = queries.find_second_factors(access.account().id).passkeys
    name = next((each.name for each in known if each.id == passkey_id), "")
    return _remove(
        partial(passkeys.remove, access.account().id, passkey_id),
        question=_("Remove the passkey “%(name)s”?", name=name),
        act=_("Remove the passkey"),
        done=_("The passkey has been removed."),
        is_there=lambda factors: any(each.id == passkey_id for each in factors.passkeys),
    )


def _remove(
    remove: Callable[..., None],
    *,
    question: str,
    act: str,
    done: str,
    is_there: Callable[[SecondFactors], bool],
) -> ResponseReturnValue:
    now, account = clock.now(), access.account()
    if not sessions.is_proven(now=now):
        return two_steps.back()
    factors = queries.find_second_factors(account.id)
    if request.method == "GET":
        if not is_there(factors):
            abort(404)
        demand = extensions.settings().require_two_factor
        if factors.is_one and is_demanded(demand, is_administrator=account.is_administrator):
            return two_steps.back(refusals.text(StepDemanded()), failed=True)
        return render_template(
            "account/remove_factor.html", question=question, act=act, factors=factors
        )
    try:
        remove(now=now)
    except StepDemanded as refusal:
        return two_steps.back(refusals.text(refusal), failed=True)
    if factors.is_on and not queries.find_second_factors(account.id).is_on:
        off = _("Your password is enough again, and your recovery codes no longer work.")
        return two_steps.back(f"{done} {off}")
    return two_steps.back(done)
