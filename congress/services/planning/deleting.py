"""Deleting a draft: nobody but organisers has seen it, so nothing of it has to stay."""

from datetime import datetime

from sqlalchemy import delete, select, update

from congress.domain.access import Actor
from congress.domain.attendee_list import Wanted
from congress.domain.planning.release import require_can_be_deleted
from congress.extensions import db
from congress.models import (
    AuditLine,
    Congress,
    Contributor,
    OutboxMessage,
    Person,
    ProgrammeItem,
)
from congress.queries import attendees
from congress.services import auditing
from congress.services.planning import adopting, publishing
from congress.transaction import transaction


def delete_draft(congress_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete a draft with its programme and everybody's rights to it.

    Later editions and the log stay. Raises StateUnreachable and SomebodyRegistered.
    """
    with transaction():
        row, before = publishing.hold(congress_id)
        count = attendees.count(congress_id, Wanted())
        require_can_be_deleted(before.state, registrations=count)
        _delete_programme(congress_id)
        for statement in (
            update(Congress)
            .where(Congress.edition_of_id == congress_id)
            .values(edition_of_id=None),
            # Invitations to its programme: their links open nothing any more.
            delete(OutboxMessage).where(OutboxMessage.congress_id == congress_id),
            # The log outlives what it tells about.
            update(AuditLine).where(AuditLine.congress_id == congress_id).values(congress_id=None),
        ):
            db.session.execute(statement)
        db.session.delete(row)
        auditing.record("congress_deleted", actor=actor, now=now, details={"slug": before.slug})
        db.session.flush()


def _delete_programme(congress_id: int) -> None:
    items = db.session.scalars(
        select(ProgrammeItem).where(ProgrammeItem.congress_id == congress_id)
    ).all()
    numbers = [item.id for item in items]
    people = {each.person for item in items for each in item.contributions if each.person}
    lines = update(AuditLine).where(AuditLine.item_id.in_(numbers))
    db.session.execute(lines.values(item_id=None))
    asked = db.session.scalars(select(Contributor).where(Contributor.congress_id == congress_id))
    for row in asked.all():
        people.add(db.session.get_one(Person, row.person_id))
        db.session.delete(row)
    for item in items:
        db.session.delete(item)
    db.session.flush()
    adopting.forget_people(people)
