"""The links of proposals: made again for every mail, like those of registrations."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from congress import links
from congress.base import table_of
from congress.domain.tokens import PersonLink
from congress.extensions import db
from congress.models import Proposal
from congress.services.tokens import make_again

PROPOSALS = table_of(Proposal)


def link_for(stated: Mapping[str, Any]) -> str | None:
    """Make the link that a letter brings; None once the proposal is deleted."""
    kept = select(PROPOSALS.c.nonce, PROPOSALS.c.key_id)
    row = db.session.execute(kept.where(PROPOSALS.c.id == stated["proposal"])).one_or_none()
    token = make_again(PersonLink.PROPOSAL, *row) if row else None
    return links.proposal(token) if token else None
