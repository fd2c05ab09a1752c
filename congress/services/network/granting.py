"""Roles in the network: given to an account, old or new, changed and taken.

Nobody has to be left with one: administrators may do everything there.
"""

from datetime import datetime
from typing import Any

from congress.domain.access import Actor
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import RoleFacts
from congress.domain.network.access import HasNetworkRole, NetworkRole
from congress.extensions import db
from congress.models import User
from congress.services import auditing
from congress.services.logins import accounts, team
from congress.transaction import transaction


def give(email: str, role: NetworkRole, *, actor: Actor, now: datetime) -> None:
    """Give an address a role in the network, and mail how to get there. Raises HasNetworkRole."""
    with transaction():
        user = accounts.find(email) or accounts.new(email, now=now)
        if user.network_role is not None or (user.administrator and user.active):
            raise HasNetworkRole
        user.network_role = role
        db.session.flush()
        _mail(user, now=now)
        _record("network_role_given", user, None, actor=actor, now=now)


def invite_again(account_id: int, *, actor: Actor, now: datetime) -> None:
    """Mail somebody with a role in the network once more how to get there."""
    with transaction():
        user = _hold(account_id)
        if user.network_role is None:
            return  # taken meanwhile
        _mail(user, now=now)
        _record("network_invited_again", user, user.network_role, actor=actor, now=now)


def change(account_id: int, role: NetworkRole | None, *, actor: Actor, now: datetime) -> None:
    """Give an account another role in the network, or none; it counts from the next click on."""
    with transaction():
        user = _hold(account_id)
        before = user.network_role
        if before is None or before == role:
            return
        user.network_role = role
        db.session.flush()
        team.end_invitation(user, now=now)
        verb = "network_role_changed" if role else "network_role_taken"
        _record(verb, user, before, actor=actor, now=now)


def _hold(account_id: int) -> User:
    return db.session.get_one(User, account_id, with_for_update=True, populate_existing=True)


def _mail(user: User, *, now: datetime) -> None:
    if user.password is None:
        accounts.mail_invitation(user, [], now=now)
        return
    stated: RoleFacts = {
        "name": user.name,
        "email": user.email,
        "roles": [],
        "network": accounts.role_in_network(user),
    }
    accounts.store_mail(user, MessageKind.ROLE_GIVEN, stated, now=now)


def _record(verb: str, user: User, before: str | None, *, actor: Actor, now: datetime) -> None:
    details: dict[str, Any] = {"account": user.id, "was": before, "role": user.network_role}
    auditing.record(verb, actor=actor, now=now, details=details)
