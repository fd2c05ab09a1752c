"""How many places there are: more let the queue move up, fewer remove nobody."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.extensions import db
from congress.models import ProgrammeItem
from congress.queries.programme import released_items
from congress.services import auditing, notifying, places
from congress.transaction import transaction


def set_congress_places(
    congress_id: int, capacity: int | None, *, waiting_list: bool, actor: Actor, now: datetime
) -> None:
    """Set the places of a congress; None has no limit."""
    with transaction():
        adopt_places(congress_id, {None: (capacity, waiting_list)}, actor=actor, now=now)


def set_workshop_places(
    item_id: int, capacity: int | None, *, waiting_list: bool, actor: Actor, now: datetime
) -> None:
    """Set the places of one workshop; None has no limit."""
    with transaction():
        congress_id = db.session.scalars(
            select(ProgrammeItem.congress_id).where(ProgrammeItem.id == item_id)
        ).one()
        adopt_places(congress_id, {item_id: (capacity, waiting_list)}, actor=actor, now=now)


def pass_on(congress_id: int, item_ids: Collection[int], *, now: datetime) -> None:
    """Inside a running transaction, let the queues of workshops move up where places are free.

    A workshop that takes place after all may have had people waiting while it did not.
    """
    if item_ids:
        _pass_on(congress_id, item_ids, now=now)


def pass_on_everywhere(congress_id: int, *, now: datetime) -> None:
    """Inside a running transaction, let everybody move up who may after all.

    A congress that takes place again may have lost people while nobody could move up.
    """
    item_ids = [item.id for item in released_items(congress_id) if item.bookable]
    _pass_on(congress_id, item_ids, now=now)


def _pass_on(congress_id: int, item_ids: Collection[int], *, now: datetime) -> None:
    ledger = places.hold(congress_id, item_ids, now=now)
    places.fill_up(ledger, set(ledger.items))
    if ledger.gained:
        notifying.moved_up(ledger)
        ledger.write()


def adopt_places(
    congress_id: int,
    wanted: dict[int | None, tuple[int | None, bool]],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Take over capacities inside a running transaction: of items by id, of the congress by None.

    Places below those taken are written down as overbooked; places gained go to the queues, and
    those who move up are told.
    """
    items = {key for key in wanted if key is not None}
    ledger = places.hold(congress_id, items, now=now)
    changed = []
    for key, (capacity, waiting_list) in wanted.items():
        before = ledger.places(key)
        if (before.capacity, before.waiting_list_open) != (capacity, waiting_list):
            ledger.set_capacity(key, capacity, waiting_list=waiting_list)
            changed.append(key)
    if not changed:
        return
    places.fill_up(ledger, {key for key in changed if key is not None})
    notifying.moved_up(ledger)
    for key in changed:
        auditing.record(
            "places_set",
            actor=actor,
            now=now,
            congress_id=congress_id,
            item_id=key,
            details={
                "capacity": ledger.places(key).capacity,
                "moved_up": sum(gained.went_to(key) for gained in ledger.gained.values()),
            },
        )
    ledger.write()
