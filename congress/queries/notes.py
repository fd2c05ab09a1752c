"""What organisers note about a registration."""

from sqlalchemy import select

from congress.extensions import db
from congress.models import Registration


def note_of(registration_id: int) -> str:
    """Return the note about somebody; empty where there is none."""
    statement = select(Registration.note).where(Registration.id == registration_id)
    return db.session.scalars(statement).one()
