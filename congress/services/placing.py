"""How many places there are: more let the queue move up, fewer remove nobody."""

from collections.abc import Collection, Mapping
from datetime import datetime

from congress.domain.access import Actor
from congress.domain.hall import Key
from congress.domain.places import PassOn, Resize
from congress.services import places
from congress.services.mails import telling
from congress.services.places import Ledger

Sizes = Mapping[Key, tuple[int | None, bool]]  # the capacity (None has no limit), and may one queue


def adopt_places(
    congress_id: int, sizes: Sizes, *, freed: Collection[int] = (), actor: Actor, now: datetime
) -> None:
    """Take over numbers of places inside a running transaction, and tell who moves up.

    Some may move up also in what is `freed` of a rule that kept them out.
    """
    with places.held(congress_id, now=now) as ledger:
        resize(ledger, sizes, actor=actor)
        if freed:
            ledger.carry_out(PassOn(frozenset(freed)))
        if ledger.holds_back_otherwise:
            ledger.count_anew()
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
        count = sum(gain.includes(key) for gain in gains.values())
        details = {
            "before": before[key].capacity,
            "capacity": ledger.hall.places[key].capacity,
            "moved_up": count,
        }
        is_open = ledger.hall.places[key].waiting_list_open
        if before[key].waiting_list_open != is_open:
            details["waiting_list"] = is_open
        ledger.record("places_set", actor=actor, item_id=key, details=details)
