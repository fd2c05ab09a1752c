"""The link of a ballot, made again for each mail and for the page of one's own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select

from congress import links
from congress.base import table_of
from congress.domain.people import fold_email
from congress.domain.tokens import FeedbackLink
from congress.extensions import db
from congress.models import FeedbackBallot, Registration
from congress.services.tokens import make_again

BALLOTS, PEOPLE = table_of(FeedbackBallot), table_of(Registration)


def token_of(ballot_id: int) -> str | None:
    """Make the token of a ballot again; None once it is gone."""
    return _token(BALLOTS.c.id == ballot_id)


def link_for(facts: Mapping[str, Any], recipient: str) -> str | None:
    """Make the link in a mail; none at another address than that of the registration."""
    is_theirs = PEOPLE.c.email_key == fold_email(recipient)
    token = _token((BALLOTS.c.id == facts["ballot"]) & is_theirs)
    return links.feedback(token) if token else None


def _token(which: ColumnElement[bool]) -> str | None:
    kept = select(BALLOTS.c.nonce, BALLOTS.c.key_id).join(
        PEOPLE, PEOPLE.c.id == BALLOTS.c.registration_id
    )
    row = db.session.execute(kept.where(which)).one_or_none()
    return make_again(FeedbackLink.BALLOT, row.nonce, row.key_id) if row else None
