"""The link of the contact of a group to its page, made again for each mail."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select

from congress import links
from congress.base import table_of
from congress.domain.people import fold_email
from congress.domain.tokens import GroupLink
from congress.extensions import db
from congress.models import RegistrationGroup
from congress.services.tokens import make_again

GROUPS = table_of(RegistrationGroup)


def token_of(group_id: int) -> str | None:
    """Make the token of a group's link again; None once the group is gone."""
    return _token(GROUPS.c.id == group_id)


def link_for(facts: Mapping[str, Any], recipient: str) -> str | None:
    """Make the link in a mail to the contact; none once the group is gone."""
    mine = (GROUPS.c.id == facts["group"]) & (GROUPS.c.email_key == fold_email(recipient))
    token = _token(mine)
    return links.group(token) if token else None


def _token(which: ColumnElement[bool]) -> str | None:
    kept = select(GROUPS.c.nonce, GROUPS.c.key_id).where(which)
    row = db.session.execute(kept).one_or_none()
    return make_again(GroupLink.CONTACT, row.nonce, row.key_id) if row else None
