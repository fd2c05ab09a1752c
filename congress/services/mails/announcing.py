"""Telling very many people: at once where they are few, else in steps that the worker takes.

A step is one transaction: the letters of some hundred people, and the mark how far it came. So
nobody is told twice after a fault, and nobody who registers has to wait for long.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from congress import queue
from congress.domain.congresses import Congress, CongressState
from congress.domain.mails.messages import LATER, MessageKind
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import Announcement, Booking, Registration
from congress.queries import congresses, programme
from congress.queries.registrations import standings
from congress.services.mails import telling
from congress.transaction import after_commit, transaction

AT_ONCE = 300  # more people than this are told in steps
STEP = 450
# What may be said of a congress; news that was overtaken reaches nobody else.
NEWS_OF = {
    CongressState.PUBLISHED: {MessageKind.PROGRAMME_CHANGED, MessageKind.HELD_AFTER_ALL},
    CongressState.CANCELLED: {MessageKind.CONGRESS_CANCELLED},
}


def announce(
    congress: Congress, kind: MessageKind, item_ids: Collection[int] | None, *, now: datetime
) -> int:
    """Tell everybody in a congress, or in these items of it, inside a running transaction.

    Returns how many people are told, or will be. Called after the news itself was flushed.
    """
    concerned = _concerned(congress.id, item_ids)
    people = list(db.session.scalars(concerned.limit(AT_ONCE + 1)))
    if len(people) <= AT_ONCE:
        told = standings(people, _items(congress))
        return _tell(congress, kind, told, everybody=item_ids is None, now=now)
    count = db.session.scalars(select(func.count()).select_from(concerned.subquery())).one()
    db.session.add(
        Announcement(
            congress_id=congress.id,
            kind=kind,
            item_ids=None if item_ids is None else sorted(item_ids),
            total=count,
            created_at=now,
            finished_at=None,
        )
    )
    after_commit(queue.wake)
    return count


def next_step(*, now: datetime) -> bool:
    """Tell the next people of the oldest announcement; returns whether there was anybody."""
    heading = congresses.find_announcing()
    if heading is None:
        return False
    # Read before the transaction, so that each step finds the contents of the congress kept.
    programme.kept_items(congresses.with_content(heading))
    with transaction():
        congress = congresses.with_content(congresses.hold(heading.id))
        row = db.session.scalars(
            select(Announcement)
            .where(Announcement.congress_id == congress.id, Announcement.finished_at.is_(None))
            .order_by(Announcement.id)
            .limit(1)
            .with_for_update(),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if row is None:
            return True  # another worker was faster; there may be more
        kind, everybody = MessageKind(row.kind), row.item_ids is None
        rest = _concerned(congress.id, row.item_ids).where(Registration.id > row.told_up_to)
        is_true = kind in NEWS_OF.get(congress.state, ())
        people = standings(rest.limit(STEP), _items(congress)) if is_true else []
        if people:
            _tell(congress, kind, people, everybody=everybody, now=now, later=LATER)
            row.told_up_to = people[-1].id
            row.done = min(row.total, row.done + len(people))
        if len(people) < STEP:
            row.done, row.finished_at = row.total, now
    return True


def _items(congress: Congress) -> dict[int, ProgrammeItem]:
    return {item.id: item for item in programme.kept_items(congress)}


def _tell(
    congress: Congress,
    kind: MessageKind,
    people: Sequence[Standing],
    *,
    everybody: bool,
    now: datetime,
    later: int = 0,
) -> int:
    if kind is MessageKind.CONGRESS_CANCELLED:
        telling.stands(congress, people, kind, now=now, later=later)
        return len(people)
    return telling.moved(congress, people, kind, now=now, waiting_too=everybody, later=later)


def _concerned(congress_id: int, item_ids: Collection[int] | None) -> Select[int]:
    """Everybody who has or waits for a place, in the order of their registrations."""
    people = (
        select(Registration.id)
        .where(
            Registration.congress_id == congress_id,
            Registration.state != RegistrationState.CANCELLED,
        )
        .order_by(Registration.id)
    )
    if item_ids is None:
        return people
    booked = select(Booking.registration_id).where(
        Booking.item_id.in_(item_ids), Booking.state != BookingState.CANCELLED
    )
    return people.where(Registration.id.in_(booked))
