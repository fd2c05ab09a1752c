"""Sending somebody their links again."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.people import fold_email
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Registration
from congress.queries import congresses
from congress.queries.registrations import standings
from congress.services.mails import telling
from congress.transaction import transaction


def resend_link(congress_id: int, email: str, *, now: datetime) -> None:
    """Mail the links of everybody registered under an address; the page never says whether."""
    with transaction():
        known = db.session.scalars(
            select(Registration.id).where(
                Registration.congress_id == congress_id,
                Registration.email_key == fold_email(email),
                Registration.state != RegistrationState.CANCELLED,
            )
        ).all()
        if known:
            congress = congresses.get_congress(congress_id)
            telling.link_again(congress, standings(known), now=now)
