"""Calling a congress off: everybody registered is told, and every calendar corrected."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congresses import CongressState
from congress.domain.release import require_can_be_called_off
from congress.extensions import db
from congress.models import Congress
from congress.services import auditing, notifying, revising
from congress.transaction import transaction


def call_off(congress_id: int, *, actor: Actor, now: datetime) -> int:
    """Cancel a published congress; returns how many people are told. There is no way back.

    Registrations stay as they are, so that people can still be written to; their calendar
    entries are cancelled, and nobody moves up any more.
    """
    with transaction():
        congress = db.session.scalars(
            select(Congress).where(Congress.id == congress_id).with_for_update(key_share=True),
            execution_options={"populate_existing": True},
        ).one()
        require_can_be_called_off(CongressState(congress.state))
        congress.state = CongressState.CANCELLED
        congress.sequence += 1
        congress.revised_at = max(now.replace(microsecond=0), congress.revised_at)
        revising.touch(congress, content=True)
        db.session.flush()  # what is told is read from the database
        told = notifying.congress_cancelled(congress_id, now=now)
        auditing.record(
            "congress_cancelled",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"told": told},
        )
    return told
