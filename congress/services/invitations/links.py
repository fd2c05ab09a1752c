"""The links of invitations: made again for every mail, and for the mailbox they were made for."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from congress import links
from congress.base import table_of
from congress.domain.people import fold_email
from congress.domain.tokens import GuestLink
from congress.extensions import db
from congress.models import Invitation
from congress.services.tokens import make_again

INVITATIONS = table_of(Invitation)


def link_for(stated: Mapping[str, Any], recipient: str) -> str | None:
    """Make the link that a letter brings; None once it is withdrawn, or went to another address."""
    row = db.session.execute(
        select(INVITATIONS.c.nonce, INVITATIONS.c.key_id).where(
            INVITATIONS.c.id == stated["invitation"],
            INVITATIONS.c.email_key == fold_email(recipient),
            INVITATIONS.c.withdrawn_at.is_(None),
        )
    ).one_or_none()
    token = make_again(GuestLink.INVITED, *row) if row else None
    return links.invited(token) if token else None
