"""Who has which role in the network, for administrators: given, changed and taken."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.errors import Refused
from congress.domain.network.access import NetworkRole
from congress.formats.role_words import network_role_words
from congress.queries.network import team as queries
from congress.queries.network.team import Colleague
from congress.services.network import granting
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_address, told
from congress.web.languages import gettext as _
from congress.web.network.frame import dates, done, page
from congress.web.organiser.filters import member
from congress.web.organiser.team import is_too_often, too_often

REFUSED, TOO_MANY = 422, 429
TEAM, NOTHING = "/team", "none"


def network_team() -> ResponseReturnValue:
    """Show who has which role, and give somebody one."""
    email = Entry("email", _("Email address"), required=True)
    role = Entry("role", _("Role"), required=True)
    if request.method == "GET":
        return _show(email, role)
    missing = _("Please enter the email address of the person you want to invite.")
    is_demo = extensions.settings().is_demo
    address = read_address(email, request.form.get("email", ""), is_demo=is_demo, missing=missing)
    chosen = member(NetworkRole, request.form.get("role", ""))
    role.value = str(chosen or "")
    if chosen is None:
        role.errors.append(_("Please choose one of these."))
    if chosen is None or email.errors:
        return _show(email, role), REFUSED
    if is_too_often(address):
        email.errors.append(too_often())
        return _show(email, role), TOO_MANY
    try:
        granting.give(address, chosen, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        email.errors.append(refusals.text(refusal))
        return _show(email, role), REFUSED
    return done(_("The invitation to %(address)s is on its way.", address=address), TEAM)


def change_network_role(account_id: int) -> ResponseReturnValue:
    """Give somebody another role in the network, or take it."""
    found = _get(account_id)
    role = Entry("role", _("Role"), str(found.role or ""), required=True)
    if request.method == "GET":
        return _ask(found, role)
    typed = request.form.get("role", "")
    chosen = member(NetworkRole, typed)
    role.value = str(chosen or (NOTHING if typed == NOTHING else ""))
    if not role.value:
        role.errors.append(_("Please choose one of these."))
        return _ask(found, role), REFUSED
    granting.change(found.id, chosen, actor=access.actor(), now=clock.now())
    if chosen is None:
        return done(_("%(person)s no longer has a role in the network.", person=found.called), TEAM)
    words = network_role_words(languages.current())[chosen].name
    sentence = _("%(person)s now has the role: %(roles)s.", person=found.called, roles=words)
    return done(sentence, TEAM)


def invite_again_to_network(account_id: int) -> ResponseReturnValue:
    """Send an invitation once more."""
    found = _get(account_id)
    if is_too_often(found.email):
        email, role = Entry("email", _("Email address")), Entry("role", _("Role"))
        email.errors.append(too_often())
        return _show(email, role), TOO_MANY
    granting.invite_again(found.id, actor=access.actor(), now=clock.now())
    return done(_("The invitation to %(address)s is on its way.", address=found.email), TEAM)


def _get(account_id: int) -> Colleague:
    return queries.find_colleague(account_id) or abort(404)


def _choices() -> list[tuple[str, str]]:
    words = network_role_words(languages.current())
    return [(str(role), f"{words[role].name}: {words[role].may}") for role in NetworkRole]


def _show(email: Entry, role: Entry) -> str:
    return page(
        "team.html",
        current="team",
        colleagues=queries.colleagues(),
        words=network_role_words(languages.current()),
        own_id=access.account().id,
        email=email,
        role=role,
        choices=_choices(),
        errors=[*told(email), *told(role)],
        moment=dates().moment,
    )


def _ask(found: Colleague, role: Entry) -> str:
    return page(
        "change_role.html",
        current="team",
        colleague=found,
        role=role,
        choices=[*_choices(), (NOTHING, _("No role in the network any more"))],
        errors=told(role),
    )
