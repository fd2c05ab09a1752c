"""Giving and taking places: the part of every use case that decides who sits where.

Whoever changes places holds the congress first and then its workshops by id, so that two use
cases never wait for each other crosswise. Counters change in the database, and its CHECK is
the last guard; the rules work with the values that were read under the lock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from congress.base import table_of
from congress.domain.congresses import CongressState
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.waiting_list import can_move_up, overbooked
from congress.domain.workshops import Places
from congress.extensions import db
from congress.models import Booking, Registration
from congress.models import Congress as CongressRow
from congress.models import ProgrammeItem as ItemRow
from congress.queries import congresses
from congress.queries.congresses import HEADING, Heading
from congress.queries.programme import COLUMNS, as_item

CONGRESSES = table_of(CongressRow)
ITEMS = table_of(ItemRow)

# Made once: putting a statement together costs more than carrying it out.
HELD_CONGRESS = (
    select(*HEADING)
    .where(CONGRESSES.c.id == bindparam("congress_id"))
    .with_for_update(key_share=True)
)
HELD_ITEMS = (
    select(*COLUMNS)
    .where(
        ITEMS.c.id.in_(bindparam("item_ids", expanding=True)),
        ITEMS.c.bookable,
        ITEMS.c.released_starts_at.is_not(None),
    )
    .order_by(ITEMS.c.id)
    .with_for_update(key_share=True)
)
HELD_ITEMS_OF_CONGRESS = HELD_ITEMS.where(ITEMS.c.congress_id == bindparam("congress_id"))
COUNT_IN_CONGRESS, COUNT_IN_ITEM = (
    update(table)
    .where(table.c.id == bindparam("counted_id"))
    .values(
        capacity=bindparam("new_capacity"),
        waiting_list=bindparam("is_open"),
        overbooked=bindparam("too_many"),
        taken=table.c.taken + bindparam("more_taken"),
        waiting=table.c.waiting + bindparam("more_waiting"),
    )
    for table in (CONGRESSES, ITEMS)
)
COUNT_IN_CONGRESS = COUNT_IN_CONGRESS.values(revision=CONGRESSES.c.revision + 1)
PEOPLE, BOOKINGS = table_of(Registration), table_of(Booking)
LAST_OF_CONGRESS = select(func.max(PEOPLE.c.joined_at)).where(
    PEOPLE.c.congress_id == bindparam("congress_id"),
    PEOPLE.c.state == RegistrationState.WAITING,
)
LAST_OF_ITEMS = (
    select(BOOKINGS.c.item_id, func.max(BOOKINGS.c.joined_at))
    .where(
        BOOKINGS.c.item_id.in_(bindparam("item_ids", expanding=True)),
        BOOKINGS.c.state == BookingState.WAITING,
    )
    .group_by(BOOKINGS.c.item_id)
)


@dataclass
class Gained:
    """What one person won by moving up, and the places given up for it."""

    congress: bool = False
    workshops: list[int] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)

    def went_to(self, of: int | None) -> bool:
        """Whether this person moved up into a workshop, or with None into the congress."""
        return self.congress if of is None else of in self.workshops


@dataclass
class Ledger:
    """The places of one congress while they are held: read under the lock, written at the end."""

    heading: Heading
    items: dict[int, ProgrammeItem]
    now: datetime
    gained: dict[int, Gained] = field(default_factory=dict)
    _changed: dict[int | None, Places] = field(default_factory=dict)

    @property
    def may_move_up(self) -> bool:
        """Nobody moves up once the congress has begun, or when it does not take place."""
        congress = congresses.with_content(self.heading)
        return self.heading.state is CongressState.PUBLISHED and self.now < congress.starts_at

    @property
    def congress(self) -> Places:
        return self._changed.get(None, self.heading.places)

    def item(self, item_id: int) -> ProgrammeItem:
        """An item with its places as they stand now; read and held when first asked for."""
        if item_id not in self.items:
            self.items.update(lock_items([item_id]))
        item = self.items[item_id]
        return replace(item, places=self._changed.get(item_id, item.places))

    def places(self, of: int | None) -> Places:
        """The places of a workshop, or with None those of the congress."""
        return self.congress if of is None else self.item(of).places

    def change(self, of: int | None, *, taken: int = 0, waiting: int = 0) -> None:
        """Count places taken and people waiting up or down."""
        before = self.places(of)
        self._changed[of] = replace(
            before,
            taken=before.taken + taken,
            waiting=before.waiting + waiting,
            overbooked=overbooked(before.capacity, before.taken + taken),
        )

    def set_capacity(self, of: int | None, capacity: int | None, *, waiting_list: bool) -> None:
        """Change how many places there are; too few for those inside is written down."""
        before = self.places(of)
        self._changed[of] = replace(
            before,
            capacity=capacity,
            waiting_list_open=waiting_list,
            overbooked=overbooked(capacity, before.taken),
        )

    def write(self) -> None:
        """Write the counters and raise the revision of the congress."""
        congress = _change(self.heading.id, self.heading.places, self.congress)
        db.session.execute(COUNT_IN_CONGRESS, congress)
        changed = sorted(key for key in self._changed if key is not None)
        items = [_change(key, self.items[key].places, self._changed[key]) for key in changed]
        if items:
            db.session.execute(COUNT_IN_ITEM, items)


def _change(counted_id: int, before: Places, after: Places) -> dict[str, object]:
    """Return what makes the places of a row from before those after."""
    return {
        "counted_id": counted_id,
        "new_capacity": after.capacity,
        "is_open": after.waiting_list_open,
        "too_many": after.overbooked,
        "more_taken": after.taken - before.taken,
        "more_waiting": after.waiting - before.waiting,
    }


def hold(congress_id: int, item_ids: Iterable[int] = (), *, now: datetime) -> Ledger:
    """Hold a congress and some of its workshops until the transaction ends."""
    row = db.session.execute(HELD_CONGRESS, {"congress_id": congress_id}).one()
    return Ledger(congresses.as_heading(row), lock_items(item_ids, congress_id), now)


def lock_items(item_ids: Iterable[int], congress_id: int | None = None) -> dict[int, ProgrammeItem]:
    """Hold released workshops, in the order of their ids; of one congress if it is named."""
    ids = sorted(set(item_ids))
    if not ids:
        return {}
    if congress_id is None:
        rows = db.session.execute(HELD_ITEMS, {"item_ids": ids})
    else:
        key = {"item_ids": ids, "congress_id": congress_id}
        rows = db.session.execute(HELD_ITEMS_OF_CONGRESS, key)
    return {row.id: as_item(row) for row in rows}


def joins_congress_queue(ledger: Ledger) -> datetime:
    """Return when somebody joins the queue of the congress: not before those who stand there.

    Locks are not given in the order of arrival and clocks are set back; who was told a position
    keeps it.
    """
    last = db.session.scalars(LAST_OF_CONGRESS, {"congress_id": ledger.heading.id}).one()
    return max(ledger.now, last or ledger.now)


def joins_workshop_queues(item_ids: Iterable[int], *, now: datetime) -> dict[int, datetime]:
    """Return when somebody joins the queues of these workshops, by their ids; held workshops."""
    joins = dict.fromkeys(item_ids, now)
    if joins:
        rows = db.session.execute(LAST_OF_ITEMS, {"item_ids": list(joins)})
        joins |= {item_id: max(now, last) for item_id, last in rows}
    return joins


def fill_up(ledger: Ledger, item_ids: Iterable[int] = ()) -> None:
    """Pass on every free place to the head of its queue, until no one can move up.

    A place given up for another is free in its turn, in the same transaction.
    """
    if not ledger.may_move_up:
        return
    free = set(item_ids)
    while can_move_up(ledger.congress):
        free |= let_into_congress(ledger, _head_of_congress_queue(ledger.heading.id))
    while free:
        item_id = min(free)
        free.remove(item_id)
        while can_move_up(ledger.item(item_id).places) and not ledger.item(item_id).face.cancelled:
            free |= let_into_workshop(ledger, _head_of_workshop_queue(item_id))


def _head_of_congress_queue(congress_id: int) -> int:
    return db.session.scalars(
        select(Registration.id)
        .where(
            Registration.congress_id == congress_id,
            Registration.state == RegistrationState.WAITING,
        )
        .order_by(Registration.priority, Registration.joined_at, Registration.id)
        .limit(1)
    ).one()


def let_into_congress(ledger: Ledger, registration_id: int) -> set[int]:
    """Confirm somebody who waits for the congress, and let the kept wishes join their queues.

    Returns the workshops where somebody may now move up.
    """
    db.session.execute(
        update(Registration)
        .where(Registration.id == registration_id)
        .values(state=RegistrationState.CONFIRMED, changed_at=ledger.now),
        execution_options={"synchronize_session": False},
    )
    ledger.change(None, taken=1, waiting=-1)
    ledger.gained.setdefault(registration_id, Gained()).congress = True
    wishes = db.session.scalars(
        select(Booking.item_id)
        .where(Booking.registration_id == registration_id, Booking.state == BookingState.WAITING)
        .order_by(Booking.id)
    ).all()
    for item_id in wishes:
        ledger.change(item_id, waiting=1)
    return set(wishes)


def _head_of_workshop_queue(item_id: int) -> int:
    return db.session.scalars(
        select(Booking.id)
        .join(Registration, Registration.id == Booking.registration_id)
        .where(
            Booking.item_id == item_id,
            Booking.state == BookingState.WAITING,
            Registration.state == RegistrationState.CONFIRMED,
        )
        .order_by(Booking.priority, Booking.joined_at, Booking.id)
        .limit(1)
    ).one()


def let_into_workshop(ledger: Ledger, booking_id: int) -> set[int]:
    """Confirm somebody who waits for a workshop and give up the place held meanwhile.

    Returns the workshops where a place became free.
    """
    row = db.session.execute(
        select(Booking.registration_id, Booking.item_id, Booking.instead_of_id).where(
            Booking.id == booking_id
        )
    ).one()
    set_booking(booking_id, BookingState.CONFIRMED, now=ledger.now)
    ledger.change(row.item_id, taken=1, waiting=-1)
    gained = ledger.gained.setdefault(row.registration_id, Gained())
    gained.workshops.append(row.item_id)
    if row.instead_of_id is None:
        return set()
    given_up = give_up(ledger, row.instead_of_id, in_congress=True)
    if given_up is None:
        return set()
    gained.given_up.append(given_up)
    return {given_up}


def give_up(ledger: Ledger, booking_id: int, *, in_congress: bool) -> int | None:
    """Cancel an active booking and return its workshop; None if it was cancelled before.

    Only the queue of people who are in the congress is counted.
    """
    row = db.session.execute(
        select(Booking.item_id, Booking.state).where(Booking.id == booking_id)
    ).one()
    if row.state == BookingState.CANCELLED:
        return None
    set_booking(booking_id, BookingState.CANCELLED, now=ledger.now)
    if row.state == BookingState.CONFIRMED:
        ledger.change(row.item_id, taken=-1)
    elif in_congress:
        ledger.change(row.item_id, waiting=-1)
    return int(row.item_id)


def set_booking(booking_id: int, state: BookingState, *, now: datetime) -> None:
    """Write the state of one booking."""
    db.session.execute(
        update(Booking).where(Booking.id == booking_id).values(state=state, changed_at=now),
        execution_options={"synchronize_session": False},
    )
