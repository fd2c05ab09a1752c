"""The codes with which people of a programme log in: made again for the mail, never stored."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from congress.base import table_of
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import Contributor, ContributorLogin
from congress.services import login_codes

LOGINS, PEOPLE = table_of(ContributorLogin), table_of(Contributor)


def code_for(stated: Mapping[str, Any], recipient: str) -> str | None:
    """Make the code that a letter brings; None once it was used or the address another one's."""
    row = db.session.execute(
        select(LOGINS.c.nonce, LOGINS.c.key_id, PEOPLE.c.email)
        .join(PEOPLE, PEOPLE.c.id == LOGINS.c.contributor_id)
        .where(LOGINS.c.id == stated["login"], LOGINS.c.digest.is_(None))
    ).one_or_none()
    if row is None or fold_email(row.email) != fold_email(recipient):
        return None
    return login_codes.made(row.nonce, row.key_id)
