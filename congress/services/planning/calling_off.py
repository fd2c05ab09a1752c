"""Calling off one workshop at once: its people hear of it, and have a place elsewhere meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import exists, select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.hall import Person
from congress.domain.moves import Grant
from congress.domain.planning import calling_off as rules
from congress.domain.planning.release import StateUnseen, tells_people
from congress.domain.registration import BookingState
from congress.domain.rehousing import Rehouse
from congress.extensions import db
from congress.models import Booking, WishDecision
from congress.queries import programme, wishes
from congress.queries.planning import contributors, scheduling
from congress.services import auditing, places, prolonging
from congress.services.changing import stated
from congress.services.mails import standing_in, telling
from congress.services.planning import publishing, reworking, telling_people
from congress.services.planning.publishing import Line
from congress.transaction import transaction

BOOKINGS, DECISIONS = table_of(Booking), table_of(WishDecision)


def call_off(
    item_id: int,
    *,
    into: int | None = None,
    day: date | None = None,
    seen: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Call off a workshop that is public; returns how many have a place `into` another one.

    Whoever had a place is given one there as far as there are any, in the order in which they
    had booked; everybody may choose again to the end of a `day`. All of it is told in one letter
    each, also to whoever ranked it where places are given by wishes. Of what else is edited
    nothing is published. Raises NotToBeCalledOff, NoTimeToChoose, StateUnseen where it is not as
    it was `seen`, and what stands in the way of the other one.
    """
    with transaction():
        held = reworking.hold(item_id)
        item, congress = scheduling.get_edited(item_id), held.seen
        rules.require_can_be_called_off(item, congress.state, now=now)
        ranked = wishes.count_ranked(congress, item_id, programme.released_items(congress.id))
        if seen != rules.mark_of(item, ranked):
            raise StateUnseen
        until = rules.chooses_until(day, congress, now=now)
        if until is not None:
            prolonging.let_choose(item_id, until)
        off = replace(held.before, cancelled=True)
        reworking.write(held, off, "item_edited", actor=actor, now=now)
        db.session.flush()
        concerned = contributors.concerned(congress.id, [held.row.code]).told
        face = replace(item.released or item.working, cancelled=True)
        shown = publishing.show(held.row, face, now=now)
        publishing.publish(
            held.congress,
            congress,
            Line("workshop_called_off", details={"until": until.isoformat() if until else None}),
            actor=actor,
            now=now,
            with_programme=False,
            moved={item_id: shown} if shown else {},
        )
        if tells_people(congress, now):
            telling_people.tell(congress, concerned, now=now)
        if into is None:
            return 0
        return _put(congress.id, item_id, into, actor=actor, now=now)


def _put(congress_id: int, item_id: int, into: int, *, actor: Actor, now: datetime) -> int:
    """Give its people places in another workshop, and tell them."""
    with places.held(congress_id, now=now) as ledger:
        people = _in_order(item_id, into)
        ledger.know(people)
        had = {each: ledger.hall.people[each] for each in people}
        decision = ledger.carry_out(Rehouse(tuple(people), item_id, into))
        given = [
            move.person for move in decision.moves if isinstance(move, Grant) and not move.moved_up
        ]
        _note(given, item_id, into)
        standing_in.tell(ledger, [had[each] for each in given])
        telling.moved_up(ledger)
        ledger.know(given)
        lines = [_line(had[each], ledger.hall.people[each], item_id) for each in given]
    auditing.record_all("put_elsewhere", lines, actor=actor, now=now, congress_id=congress_id)
    return len(given)


def _line(had: Person, has: Person, item_id: int) -> dict[str, object]:
    details = {"before": stated(had), "after": stated(has), "item": item_id}
    return {"registration_id": had.id, "details": details}


def _in_order(item_id: int, into: int) -> Sequence[int]:
    """Return who has a place in a workshop, in the order in which they had booked it.

    Nobody is put where organisers said that they are to be in no case.
    """
    ruled_out = exists().where(
        DECISIONS.c.registration_id == BOOKINGS.c.registration_id,
        DECISIONS.c.item_id == into,
        ~DECISIONS.c.is_given & ~DECISIONS.c.of_time,
    )
    found = select(BOOKINGS.c.registration_id).where(
        BOOKINGS.c.item_id == item_id, BOOKINGS.c.state == BookingState.CONFIRMED, ~ruled_out
    )
    return db.session.scalars(found.order_by(BOOKINGS.c.joined_at, BOOKINGS.c.id)).all()


def _note(people: Sequence[int], item_id: int, into: int) -> None:
    """Keep why they have the place."""
    db.session.execute(
        update(BOOKINGS)
        .where(
            BOOKINGS.c.registration_id.in_(people),
            BOOKINGS.c.item_id == into,
            BOOKINGS.c.state == BookingState.CONFIRMED,
        )
        .values(stands_in_for_id=item_id)
    )
