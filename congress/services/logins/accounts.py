"""Organisers' accounts: inviting, mailed links, passwords."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NoReturn

from flask_security import SQLAlchemyUserDatastore, hash_password, verify_password
from sqlalchemy import select, update

from congress import links, queue
from congress.domain import tokens
from congress.domain.access import COMMAND, SYSTEM, Actor, ActorKind, Role
from congress.domain.logins.accounts import (
    INVITATION_LENGTH,
    LONGEST_PASSWORD,
    MOST_RESETS_PER_HOUR,
    RESET_LENGTH,
    AccountLinkPurpose,
    LinkExpired,
    WrongPassword,
    require_password,
)
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import (
    AccountFacts,
    ListLinkFacts,
    LoginFacts,
    RoleFacts,
    UnderfilledFacts,
)
from congress.domain.mails.network_letters import FollowUpsDueFacts
from congress.domain.network.access import NetworkRole
from congress.domain.people import fold_email
from congress.domain.texts import in_language
from congress.extensions import db
from congress.formats.role_words import network_role_words, role_words
from congress.models import AccountLink, AccountSession, Congress, CongressRole, OutboxMessage, User
from congress.models import Role as RoleRow
from congress.services import auditing
from congress.services.mails import drafting
from congress.services.mails.hearing import PRESSED_TWICE
from congress.services.tokens import NONCE_BYTES, keys, make_again
from congress.transaction import after_commit, transaction

UNIQUIFIER_BYTES = 32


class Datastore(SQLAlchemyUserDatastore):
    """How Flask-Security finds accounts; changed they are below, within `transaction()`."""

    def __init__(self) -> None:
        super().__init__(db, User, RoleRow)

    def commit(self) -> NoReturn:
        raise RuntimeError("accounts are changed in services.accounts")


def invite(
    email: str,
    *,
    actor: Actor,
    now: datetime,
    is_administrator: bool = False,
    roles: Mapping[int, Role] | None = None,
    network_role: NetworkRole | None = None,
    password: str | None = None,
) -> int:
    """Give somebody an account and roles by congress id; return the account's id.

    Without a password a mail brings the link to choose one; an account that has a password
    keeps it and gets no mail. Raises the refusals of `require_password`.
    """
    hashed = _hashed(password)
    with transaction():
        user = find(email) or new(email, now=now)
        user.administrator = user.administrator or is_administrator
        user.network_role = network_role or user.network_role
        for congress_id, role in (roles or {}).items():
            grant(user, congress_id, role, now=now)
        if hashed:
            _set_password(user, hashed, now=now)
        elif user.password is None:
            mail_invitation(user, list(roles or {}), now=now)
        auditing.record("organiser_invited", actor=actor, now=now, details={"account": user.id})
        return user.id


def apply_demo_organiser(email: str, password: str, *, now: datetime) -> None:
    """Let the demo's organiser into everything with the password in force (DEMO_PASSWORD).

    A password that is in force already stays, so that a new start logs nobody out.
    """
    known = find(email)
    if known and known.password and verify_password(password, known.password):
        return
    hashed = _hashed(password)
    with transaction():
        user = find(email) or new(email, now=now)
        user.administrator = True
        user.active = True
        _set_password(user, hashed or "", now=now)
        auditing.record(
            "demo_password_applied", actor=COMMAND, now=now, details={"account": user.id}
        )


def request_reset(email: str, *, now: datetime) -> None:
    """Mail a link to choose a new password, if the address has an account.

    The same work is done for every address, so that neither answer nor time tells which exist.
    """
    with transaction():
        user = find(email)
        if user and user.active and _may_be_mailed(user, now=now):
            _mail_link(user, AccountLinkPurpose.RESET, RESET_LENGTH, now=now)
        auditing.record(
            "password_reset_requested",
            actor=SYSTEM,
            now=now,
            details={"account": user.id} if user else {},
        )


def choose_password(token: str, password: str, *, now: datetime) -> None:
    """Set the password of whoever holds this link; all sessions of the account end.

    Raises LinkExpired and the refusals of `require_password`.
    """
    hashed = _hashed(password)
    with transaction():
        link = db.session.scalars(
            select(AccountLink)
            .where(
                AccountLink.digest == tokens.digest(token),
                AccountLink.used_at.is_(None),
                AccountLink.expires_at > now,
            )
            .with_for_update()
        ).one_or_none()
        if link is None:
            raise LinkExpired
        user = db.session.get_one(User, link.user_id)
        _set_password(user, hashed or "", now=now)
        db.session.execute(
            update(AccountLink)
            .where(AccountLink.user_id == user.id, AccountLink.used_at.is_(None))
            .values(used_at=now)
        )
        actor = Actor(ActorKind.ORGANISER, user.id)
        auditing.record("password_chosen", actor=actor, now=now, details={"account": user.id})


def change_password(user_id: int, current: str, password: str, *, now: datetime) -> None:
    """Set another password for whoever knows the one in force; all sessions end.

    Raises WrongPassword and the refusals of `require_password`.
    """
    known = require_own_password(user_id, current)
    hashed = _hashed(password)
    with transaction():
        user = db.session.get_one(User, user_id, with_for_update=True, populate_existing=True)
        if user.password != known:
            raise WrongPassword  # changed meanwhile, by a link or in another window
        _set_password(user, hashed or "", now=now)
        actor = Actor(ActorKind.ORGANISER, user.id)
        auditing.record("password_chosen", actor=actor, now=now, details={"account": user.id})


def require_own_password(user_id: int, typed: str) -> str:
    """Refuse whoever does not know the password in force; return how it is kept."""
    known = db.session.get_one(User, user_id).password
    if not known or not verify_password(typed[:LONGEST_PASSWORD], known):
        raise WrongPassword
    return known


def link_for(stated: AccountFacts) -> str | None:
    """Make the link that a mail about an account brings; None if its key is known no longer."""
    row = db.session.execute(
        select(AccountLink.nonce, AccountLink.key_id).where(AccountLink.id == stated["link"])
    ).one_or_none()
    purpose = AccountLinkPurpose(stated["purpose"])
    token = make_again(purpose, *row) if row else None
    return links.absolute(f"/{purpose}/{token}") if token else None


def _hashed(password: str | None) -> str | None:
    if password is None:
        return None
    require_password(password)
    return str(hash_password(password))  # slow on purpose, so before any transaction


def find(email: str) -> User | None:
    """Return the account of an address."""
    statement = select(User).where(User.email_key == fold_email(email))
    return db.session.scalars(statement).one_or_none()


def new(email: str, *, now: datetime) -> User:
    """Store an account without a password."""
    user = User(
        email=email.strip(),
        email_key=fold_email(email),
        active=True,
        fs_uniquifier=secrets.token_hex(UNIQUIFIER_BYTES),
        create_datetime=now,
    )
    db.session.add(user)
    db.session.flush()  # links and roles need the id
    return user


def grant(user: User, congress_id: int, role: Role, *, now: datetime) -> None:
    """Give an account a role that it may have already."""
    if not any((own.congress_id, own.role) == (congress_id, role) for own in user.congress_roles):
        given = CongressRole(congress_id=congress_id, role=role, given_at=now)
        user.congress_roles.append(given)
        db.session.flush()


def _set_password(user: User, hashed: str, *, now: datetime) -> None:
    """Write a new password; the new uniquifier makes every cookie of the account worthless."""
    user.password = hashed
    end_sessions(user, now=now)


def end_sessions(user: User, *, now: datetime) -> None:
    """Let no cookie of an account open anything any more, inside a running transaction."""
    user.fs_uniquifier = secrets.token_hex(UNIQUIFIER_BYTES)
    db.session.flush()
    db.session.execute(
        update(AccountSession)
        .where(AccountSession.user_id == user.id, AccountSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def _may_be_mailed(user: User, *, now: datetime) -> bool:
    """Return whether a link goes to an account: few an hour, one to whoever presses twice."""
    db.session.refresh(user, with_for_update=True)
    of_last_hour = (
        AccountLink.user_id == user.id,
        AccountLink.created_at > now - timedelta(hours=1),
    )
    found = db.session.scalars(select(AccountLink).where(*of_last_hour)).all()
    resets = [each for each in found if each.expires_at - each.created_at == RESET_LENGTH]
    is_again = any(now - each.created_at < PRESSED_TWICE for each in resets)
    return len(found) < MOST_RESETS_PER_HOUR and not is_again


def mail_invitation(user: User, congress_ids: Sequence[int], *, now: datetime) -> None:
    """Mail somebody a link to choose their first password, and what they are invited to.

    Where that is one congress, the mail names it and the roles in it.
    """
    invited_to = congress_ids[0] if len(congress_ids) == 1 else None
    length = INVITATION_LENGTH
    _mail_link(user, AccountLinkPurpose.INVITATION, length, invited_to=invited_to, now=now)


def _mail_link(
    user: User,
    purpose: AccountLinkPurpose,
    length: timedelta,
    *,
    now: datetime,
    invited_to: int | None = None,
) -> None:
    """Mail somebody a new link to choose a password."""
    key, nonce = keys()[0], secrets.token_hex(NONCE_BYTES)
    link = AccountLink(
        user_id=user.id,
        nonce=nonce,
        key_id=key.id,
        digest=tokens.digest(tokens.make(key, purpose, nonce)),
        created_at=now,
        expires_at=now + length,
    )
    db.session.add(link)
    db.session.flush()  # the mail names the link by its id
    stated: AccountFacts = {
        "purpose": purpose,
        "name": user.name,
        "email": user.email,
        "congresses": _titles([own.congress_id for own in user.congress_roles], user.language),
        "is_administrator": user.administrator,
        "expires_at": link.expires_at.isoformat(),
        "link": link.id,
    }
    if invited_to is None and user.network_role is not None:
        stated["network"] = role_in_network(user)
    if invited_to is not None:
        [stated["title"]] = _titles([invited_to], user.language)
        stated["roles"] = _roles_in(invited_to, user)
    is_reset = purpose is AccountLinkPurpose.RESET
    kind = MessageKind.PASSWORD_RESET if is_reset else MessageKind.ORGANISER_INVITED
    store_mail(user, kind, stated, now=now)


def store_mail(
    user: User,
    kind: MessageKind,
    stated: AccountFacts
    | FollowUpsDueFacts
    | ListLinkFacts
    | LoginFacts
    | RoleFacts
    | UnderfilledFacts,
    *,
    now: datetime,
) -> None:
    """Write a mail to an account, inside a running transaction."""
    db.session.add(
        OutboxMessage(
            kind=kind,
            message_id=drafting.new_message_id(),
            recipient=user.email,
            recipient_name=user.name,
            recipient_key=user.email_key,
            language=user.language,
            facts=dict(stated),
            created_at=now,
            due_at=now,
        )
    )
    after_commit(queue.wake)


def _titles(congress_ids: Sequence[int], language: str) -> list[str]:
    titles = db.session.scalars(
        select(Congress.title).where(Congress.id.in_(congress_ids)).order_by(Congress.id)
    )
    return [in_language(title, language) for title in titles]


def _roles_in(congress_id: int, user: User) -> list[str]:
    """Return somebody's roles in a congress, each with what it brings."""
    words = role_words(user.language)
    own = {each.role for each in user.congress_roles if each.congress_id == congress_id}
    return [f"{words[role].name} ({words[role].may})" for role in Role if role in own]


def role_in_network(user: User) -> str:
    """Return somebody's role in the network, with what it brings."""
    words = network_role_words(user.language)[NetworkRole(user.network_role or "")]
    return f"{words.name} ({words.may})"
