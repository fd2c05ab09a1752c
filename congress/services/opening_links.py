"""The link of somebody who wants to know when registration opens, made again for each mail."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from congress.base import table_of
from congress.domain.people import fold_email
from congress.domain.tokens import OpeningLink
from congress.extensions import db
from congress.models import OpeningReader
from congress.services.tokens import make_again

READERS = table_of(OpeningReader)


def token_of(facts: Mapping[str, Any], recipient: str) -> str | None:
    """Return the token in a mail to whoever waits; None for whoever has left."""
    which = (READERS.c.id == facts["reader"], READERS.c.email_key == fold_email(recipient))
    row = db.session.execute(select(READERS.c.nonce, READERS.c.key_id).where(*which)).one_or_none()
    return make_again(OpeningLink.OPENING, *row) if row else None
