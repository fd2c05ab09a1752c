"""What organisers decided by hand stays beyond the release, and goes where people go."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, case, delete, select, update

from congress.base import columns_of, table_of
from congress.domain import allocation
from congress.domain.access import Actor
from congress.domain.registration import BookingState
from congress.domain.slots import Slot
from congress.extensions import db
from congress.models import Booking, WishDecision
from congress.queries import assignment_decisions as queries
from congress.queries.assignment_decisions import Decision
from congress.services.assigning.deciding import time_of
from congress.services.places import Ledger

DECISIONS, BOOKINGS = table_of(WishDecision), table_of(Booking)


def release(congress_id: int, slots: Sequence[Slot], *, now: datetime) -> None:
    """Note of what places it is that were given by hand, once they are; what is over goes.

    Inside a running transaction.
    """
    here = (DECISIONS.c.congress_id == congress_id, DECISIONS.c.item_id.in_(_items_of(slots)))
    new = update(DECISIONS).where(*here, DECISIONS.c.released_at.is_(None))
    place = case((DECISIONS.c.is_given, _place_of(DECISIONS.c.registration_id)))
    db.session.execute(new.values(released_at=now, booking_id=place))
    _forget_rest(here, queries.of_congress(congress_id, slots))


def hand_on(gone: int, came: int) -> None:
    """Let what is still to be released of somebody go on with whoever comes instead.

    What was released was about the one who is gone. Inside a running transaction.
    """
    of_gone = DECISIONS.c.registration_id == gone
    to_come = update(DECISIONS).where(of_gone, DECISIONS.c.released_at.is_(None))
    db.session.execute(to_come.values(registration_id=came))
    db.session.execute(delete(DECISIONS).where(of_gone))


def unite(ledger: Ledger, kept: int, other: int, of_other: Collection[int]) -> None:
    """Let what held of the other registration, of these workshops, hold of the one that goes on.

    In each choice of which nothing holds of that one, once it has what is kept of both; a place by
    hand has to be among that. Inside a running transaction.
    """
    slots = _slots(ledger)
    choice_of = {item.id: slot.key for slot in slots for item in slot.workshops}
    of_kept = DECISIONS.c.registration_id == kept
    mine = queries.of_person(kept, slots)
    _forget_rest((of_kept,), mine.values())
    known = {choice_of[key] for key in mine}
    goes_on = [key for key in of_other if choice_of[key] not in known]
    theirs = DECISIONS.c.registration_id == other
    is_place = DECISIONS.c.booking_id.is_not(None)
    passed = update(DECISIONS).where(theirs, DECISIONS.c.item_id.in_(goes_on))
    place = case((is_place, _place_of(kept)))
    db.session.execute(passed.values(registration_id=kept, booking_id=place))
    db.session.execute(delete(DECISIONS).where(theirs))
    _forget_rest((of_kept,), queries.of_person(kept, slots).values())


def of_person(ledger: Ledger, person: int) -> Collection[int]:
    """Return the workshops of which something decided by hand holds of somebody."""
    return queries.of_person(person, _slots(ledger)).keys()


def lift(ledger: Ledger, person: int, given: Collection[int], *, actor: Actor) -> None:
    """End what was ruled out for somebody where organisers give them just that by hand.

    Inside a running transaction.
    """
    for slot in _slots(ledger) if given else ():
        here = [item.id for item in slot.workshops]
        if not (got := set(here) & set(given)):
            continue
        ruled_out = (~DECISIONS.c.is_given, DECISIONS.c.of_time | DECISIONS.c.item_id.in_(got))
        about = (DECISIONS.c.registration_id == person, DECISIONS.c.item_id.in_(here))
        gone = delete(DECISIONS).where(*about, *ruled_out)
        rows = db.session.execute(gone.returning(*columns_of(DECISIONS, "item_id of_time"))).all()
        verbs = {
            "wish_nothing_taken_back" if row.of_time else "wish_one_taken_back": row.item_id
            for row in rows
        }
        for verb, item in verbs.items():
            ledger.record(
                verb,
                actor=actor,
                registration_id=person,
                item_id=item,
                details={"time": time_of(slot)},
            )


def _slots(ledger: Ledger) -> list[Slot]:
    return allocation.by_wishes(list(ledger.items().values()), ledger.congress.rules.allocation)


def _items_of(slots: Iterable[Slot]) -> list[int]:
    return [item.id for slot in slots for item in slot.workshops]


def _place_of(person: ColumnElement[int] | int) -> ScalarSelect[int]:
    """Return the place that somebody has in the workshop of a decision."""
    return (
        select(BOOKINGS.c.id)
        .where(
            BOOKINGS.c.registration_id == person,
            BOOKINGS.c.item_id == DECISIONS.c.item_id,
            BOOKINGS.c.state == BookingState.CONFIRMED,
        )
        .scalar_subquery()
    )


def _forget_rest(here: Iterable[ColumnElement[bool]], held: Iterable[Decision]) -> None:
    """Delete what was decided and does not hold any more."""
    still = {(each.registration_id, each.item_id) for each in held}
    rows = db.session.execute(
        select(*columns_of(DECISIONS, "id registration_id item_id")).where(*here)
    )
    over = [row.id for row in rows if (row.registration_id, row.item_id) not in still]
    if over:
        db.session.execute(delete(DECISIONS).where(DECISIONS.c.id.in_(over)))
