"""Telling very many people: at once where they are few, else in steps that the worker takes.

A step is one transaction: the letters of some hundred people, and the mark how far it came. So
nobody is told twice after a fault, and nobody who registers has to wait for long.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from congress import queue
from congress.domain.congresses import Congress, CongressState
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.mails.news import News
from congress.domain.mails.reach import Reach
from congress.domain.mails.untold import Untold
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import Announcement, Booking, Registration
from congress.queries import (
    announcements,
    chosen_anew,
    congresses,
    dead_mailboxes,
    former_wishes,
    outbox,
    programme,
    wishes,
)
from congress.queries.registrations import standings
from congress.services.mails import drafting, telling
from congress.services.mails.drafting import Written
from congress.transaction import after_commit, transaction

AT_ONCE = 300  # more people than this are told in steps
STEP = 540
# What may be said of a congress; news that was overtaken reaches nobody else.
NEWS_OF = {
    CongressState.PUBLISHED: {MessageKind.PROGRAMME_CHANGED, MessageKind.HELD_AFTER_ALL},
    CongressState.CANCELLED: {MessageKind.CONGRESS_CANCELLED},
}


def announce(congress: Congress, kind: MessageKind, news: Untold, *, now: datetime) -> Reach:
    """Tell everybody in a congress, or in some items of it, inside a running transaction.

    Returns whom that reaches, or will reach. Called after the news itself was flushed. What some
    have not been told of yet goes on together with it, and so in steps.
    """
    if kind is MessageKind.HELD_AFTER_ALL:  # what changed meanwhile was told to nobody
        news = news.after(announcements.when_called_off(congress))
    new = news.whole
    items = _items(congress, new)
    everybody = concerned_by(congress, new, items)
    people = list(db.session.scalars(everybody.limit(AT_ONCE + 1)))
    rows = _open_rows(congress.id)
    is_alone = kind is not MessageKind.PROGRAMME_CHANGED or not rows
    if is_alone and len(people) <= AT_ONCE:
        written = _tell(
            congress,
            kind,
            standings(people, {item.id: item for item in items}),
            news,
            items,
            now=now,
            later=LATER if len(people) > 1 else 0,
        )
        told = drafting.reach(written)
        if kind is MessageKind.CONGRESS_CANCELLED:
            _store(congress, kind, news, rows, told=told.people, now=now)
        return told
    _store(congress, kind, news, rows, now=now)
    after_commit(queue.wake)
    return dead_mailboxes.reach_of(everybody)


def keep(congress: Congress, news: News, *, now: datetime) -> None:
    """Keep what everybody knows of a congress that is finished, inside a running transaction."""
    rows = _open_rows(congress.id)
    _store(congress, announcements.FINISHED, Untold(news), rows, told=0, now=now)


def next_step(*, now: datetime) -> bool:
    """Tell the next people of the oldest announcement; returns whether there was anybody."""
    heading = congresses.find_announcing()
    if heading is None:
        return False
    # Read before the transaction, so that each step finds the contents of the congress kept.
    programme.kept_items(congresses.with_content(heading))
    with transaction():
        congress = congresses.with_content(congresses.hold(heading.id))
        rows = _open_rows(congress.id)
        if not rows:
            return True  # another worker was faster; there may be more
        row, news = rows[0], announcements.together(rows, congress)
        kind, wanted = MessageKind(row.kind), announcements.item_ids(row.news, news)
        is_true = kind in NEWS_OF.get(congress.state, ())
        items = _items(congress, news.whole) if is_true else ()
        rest = concerned(congress, wanted, news.whole, items)
        rest = rest.where(Registration.id > row.told_up_to)
        by_id = {item.id: item for item in items}
        people = standings(rest.limit(STEP), by_id) if is_true else []
        if people:
            _tell(congress, kind, people, news, items, now=now, later=LATER, since=row.created_at)
            row.told_up_to = people[-1].id
            row.done = min(row.total, row.done + len(people))
        if len(people) < STEP:
            row.done, row.finished_at = row.total, now
    return True


def step_of(kind: MessageKind, take: Callable[[Congress, Announcement], None]) -> bool:
    """Take the next step of the oldest announcement of a kind; returns whether there was any.

    The congress is held, so that nobody's address is corrected while letters to it are written.
    """
    is_open = (announcements.IS_OPEN, Announcement.kind == kind)
    oldest = select(Announcement.id, Announcement.congress_id).where(*is_open)
    found = db.session.execute(oldest.order_by(Announcement.id).limit(1)).one_or_none()
    if found is None:
        return False
    number, congress_id = found
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        row = db.session.scalars(
            select(Announcement).where(Announcement.id == number, *is_open),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if row is not None:  # else another worker was faster; there may be more
            take(congress, row)
    return True


def _open_rows(congress_id: int) -> Sequence[Announcement]:
    return db.session.scalars(
        announcements.of_congress(congress_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()


def _store(
    congress: Congress,
    kind: str,
    news: Untold,
    rows: Sequence[Announcement],
    *,
    now: datetime,
    told: int | None = None,
) -> None:
    """Keep an announcement in the place of the open `rows`, which are still being told.

    It is to be told in steps, unless so many were told already, or it only says what was.
    """
    whole = announcements.with_untold(congress, news, rows)
    if kind == MessageKind.PROGRAMME_CHANGED and any(
        each.kind == MessageKind.HELD_AFTER_ALL for each in rows
    ):
        kind = MessageKind.HELD_AFTER_ALL  # who has heard of that is told the rest alone
    for row in rows:
        row.total, row.finished_at = row.done, now
    total = told
    if total is None:
        items = _items(congress, whole.whole)
        total = _count(concerned_by(congress, whole.whole, items))
    row = Announcement(
        congress_id=congress.id,
        kind=kind,
        news=announcements.as_json(whole),
        total=total,
        done=0 if told is None else told,
        created_at=now,
        finished_at=None if told is None else now,
    )
    db.session.add(row)


def _tell(
    congress: Congress,
    kind: MessageKind,
    people: Sequence[Standing],
    news: Untold,
    items: Sequence[ProgrammeItem],
    *,
    now: datetime,
    later: int = 0,
    since: datetime | None = None,
) -> list[Written]:
    if kind is MessageKind.CONGRESS_CANCELLED:
        off = outbox.who_believes_it_is_off([each.id for each in people])
        people = [each for each in people if each.id not in off]
        return [telling.stands(congress, people, kind, now=now, later=later)]
    written = []
    for untold, some in news.among(people):
        written += telling.moved(
            congress, some, kind, untold, items, now=now, later=later, since=since
        )
    return written


def _items(congress: Congress, news: News) -> Sequence[ProgrammeItem]:
    """Return the programme; with the places of now where somebody may have to choose anew."""
    kept = programme.kept_items(congress)
    known = news.faces
    if any(item.id in known and (item.face.cancelled or known[item.id].cancelled) for item in kept):
        return programme.current_items(congress)
    return kept


def _count(people: Select[int]) -> int:
    return db.session.scalars(select(func.count()).select_from(people.subquery())).one()


def concerned_by(
    congress: Congress, news: News, items: Sequence[ProgrammeItem] = ()
) -> Select[int]:
    """Whom news is for, in the order of their registrations; `items` is the programme with it."""
    return concerned(congress, None if news.everybody else news.faces, news, items)


def concerned(
    congress: Congress,
    item_ids: Collection[int] | None,
    news: News,
    items: Sequence[ProgrammeItem],
) -> Select[int]:
    """Everybody who has or waits for a place, or for one in some items, in that order.

    With them whoever chose or ranked something else in the place of what was called off before,
    and whoever ranked what is called off now or takes place after all, or was moved away from the
    others.
    """
    people = (
        select(Registration.id)
        .where(
            Registration.congress_id == congress.id,
            Registration.state != RegistrationState.CANCELLED,
        )
        .order_by(Registration.id)
    )
    if item_ids is None:
        return people
    booked = select(Booking.registration_id).where(
        Booking.item_id.in_(item_ids), Booking.state != BookingState.CANCELLED
    )
    found = [booked, chosen_anew.waiting_for_word(congress.id)]
    if off := [number for number, face in news.faces.items() if face.cancelled]:
        found.append(chosen_anew.of(off))
    turned = news.turned(items)
    found += wishes.ranked(congress, turned, items)
    found += former_wishes.ranked(congress, turned.intersection(off), items)
    moved = {number for people in news.unranked.values() for number in people}
    everybody = or_(*(Registration.id.in_(each) for each in found), Registration.id.in_(moved))
    return people.where(everybody)
