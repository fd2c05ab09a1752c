"""What organisers decide by hand of somebody's workshops, before places are given by wishes.

It moves nobody by itself: every run from then on keeps to it, until it is taken back. Once it is
released `domain.assignment.decisions` says how long it holds.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from congress.base import table_of
from congress.domain import allocation
from congress.domain.access import Actor
from congress.domain.assignment.decisions import Decided
from congress.domain.assignment.runs import HasNoPlace, NotDecidable
from congress.domain.conditions import require
from congress.domain.congresses import Congress
from congress.domain.hall import Hall
from congress.domain.mode_conditions import fits_mode
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.slots import Slot
from congress.domain.workshops import why_not_both
from congress.extensions import db
from congress.models import Booking, Registration, WishDecision
from congress.queries import assignment_decisions as queries
from congress.queries import congresses, programme
from congress.queries.registrations import standings
from congress.services import auditing
from congress.transaction import transaction

DECISIONS, PEOPLE, BOOKINGS = map(table_of, (WishDecision, Registration, Booking))
VERBS = {
    Decided(is_given=True): "wish_decided",
    Decided(is_given=False): "wish_barred",
    Decided(is_given=False, of_time=True): "wish_nothing_decided",
}


def give(
    congress_id: int, registration_id: int, item_id: int, *, actor: Actor, now: datetime
) -> None:
    """Decide that somebody has a workshop in any case, whatever they wished for at that time.

    Raises NotDecidable, HasNoPlace, NotInThisMode where they take part the other way, and
    WorkshopsClash where they have something else that excludes it: no run could give it then.
    """
    _decide(congress_id, registration_id, item_id, Decided(is_given=True), actor=actor, now=now)


def bar(
    congress_id: int, registration_id: int, item_id: int, *, actor: Actor, now: datetime
) -> None:
    """Decide that somebody has a workshop in no case; raises NotDecidable and HasNoPlace."""
    _decide(congress_id, registration_id, item_id, Decided(is_given=False), actor=actor, now=now)


def bar_all(
    congress_id: int, registration_id: int, item_id: int, *, actor: Actor, now: datetime
) -> None:
    """Decide that somebody has no workshop at the time of this one, nor any that is added then.

    Raises NotDecidable and HasNoPlace.
    """
    none = Decided(is_given=False, of_time=True)
    _decide(congress_id, registration_id, item_id, none, actor=actor, now=now)


def take_back(
    congress_id: int, registration_id: int, item_id: int, *, actor: Actor, now: datetime
) -> None:
    """Take back what was decided of somebody for the time of a workshop; wishes count again.

    Where nothing is decided any more nothing happens: somebody pressed twice.
    """
    with transaction():
        _congress, _items, slots = _choices(congress_id)
        slot = _slot_of(item_id, slots)
        held = queries.of_person(registration_id, [slot])
        _forget(registration_id, slot)
        if held:
            verb = "wish_decision_taken_back"
            _record(verb, congress_id, registration_id, item_id, slot, actor=actor, now=now)


def take_back_one(
    congress_id: int, registration_id: int, item_id: int, *, actor: Actor, now: datetime
) -> None:
    """Take back what was decided of somebody and one workshop; what else is of its time stays.

    That they have none at that time is one decision. Where nothing is decided any more nothing
    happens: somebody pressed twice.
    """
    with transaction():
        _congress, _items, slots = _choices(congress_id)
        slot = next((each for each in slots if item_id in _items_of(each)), None)
        if slot is None:
            raise NotDecidable
        said = queries.of_person(registration_id, [slot])
        if item_id not in said:
            return
        of_time = said[item_id].decided.of_time
        gone = [key for key in said if said[key].decided.of_time] if of_time else [item_id]
        mine = DECISIONS.c.registration_id == registration_id
        db.session.execute(delete(DECISIONS).where(mine, DECISIONS.c.item_id.in_(gone)))
        verb = "wish_nothing_taken_back" if of_time else "wish_one_taken_back"
        _record(verb, congress_id, registration_id, item_id, slot, actor=actor, now=now)


def _decide(
    congress_id: int,
    registration_id: int,
    item_id: int,
    decided: Decided,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    with transaction():
        congress, items, slots = _choices(congress_id)
        slot = _slot_of(item_id, slots)
        _require_place(congress_id, registration_id)
        about = sorted(_offered(slot)) if decided.of_time else [item_id]
        known = queries.of_person(registration_id, [slot])
        if {key: each.decided for key, each in known.items()} == dict.fromkeys(about, decided):
            return  # pressed twice
        if decided.is_given:
            _require_mode(congress, items, registration_id, item_id, now)
            _require_no_clash(registration_id, item_id, slot, slots, items)
        _forget(registration_id, slot)
        common = {
            "congress_id": congress_id,
            "registration_id": registration_id,
            "decided_by": actor.user_id,
            "decided_at": now,
        } | decided._asdict()
        db.session.execute(insert(DECISIONS), [common | {"item_id": each} for each in about])
        verb = VERBS[decided]
        _record(verb, congress_id, registration_id, about[0], slot, actor=actor, now=now)


def _choices(congress_id: int) -> tuple[Congress, Sequence[ProgrammeItem], list[Slot]]:
    """Hold the congress and return it, its items, and the choices whose places wishes decide."""
    heading = congresses.hold(congress_id)
    congress = congresses.with_content(heading)
    items = programme.kept_items(heading)
    return congress, items, allocation.by_wishes(items, congress.rules.allocation)


def _slot_of(item_id: int, slots: Iterable[Slot]) -> Slot:
    """Return the choice that a workshop is of, if it takes place."""
    for slot in slots:
        if item_id in _offered(slot):
            return slot
    raise NotDecidable


def _offered(slot: Slot) -> set[int]:
    return {each.id for each in slot.workshops if not each.face.cancelled}


def _require_mode(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    registration_id: int,
    item_id: int,
    now: datetime,
) -> None:
    """Refuse a workshop that cannot be attended in the way that somebody takes part."""
    hall = Hall.of(congress, items, now=now)
    [standing] = standings([registration_id])
    require((fits_mode,), hall, standing.person, item_id)


def _require_no_clash(
    registration_id: int,
    item_id: int,
    slot: Slot,
    slots: Iterable[Slot],
    items: Iterable[ProgrammeItem],
) -> None:
    """Refuse a workshop that excludes what somebody keeps, or what was decided of another time.

    What they have in choices that are assigned together with this one may still be moved.
    """
    workshops = {item.id: item.workshop for item in items if item.bookable}
    together = [
        each for each in slots if allocation.is_assigned(each) == allocation.is_assigned(slot)
    ]
    movable = {key for each in together for key in _items_of(each)}
    others = [each for each in together if each.key != slot.key]
    decided = queries.of_person(registration_id, others)
    booked = db.session.scalars(
        select(BOOKINGS.c.item_id).where(
            BOOKINGS.c.registration_id == registration_id,
            BOOKINGS.c.state == BookingState.CONFIRMED,
        )
    )
    kept = {key for key in booked if key not in movable}
    for key in sorted(kept | {other for other, said in decided.items() if said.decided.is_given}):
        if (reason := why_not_both(workshops[item_id], workshops[key])) is not None:
            raise reason


def _require_place(congress_id: int, registration_id: int) -> None:
    state = db.session.scalars(
        select(PEOPLE.c.state).where(
            PEOPLE.c.id == registration_id, PEOPLE.c.congress_id == congress_id
        )
    ).one_or_none()
    if state != RegistrationState.CONFIRMED:
        raise HasNoPlace


def _forget(registration_id: int, slot: Slot) -> None:
    """Delete what was decided of somebody in a choice, also what does not hold any more."""
    db.session.execute(
        delete(DECISIONS).where(
            DECISIONS.c.registration_id == registration_id,
            DECISIONS.c.item_id.in_(_items_of(slot)),
        )
    )


def _items_of(slot: Slot) -> list[int]:
    return [each.id for each in slot.workshops]


def _record(
    verb: str,
    congress_id: int,
    registration_id: int,
    item_id: int,
    slot: Slot,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=congress_id,
        registration_id=registration_id,
        item_id=item_id,
        details={"time": time_of(slot)},
    )


def time_of(slot: Slot) -> list[str]:
    """Return of which time something was decided, for the log."""
    return [slot.time.starts_at.isoformat(), slot.time.ends_at.isoformat()]
