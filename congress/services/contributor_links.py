"""The links of people in a programme: made again for every mail, like those of registrations."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from congress import links
from congress.base import table_of
from congress.domain.people import fold_email
from congress.domain.tokens import PersonLink
from congress.extensions import db
from congress.models import Contributor
from congress.services.tokens import make_again

PEOPLE = table_of(Contributor)
KEPT = select(PEOPLE.c.email, PEOPLE.c.nonce, PEOPLE.c.key_id).where(
    PEOPLE.c.id == bindparam("number")
)


def link_for(stated: Mapping[str, Any], recipient: str) -> str | None:
    """Make the link that a letter brings; None once it is over or the address another one's."""
    row = db.session.execute(KEPT, {"number": stated["contributor"]}).one_or_none()
    if row is None or row.nonce is None or fold_email(row.email) != fold_email(recipient):
        return None
    token = make_again(PersonLink.CONTRIBUTOR, row.nonce, row.key_id)
    return links.contribution(token) if token else None
