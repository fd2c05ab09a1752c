"""Registrations whose address nobody has confirmed yet: their link, and the end of the wait."""

from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.tokens import RegistrationLink
from congress.extensions import db
from congress.models import Registration
from congress.services import tokens

PEOPLE = table_of(Registration)


def begin(registration_id: int, *, now: datetime) -> None:
    """Make the link that confirms a registration, inside a running transaction."""
    tokens.issue(registration_id, RegistrationLink.CONFIRM, now=now)


def end(registration_id: int) -> None:
    """Note that a registration waits for no answer any more, inside a running transaction."""
    db.session.execute(
        update(PEOPLE).where(PEOPLE.c.id == registration_id).values(unconfirmed_until=None)
    )
