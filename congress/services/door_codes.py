"""The codes by which a door knows people: in letters, and for who came before there were any.

A code opens no page. It goes with the other links of a registration: issued, renewed and revoked.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, insert, select

from congress.base import table_of
from congress.domain.congresses import CongressState
from congress.domain.mails.kinds import WITH_CODE
from congress.domain.modes import Mode
from congress.domain.online import stays_away
from congress.domain.registration import RegistrationState
from congress.domain.rules import Rules
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, Congress, CongressDay, Registration
from congress.services import tokens
from congress.transaction import transaction

BATCH = 500
TOKENS, PEOPLE, CONGRESSES = map(table_of, (AccessToken, Registration, Congress))
DAYS = table_of(CongressDay)
# Made once: putting a statement together costs more than carrying it out.
EXPECTED = (
    select(PEOPLE.c.id, PEOPLE.c.mode, CONGRESSES.c.rules)
    .join(CONGRESSES, CONGRESSES.c.id == PEOPLE.c.congress_id)
    .where(
        PEOPLE.c.id.in_(bindparam("ids", expanding=True)),
        PEOPLE.c.state == RegistrationState.CONFIRMED,
        # No door opens at what is called off, or over.
        CONGRESSES.c.state != CongressState.CANCELLED,
        exists().where(DAYS.c.congress_id == CONGRESSES.c.id, DAYS.c.ends_at > bindparam("now")),
    )
)
WITHOUT = (
    select(PEOPLE.c.id)
    .where(
        ~exists().where(
            TOKENS.c.registration_id == PEOPLE.c.id,
            TOKENS.c.purpose == TokenPurpose.CHECK_IN,
            TOKENS.c.revoked_at.is_(None),
        )
    )
    .order_by(PEOPLE.c.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True)  # whoever renews links holds the registration
)


def issue_missing(*, now: datetime) -> bool:
    """Give some of those a code who registered before there were any; whether there were such."""
    with transaction():
        found = db.session.scalars(WITHOUT).all()
        if found:
            same = {"purpose": TokenPurpose.CHECK_IN, "created_at": now}
            rows = [
                {"registration_id": number} | same | tokens.fresh(TokenPurpose.CHECK_IN)[1]
                for number in found
            ]
            db.session.execute(insert(TOKENS), rows)
        return bool(found)


def of_mails(mails: Iterable[Row[*tuple[Any, ...]]], *, now: datetime) -> Mapping[int, str]:
    """Return the codes that letters carry, by mail: to whoever a door expects yet.

    It goes where the link to the own page goes. Letters that are made already repeat theirs.
    """
    wanted = {
        mail.id: (mail.registration_id, mail.recipient)
        for mail in mails
        if mail.kind in WITH_CODE
        and mail.content is None
        and mail.registration_id
        and "manage" in mail.facts.get("links", ())
    }
    known = tokens.for_mails(set(wanted.values()), TokenPurpose.CHECK_IN) if wanted else {}
    if not known:
        return {}
    rows = db.session.execute(EXPECTED, {"ids": [number for number, _ in known], "now": now})
    coming = {row.id for row in rows if not stays_away(Rules.of(row.rules), Mode(row.mode))}
    return {
        number: known[mailed]
        for number, mailed in wanted.items()
        if mailed in known and mailed[0] in coming
    }
