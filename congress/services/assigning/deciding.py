"""What organisers decide by hand of somebody's workshops, before places are given by wishes.

It moves nobody by itself: every run from then on keeps to it, until it is taken back or released.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select

from congress.base import table_of
from congress.domain import allocation
from congress.domain.access import Actor
from congress.domain.assignment.runs import HasNoPlace, NotDecidable
from congress.domain.registration import RegistrationState
from congress.domain.slots import Slot
from congress.extensions import db
from congress.models import Registration, WishDecision
from congress.queries import assignment_decisions as queries
from congress.queries import congresses, programme
from congress.services import auditing
from congress.transaction import transaction

DECISIONS, PEOPLE = table_of(WishDecision), table_of(Registration)


def give(
    congress_id: int, registration_id: int, item_id: int, *, actor: Actor, now: datetime
) -> None:
    """Decide that somebody has a workshop in any case, whatever they wished for at that time.

    Raises NotDecidable and HasNoPlace.
    """
    _decide(congress_id, registration_id, [item_id], is_given=True, actor=actor, now=now)


def bar(
    congress_id: int,
    registration_id: int,
    item_ids: Collection[int],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Decide that somebody has none of these workshops of one time in any case.

    Raises NotDecidable and HasNoPlace.
    """
    _decide(congress_id, registration_id, item_ids, is_given=False, actor=actor, now=now)


def take_back(
    congress_id: int, registration_id: int, item_id: int, *, actor: Actor, now: datetime
) -> None:
    """Take back what was decided of somebody for the time of a workshop; wishes count again.

    Where nothing is decided any more nothing happens: somebody pressed twice.
    """
    with transaction():
        slot = _slot_of(congress_id, [item_id])
        if _forget(registration_id, slot):
            _record("wish_decision_taken_back", congress_id, registration_id, item_id, actor, now)


def _decide(
    congress_id: int,
    registration_id: int,
    item_ids: Collection[int],
    *,
    is_given: bool,
    actor: Actor,
    now: datetime,
) -> None:
    with transaction():
        slot = _slot_of(congress_id, item_ids)
        _require_place(congress_id, registration_id)
        wanted = dict.fromkeys(item_ids, is_given)
        if queries.of_person(registration_id, _items_of(slot)) == wanted:
            return  # pressed twice
        _forget(registration_id, slot)
        common = {
            "congress_id": congress_id,
            "registration_id": registration_id,
            "is_given": is_given,
            "decided_by": actor.user_id,
            "decided_at": now,
        }
        db.session.execute(
            insert(DECISIONS), [common | {"item_id": each} for each in sorted(item_ids)]
        )
        one = min(item_ids)
        verb = "wish_decided" if is_given else "wish_barred"
        if len(item_ids) > 1:
            verb = "wish_nothing_decided"
        _record(verb, congress_id, registration_id, one, actor, now)


def _slot_of(congress_id: int, item_ids: Collection[int]) -> Slot:
    """Hold the congress and return the choice that all these workshops are of."""
    heading = congresses.hold(congress_id)
    by_default = congresses.with_content(heading).rules.allocation
    items = programme.kept_items(heading)
    wanted = set(item_ids)
    for slot in allocation.by_wishes(items, by_default):
        if wanted and wanted <= {each.id for each in slot.workshops if not each.face.cancelled}:
            return slot
    raise NotDecidable


def _require_place(congress_id: int, registration_id: int) -> None:
    state = db.session.scalars(
        select(PEOPLE.c.state).where(
            PEOPLE.c.id == registration_id, PEOPLE.c.congress_id == congress_id
        )
    ).one_or_none()
    if state != RegistrationState.CONFIRMED:
        raise HasNoPlace


def _forget(registration_id: int, slot: Slot) -> bool:
    """Delete what was decided of somebody in a choice; whether there was anything."""
    gone = db.session.execute(
        delete(DECISIONS)
        .where(
            DECISIONS.c.registration_id == registration_id,
            DECISIONS.c.item_id.in_(_items_of(slot)),
        )
        .returning(DECISIONS.c.id)
    ).all()
    return bool(gone)


def _items_of(slot: Slot) -> list[int]:
    return [each.id for each in slot.workshops]


def _record(
    verb: str, congress_id: int, registration_id: int, item_id: int, actor: Actor, now: datetime
) -> None:
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=congress_id,
        registration_id=registration_id,
        item_id=item_id,
    )
