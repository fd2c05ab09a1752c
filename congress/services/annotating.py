"""Organisers note something about a registration, which no page or mail of the person shows."""

from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.notes import NoteEditedMeanwhile, version_of
from congress.extensions import db
from congress.models import Registration
from congress.services import auditing
from congress.services.holding import hold
from congress.transaction import transaction

PEOPLE = table_of(Registration)


def annotate(registration_id: int, note: str, *, version: str, actor: Actor, now: datetime) -> bool:
    """Keep a note in the place of the one of a version; returns whether it is another.

    The log says that it was changed and never what it says. Raises NoteEditedMeanwhile.
    """
    with transaction():
        held = hold(registration_id)
        if held.note == note:  # as it was, or sent twice
            return False
        if version_of(held.note) != version:
            raise NoteEditedMeanwhile
        of_person = PEOPLE.c.id == registration_id
        db.session.execute(update(PEOPLE).where(of_person).values(note=note))
        auditing.record(
            "note_edited" if note else "note_removed",
            actor=actor,
            now=now,
            congress_id=held.congress_id,
            registration_id=registration_id,
        )
    return True
