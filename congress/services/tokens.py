"""Secret links of registrations: issued with them, made again for every mail."""

import secrets
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, update

from congress import extensions
from congress.base import table_of
from congress.domain import tokens
from congress.domain.people import fold_email
from congress.domain.tokens import FeedbackLink, Key, TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, CalendarEntry, FeedbackBallot, Registration

NONCE_BYTES = 16
TOKENS, PEOPLE = table_of(AccessToken), table_of(Registration)
ENTRIES, BALLOTS = map(table_of, (CalendarEntry, FeedbackBallot))
IN_FORCE = (
    select(TOKENS.c.registration_id, TOKENS.c.nonce, TOKENS.c.key_id)
    .where(
        TOKENS.c.registration_id.in_(bindparam("registration_ids", expanding=True)),
        TOKENS.c.purpose == bindparam("purpose"),
        TOKENS.c.revoked_at.is_(None),
    )
    .order_by(TOKENS.c.id)
)

MAILBOXES = select(PEOPLE.c.id, PEOPLE.c.email_key).where(
    PEOPLE.c.id.in_(bindparam("ids", expanding=True))
)


def keys() -> list[Key]:
    """Return the key in force and, through a rotation, the one before it."""
    settings = extensions.settings()
    known = [settings.secret_key, settings.secret_key_old]
    return [Key(secret.encode()) for secret in known if secret]


def new_rows(registration_id: int, *, now: datetime) -> tuple[list[dict[str, Any]], str]:
    """Return the rows of all links of a new registration, and the link to its own page."""
    made = {purpose: fresh(purpose) for purpose in TokenPurpose}
    same = {"registration_id": registration_id, "created_at": now}
    rows = [{"purpose": purpose} | same | kept for purpose, (_link, kept) in made.items()]
    return rows, made[TokenPurpose.MANAGE][0]


def fresh(purpose: StrEnum) -> tuple[str, dict[str, str]]:
    """Make a new link; return it, and by column what its row keeps of it."""
    key, nonce = keys()[0], secrets.token_hex(NONCE_BYTES)
    link = tokens.make(key, purpose, nonce)
    return link, {"nonce": nonce, "key_id": key.id, "digest": tokens.digest(link)}


def token_for(registration_id: int, purpose: StrEnum) -> str | None:
    """Make the token of a link that is in force again; None if there is none."""
    return tokens_for([registration_id], purpose).get(registration_id)


def tokens_for(registration_ids: Collection[int], purpose: StrEnum) -> dict[int, str]:
    """Make the tokens of links that are in force again, by registration."""
    if not registration_ids:
        return {}
    wanted = {"registration_ids": list(registration_ids), "purpose": purpose}
    made = {
        row.registration_id: make_again(purpose, row.nonce, row.key_id)
        for row in db.session.execute(IN_FORCE, wanted)
    }
    return {registration_id: token for registration_id, token in made.items() if token}


def for_mails(
    mails: Collection[tuple[int, str]], purpose: StrEnum = TokenPurpose.MANAGE
) -> dict[tuple[int, str], str]:
    """Make the tokens of links in mails again, by registration and recipient.

    A registration that has got another address meanwhile opens to nobody at the old one.
    """
    known = tokens_for({number for number, _ in mails}, purpose)
    if not known:
        return {}
    mailboxes = {row.id: row.email_key for row in db.session.execute(MAILBOXES, {"ids": [*known]})}
    return {
        (number, recipient): known[number]
        for number, recipient in mails
        if number in known and mailboxes[number] == fold_email(recipient)
    }


def renew(registration_id: int, *, now: datetime) -> None:
    """Let the links of a registration open nothing any more, and make others in their place.

    The one that confirmed the registration ends with them: it leads to the own page. So does that
    of a ballot, which the own page leads to.
    """
    _revoke(TOKENS.c.registration_id == registration_id, now=now)
    rows, _link = new_rows(registration_id, now=now)
    db.session.execute(insert(TOKENS), rows)
    _ballot, kept = fresh(FeedbackLink.BALLOT)
    mine = BALLOTS.c.registration_id == registration_id
    db.session.execute(update(BALLOTS).where(mine).values(kept))


def renew_feed(registration_id: int, *, now: datetime) -> None:
    """Let a personal calendar have another address; earlier ones open nothing any more.

    That of a registration before this one shows the same entries, so it ends too.
    """
    own = select(ENTRIES.c.uid).where(ENTRIES.c.registration_id == registration_id)
    sharing = select(ENTRIES.c.registration_id).where(ENTRIES.c.uid.in_(own))
    is_one = TOKENS.c.registration_id == registration_id
    feeds = TOKENS.c.purpose == TokenPurpose.FEED
    _revoke(is_one | TOKENS.c.registration_id.in_(sharing), feeds, now=now)
    issue(registration_id, TokenPurpose.FEED, now=now)


def _revoke(*which: ColumnElement[bool], now: datetime) -> None:
    in_force = (*which, TOKENS.c.revoked_at.is_(None))
    db.session.execute(update(TOKENS).where(*in_force).values(revoked_at=now))


def issue(registration_id: int, purpose: StrEnum, *, now: datetime) -> None:
    """Make one more link of a registration."""
    _link, kept = fresh(purpose)
    row = {"registration_id": registration_id, "purpose": purpose, "created_at": now}
    db.session.execute(insert(TOKENS).values(row | kept))


def make_again(purpose: StrEnum, nonce: str, key_id: str) -> str | None:
    """Make a token of what its row keeps; None when its key is known no longer."""
    key = next((key for key in keys() if key.id == key_id), None)
    return tokens.make(key, purpose, nonce) if key else None
