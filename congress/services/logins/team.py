"""The team of a congress: inviting colleagues, changing what they may do, ending it.

The congress is held meanwhile, so that two organisers do not take the role from each other.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from congress.domain.access import Actor, Role
from congress.domain.logins.team import (
    AlreadyInTeam,
    MayEverythingAlready,
    beside_administrator,
    require_organiser_left,
    without_contained,
)
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import RoleFacts
from congress.domain.texts import in_language
from congress.extensions import db
from congress.formats.role_words import role_words
from congress.models import AccountLink, Congress, CongressRole, User
from congress.services import auditing
from congress.services.logins import accounts
from congress.transaction import transaction


def invite_colleague(
    congress_id: int, email: str, roles: Collection[Role], *, actor: Actor, now: datetime
) -> None:
    """Give an address roles in a congress, and mail how to get there.

    Whoever has no password yet is mailed the link to choose one. Raises `AlreadyInTeam`
    and `MayEverythingAlready`.
    """
    with transaction():
        congress = held(congress_id)
        user = accounts.find(email) or accounts.new(email, now=now)
        if _roles_of(user, congress_id):
            raise AlreadyInTeam
        given = without_contained(roles)
        if user.administrator and user.active:  # as the page of the team shows them
            given = beside_administrator(given)
        if not given:
            raise MayEverythingAlready
        for role in _in_order(given):
            accounts.grant(user, congress_id, role, now=now)
        mail(user, congress, now=now)
        record("colleague_invited", user, congress_id, actor=actor, now=now, after=given)


def invite_again(congress_id: int, account_id: int, *, actor: Actor, now: datetime) -> None:
    """Mail somebody in the team once more how to get there; a new link, where one is needed."""
    with transaction():
        congress = held(congress_id)
        user = db.session.get_one(User, account_id)
        if not _roles_of(user, congress_id):
            return  # taken out of the team meanwhile
        mail(user, congress, now=now)
        record("colleague_invited_again", user, congress_id, actor=actor, now=now)


def change_roles(
    congress_id: int, account_id: int, roles: Collection[Role], *, actor: Actor, now: datetime
) -> None:
    """Give somebody in the team these roles instead of theirs; none ends their access.

    It counts from their next request on. Raises `LastOrganiser`.
    """
    with transaction():
        held(congress_id)
        user = db.session.get_one(User, account_id)
        before, after = _roles_of(user, congress_id), without_contained(roles)
        if not before or before == after:
            return
        require_organiser_left(_organisers(congress_id), account_id, after)
        # Since the first of them: who came already does not become somebody who was just invited.
        own = [each for each in user.congress_roles if each.congress_id == congress_id]
        given = [each.given_at for each in own]
        since = None if None in given else min(each for each in given if each)
        user.congress_roles = [
            each
            for each in user.congress_roles
            if each.congress_id != congress_id or each.role in after
        ]
        user.congress_roles.extend(
            CongressRole(
                congress_id=congress_id,
                role=role,
                given_at=since,
                until=own[0].until,  # another role of somebody from a circle ends as the one before
                project_part_id=own[0].project_part_id,
            )
            for role in _in_order(after - before)
        )
        db.session.flush()
        end_invitation(user, now=now)
        verb = "colleague_changed" if after else "colleague_removed"
        record(verb, user, congress_id, actor=actor, now=now, before=before, after=after)


def held(congress_id: int) -> Congress:
    """Lock a congress, so that its team changes in one place at a time."""
    return db.session.get_one(
        Congress, congress_id, with_for_update={"key_share": True}, populate_existing=True
    )


def _roles_of(user: User, congress_id: int) -> frozenset[Role]:
    own = (each for each in user.congress_roles if each.congress_id == congress_id)
    return frozenset(Role(each.role) for each in own)


def _organisers(congress_id: int) -> list[int]:
    """Return the organisers who can log in."""
    statement = (
        select(User.id)
        .join(CongressRole)
        .where(
            CongressRole.congress_id == congress_id,
            CongressRole.role == Role.ORGANISER,
            CongressRole.until.is_(None),
            User.active,
            User.password.is_not(None),
        )
    )
    return list(db.session.scalars(statement))


def end_invitation(user: User, *, now: datetime) -> None:
    """Let the link of somebody who never chose a password open nothing, if nothing is left."""
    is_something = user.congress_roles or user.administrator or user.network_role
    if is_something or user.password is not None:
        return
    db.session.execute(
        update(AccountLink)
        .where(AccountLink.user_id == user.id, AccountLink.used_at.is_(None))
        .values(used_at=now)
    )


def mail(user: User, congress: Congress, *, now: datetime) -> None:
    """Mail somebody how to get to a congress, and a link where they have no password yet."""
    if user.password is None:
        accounts.mail_invitation(user, [congress.id], now=now)
        return
    words = role_words(user.language)
    stated: RoleFacts = {
        "name": user.name,
        "email": user.email,
        "title": in_language(congress.title, user.language),
        "roles": [words[role].name for role in _in_order(_roles_of(user, congress.id))],
    }
    accounts.store_mail(user, MessageKind.ROLE_GIVEN, stated, now=now)


def record(
    verb: str,
    user: User,
    congress_id: int,
    *,
    actor: Actor,
    now: datetime,
    before: Collection[Role] = (),
    after: Collection[Role] = (),
) -> None:
    """Add the line of the log about somebody in a team."""
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=congress_id,
        details={
            "account": user.id,
            "roles_before": _in_order(before),
            "roles": _in_order(after),
        },
    )


def _in_order(roles: Collection[Role]) -> list[Role]:
    return [role for role in Role if role in roles]
