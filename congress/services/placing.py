"""How many places there are: more let the queue move up, fewer remove nobody."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.hall import CONGRESS, Key
from congress.domain.places import Resize
from congress.extensions import db
from congress.models import ProgrammeItem
from congress.services import auditing, places
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.transaction import transaction

Sizes = Mapping[Key, tuple[int | None, bool]]  # the capacity (None has no limit), and may one queue


def set_congress_places(
    congress_id: int, capacity: int | None, *, waiting_list: bool, actor: Actor, now: datetime
) -> None:
    """Set the places of a congress; None has no limit."""
    with transaction():
        adopt_places(congress_id, {CONGRESS: (capacity, waiting_list)}, actor=actor, now=now)


def set_workshop_places(
    item_id: int, capacity: int | None, *, waiting_list: bool, actor: Actor, now: datetime
) -> None:
    """Set the places of one workshop; None has no limit."""
    with transaction():
        congress_id = db.session.scalars(
            select(ProgrammeItem.congress_id).where(ProgrammeItem.id == item_id)
        ).one()
        adopt_places(congress_id, {item_id: (capacity, waiting_list)}, actor=actor, now=now)


def adopt_places(congress_id: int, sizes: Sizes, *, actor: Actor, now: datetime) -> None:
    """Take over numbers of places inside a running transaction, and tell who moves up."""
    with places.held(congress_id, now=now) as ledger:
        resize(ledger, sizes, actor=actor)
        telling.moved_up(ledger)


def resize(ledger: Ledger, sizes: Sizes, *, actor: Actor) -> None:
    """Change places that are held.

    Places below those taken are written down as overbooked; places gained go to the queues.
    """
    before = ledger.hall.places
    changed = [
        key
        for key, size in sizes.items()
        if (before[key].capacity, before[key].waiting_list_open) != size
    ]
    if not changed:
        return
    gains = ledger.carry_out(Resize(sizes)).gains
    for key in changed:
        auditing.record(
            "places_set",
            actor=actor,
            now=ledger.now,
            congress_id=ledger.heading.id,
            item_id=key,
            details={
                "capacity": ledger.hall.places[key].capacity,
                "moved_up": sum(gain.includes(key) for gain in gains.values()),
            },
        )
