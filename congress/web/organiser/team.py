"""The team of a congress: who may do what in it, inviting, changing, ending."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock, extensions
from congress.domain.access import Right, Role, may
from congress.domain.errors import Refused
from congress.domain.logins import team as rules
from congress.domain.network.access import NetworkRight
from congress.domain.people import fold_email
from congress.formats.role_words import role_words
from congress.queries import lent_roles
from congress.queries import team as queries
from congress.queries.team import Member
from congress.services.logins import attempting
from congress.services.logins import team as services
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_address, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame

HOUR = timedelta(hours=1)
MOST_BY_ONE = 30  # invitations that one organiser sends within an hour
MOST_TO_ONE = 5  # and those that one address gets, from whatever congress

REFUSED, TOO_MANY = 422, 429


def team() -> ResponseReturnValue:
    """Show who may do what, and invite somebody."""
    email = Entry("email", _("Email address"), required=True)
    roles = _entry_of_roles()
    if request.method == "GET":
        return _show(email, roles, [])
    missing = _("Please enter the email address of the person you want to invite.")
    is_demo = extensions.settings().is_demo
    address = read_address(email, request.form.get("email", ""), is_demo=is_demo, missing=missing)
    chosen = _read_roles(roles)
    if email.errors or roles.errors:
        return _show(email, roles, chosen), REFUSED
    if is_too_often(address):
        email.errors.append(too_often())
        return _show(email, roles, chosen), TOO_MANY
    try:
        services.invite_colleague(
            access.workspace().id, address, chosen, actor=access.actor(), now=clock.now()
        )
    except (rules.AlreadyInTeam, rules.MayEverythingAlready) as refusal:
        email.errors.append(refusals.text(refusal))
        return _show(email, roles, chosen), REFUSED
    return frame.done(_("The invitation to %(address)s is on its way.", address=address), "/team")


def invite_again(account_id: int) -> ResponseReturnValue:
    """Send an invitation once more."""
    member = _get(account_id)
    if is_too_often(member.email):
        email = Entry("email", _("Email address"), required=True)
        return _show(email, _entry_of_roles(), [], error=too_often()), TOO_MANY
    services.invite_again(access.workspace().id, account_id, actor=access.actor(), now=clock.now())
    done = _("The invitation to %(address)s is on its way.", address=member.email)
    return frame.done(done, "/team")


def change_roles(account_id: int) -> ResponseReturnValue:
    """Give somebody other roles; whoever would shut themselves out is asked again."""
    member = _get(account_id)
    roles = _entry_of_roles()
    if request.method == "GET":
        return _ask_for_roles(member, roles, list(member.own_roles))
    chosen = _read_roles(roles, member.own_roles)
    if roles.errors:
        return _ask_for_roles(member, roles, chosen), REFUSED
    would_lose = not may(frozenset(chosen), Right.GRANT_RIGHTS)
    if _is_oneself(member) and would_lose and request.form.get("sure") != "y":
        return _ask_for_roles(member, roles, chosen, is_unsure=True)
    try:
        services.change_roles(
            access.workspace().id, account_id, chosen, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        roles.errors.append(refusals.text(refusal))
        return _ask_for_roles(member, roles, chosen), REFUSED
    done = _("%(person)s now has the role: %(roles)s.", person=member.called, roles=named(chosen))
    if not _is_oneself(member) or not would_lose:
        return frame.done(done, "/team")
    return _changed_oneself(done, chosen)


def _changed_oneself(done: str, roles: list[Role]) -> Response:
    """Go on where somebody may still be who gave up the team."""
    if may(frozenset(roles), Right.SEE_CONGRESS):
        return frame.done(done)
    frame.notify(done)
    return redirect(languages.link("/organiser/"), code=303)


def remove_member(account_id: int) -> ResponseReturnValue:
    """Ask whether to end somebody's access to the congress, and end it."""
    member = _get(account_id)
    if request.method == "GET":
        return _ask_to_remove(member)
    try:
        services.change_roles(
            access.workspace().id, account_id, (), actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _ask_to_remove(member, error=refusals.text(refusal)), 409
    if _is_oneself(member) and not member.is_administrator:
        frame.notify(_("You no longer have a role in this event."))
        return redirect(languages.link("/organiser/"), code=303)
    done = _("%(person)s no longer has a role in this event.", person=member.called)
    return frame.done(done, "/team")


def named(roles: Sequence[Role] | frozenset[Role]) -> str:
    """Return roles in words, from the one with most rights to the one with least."""
    words = role_words(languages.current())
    return ", ".join(words[role].name for role in Role if role in roles)


def _get(account_id: int) -> Member:
    return queries.find_member(access.workspace().id, account_id, now=clock.now()) or abort(404)


def _is_oneself(member: Member) -> bool:
    return member.id == access.account().id


def _offered() -> list[Role]:
    """Return the roles that whoever looks at the page may give."""
    account = access.account()
    return rules.may_give(account.roles_in(access.workspace().id))


def _entry_of_roles() -> Entry:
    return Entry("roles", _("Role"), required=True)


def _read_roles(entry: Entry, before: Collection[Role] = ()) -> list[Role]:
    """Take over what was ticked; what one may not give is as unknown as what there is not."""
    ticked, offered = request.form.getlist("roles"), _offered()
    wanted = [role for role in offered if role in ticked]
    after = rules.after_change(before, wanted, offered=offered)
    chosen = [role for role in Role if role in after]
    if not chosen:
        entry.errors.append(_("Please choose at least one role."))
    return chosen


def is_too_often(address: str) -> bool:
    """Count an invitation; one too many is not sent."""
    now = clock.now()
    by_one = attempting.key("invited-by", str(access.account().id))
    to_one = attempting.key("invited-to", fold_email(address))
    limits = ((by_one, MOST_BY_ONE), (to_one, MOST_TO_ONE))
    if any(attempting.seconds_until_free(key, most, within=HOUR, now=now) for key, most in limits):
        return True
    attempting.note(by_one, to_one, now=now)
    return False


def too_often() -> str:
    """Return the sentence that refuses one invitation too many."""
    return _("Many invitations have been sent within an hour. Please try again later.")


def _choices() -> list[tuple[Role, str]]:
    words = role_words(languages.current())
    return [(role, f"{words[role].name}: {words[role].may}") for role in _offered()]


def _show(email: Entry, roles: Entry, chosen: list[Role], *, error: str = "") -> str:
    return frame.page(
        "team.html",
        current="team",
        members=queries.members(access.workspace().id, now=clock.now()),
        own_id=access.account().id,
        named=named,
        email=email,
        roles=_filled(roles, chosen),
        errors=[*told(email), *told(roles)],
        error=error,
        circles=lent_roles.circles() if access.may_in_network(NetworkRight.EDIT_REGISTER) else [],
    )


def _ask_for_roles(
    member: Member, roles: Entry, chosen: list[Role], *, is_unsure: bool = False
) -> str:
    return frame.page(
        "change_roles.html",
        current="team",
        member=member,
        is_oneself=_is_oneself(member),
        is_unsure=is_unsure,
        roles=_filled(roles, chosen),
        errors=told(roles),
    )


def _filled(roles: Entry, chosen: list[Role]) -> dict[str, object]:
    """Return the boxes as their macro takes them."""
    return {
        "name": roles.name,
        "choices": _choices(),
        "value": chosen,
        "errors": roles.errors,
    }


def _ask_to_remove(member: Member, *, error: str = "") -> str:
    return frame.page(
        "remove_member.html",
        current="team",
        member=member,
        is_oneself=_is_oneself(member),
        error=error,
    )
