"""The links and codes of contact persons: made again for every mail, never stored."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from congress import links
from congress.base import table_of
from congress.domain.mails.kinds import Carries
from congress.domain.people import fold_email
from congress.domain.tokens import MunicipalityLink
from congress.extensions import db
from congress.models import ContactLogin, ContactPerson
from congress.services import login_codes
from congress.services.tokens import make_again

LOGINS, PEOPLE = table_of(ContactLogin), table_of(ContactPerson)


def in_mail(carries: Carries, stated: Mapping[str, Any], recipient: str) -> dict[str, str | None]:
    """Return what a letter brings: the link, or the code."""
    if carries is Carries.CONTACT_CODE:
        return {"code": code_for(stated, recipient)}
    return {"municipality": link_for(stated, recipient)}


def link_for(stated: Mapping[str, Any], recipient: str) -> str | None:
    """Make the link that a letter brings; None once it is over or the address another one's."""
    row = db.session.execute(
        select(PEOPLE.c.nonce, PEOPLE.c.key_id).where(
            PEOPLE.c.id == stated["contact_person"],
            PEOPLE.c.email_key == fold_email(recipient),
            PEOPLE.c.nonce.is_not(None),
        )
    ).one_or_none()
    token = make_again(MunicipalityLink.CONTACT, row.nonce, row.key_id) if row else None
    return links.municipality(token) if token else None


def code_for(stated: Mapping[str, Any], recipient: str) -> str | None:
    """Make the code that a letter brings; None once it was used or the address another one's."""
    row = db.session.execute(
        select(LOGINS.c.nonce, LOGINS.c.key_id)
        .join(PEOPLE, PEOPLE.c.id == LOGINS.c.contact_id)
        .where(
            LOGINS.c.id == stated["contact_login"],
            LOGINS.c.digest.is_(None),
            PEOPLE.c.email_key == fold_email(recipient),
        )
    ).one_or_none()
    return login_codes.made(row.nonce, row.key_id) if row else None
