"""Telling very many people: at once where they are few, else in steps that the worker takes.

A step is one transaction: the letters of some hundred people, and the mark how far it came. So
nobody is told twice after a fault, and nobody who registers has to wait for long.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select

from congress import queue
from congress.domain.messages import MessageKind
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Announcement, Booking, Registration
from congress.queries import congresses, programme
from congress.queries.registrations import standings
from congress.services import telling
from congress.transaction import after_commit, transaction

AT_ONCE = 300  # more people than this are told in steps
STEP = 400


def announce(
    congress_id: int, kind: MessageKind, item_ids: Collection[int] | None, *, now: datetime
) -> int:
    """Tell everybody in a congress, or in these items of it, inside a running transaction.

    Returns how many people are told, or will be. Called after the news itself was flushed.
    """
    people = _concerned(congress_id, item_ids)
    count = db.session.scalars(select(func.count()).select_from(people.subquery())).one()
    if count <= AT_ONCE:
        return _tell(congress_id, kind, item_ids, list(db.session.scalars(people)), now=now)
    db.session.add(
        Announcement(
            congress_id=congress_id,
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
    waiting = select(Announcement.congress_id).where(Announcement.finished_at.is_(None)).limit(1)
    congress_id = db.session.scalars(waiting).one_or_none()
    if congress_id is None:
        return False
    # Read before the transaction, so that each step finds the contents of the congress kept.
    programme.current_items(congresses.get_congress(congress_id))
    with transaction():
        congresses.hold(congress_id)
        row = db.session.scalars(
            select(Announcement)
            .where(Announcement.congress_id == congress_id, Announcement.finished_at.is_(None))
            .order_by(Announcement.id)
            .limit(1)
            .with_for_update(),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if row is None:
            return True  # another worker was faster; there may be more
        rest = _concerned(congress_id, row.item_ids).where(Registration.id > row.told_up_to)
        people = list(db.session.scalars(rest.limit(STEP)))
        if people:
            _tell(congress_id, MessageKind(row.kind), row.item_ids, people, now=now)
            row.told_up_to = people[-1]
            row.done = min(row.total, row.done + len(people))
        if len(people) < STEP:
            row.done, row.finished_at = row.total, now
    return True


def _tell(
    congress_id: int,
    kind: MessageKind,
    item_ids: Collection[int] | None,
    people: Collection[int],
    *,
    now: datetime,
) -> int:
    if not people:
        return 0
    congress = congresses.get_congress(congress_id)
    items: dict[int, ProgrammeItem] = {each.id: each for each in programme.current_items(congress)}
    told = standings(people, items)
    if kind is MessageKind.CONGRESS_CANCELLED:
        telling.stands(congress, told, kind, now=now)
        return len(told)
    return telling.moved(congress, told, now=now, waiting_too=item_ids is None)


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
