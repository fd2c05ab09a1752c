"""Secret links of registrations: issued with them, made again for every mail."""

import secrets
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select

from congress import extensions
from congress.base import table_of
from congress.domain import tokens
from congress.domain.tokens import Key, TokenPurpose
from congress.extensions import db
from congress.models import AccessToken

NONCE_BYTES = 16
TOKENS = table_of(AccessToken)
IN_FORCE = (
    select(TOKENS.c.registration_id, TOKENS.c.nonce, TOKENS.c.key_id)
    .where(
        TOKENS.c.registration_id.in_(bindparam("registration_ids", expanding=True)),
        TOKENS.c.purpose == bindparam("purpose"),
        TOKENS.c.revoked_at.is_(None),
    )
    .order_by(TOKENS.c.id)
)


def keys() -> list[Key]:
    """Return the key in force and, through a rotation, the one before it."""
    settings = extensions.settings()
    known = [settings.secret_key, settings.secret_key_old]
    return [Key(secret.encode()) for secret in known if secret]


def new_rows(registration_id: int, *, now: datetime) -> tuple[list[dict[str, Any]], str]:
    """Return the rows of all links of a new registration, and the link to its own page."""
    key = keys()[0]
    nonces = {purpose: secrets.token_hex(NONCE_BYTES) for purpose in TokenPurpose}
    links = {purpose: tokens.make(key, purpose, nonce) for purpose, nonce in nonces.items()}
    rows = [
        {
            "registration_id": registration_id,
            "purpose": purpose,
            "nonce": nonces[purpose],
            "key_id": key.id,
            "digest": tokens.digest(link),
            "created_at": now,
        }
        for purpose, link in links.items()
    ]
    return rows, links[TokenPurpose.MANAGE]


def token_for(registration_id: int, purpose: TokenPurpose) -> str | None:
    """Make the token of a link that is in force again; None if there is none."""
    return tokens_for([registration_id], purpose).get(registration_id)


def tokens_for(registration_ids: Collection[int], purpose: TokenPurpose) -> dict[int, str]:
    """Make the tokens of links that are in force again, by registration."""
    if not registration_ids:
        return {}
    wanted = {"registration_ids": list(registration_ids), "purpose": purpose}
    made = {
        row.registration_id: make_again(purpose, row.nonce, row.key_id)
        for row in db.session.execute(IN_FORCE, wanted)
    }
    return {registration_id: token for registration_id, token in made.items() if token}


def make_again(purpose: StrEnum, nonce: str, key_id: str) -> str | None:
    """Make a token of what its row keeps; None when its key is known no longer."""
    key = next((key for key in keys() if key.id == key_id), None)
    return tokens.make(key, purpose, nonce) if key else None
