"""Taking part in the other way, on site or online: by oneself, or by organisers."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from congress.domain.access import Actor
from congress.domain.hall import CONGRESS, Person
from congress.domain.modes import Mode
from congress.domain.switching import TakePart
from congress.queries.registrations import congress_of
from congress.services import places
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.transaction import transaction


def take_part(
    registration_id: int, mode: Mode, *, beyond: bool = False, actor: Actor, now: datetime
) -> bool:
    """Let somebody take part in one way from now on; whether that changed anything.

    Their calendar says it with the next revision, and the letter what was and what is. Organisers
    do it at any time and, with `beyond`, where no place is free. Raises what stands in the way.
    """
    by_organiser = not actor.is_attendee
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        wanted = TakePart(registration_id, mode, by_organiser, beyond)
        details = carry_out(ledger, wanted, partial(telling.changed, by_organiser=by_organiser))
        if details is None:
            return False
        ledger.record("mode_changed", actor=actor, registration_id=registration_id, details=details)
    return True


def carry_out(
    ledger: Ledger, wanted: TakePart, tell: Callable[[Ledger, Person], None]
) -> dict[str, Any] | None:
    """Let somebody take part in one way, inside a running transaction.

    They hear of it by `tell`, which gets what they had, or by the letter about a place they gain.
    Returns what the log keeps, None where nothing changed. Raises what stands in the way.
    """
    number, mode = wanted.person, wanted.mode
    ledger.know([number])
    had = ledger.hall.people[number]
    decision = ledger.decide(wanted)
    decision.require()
    if not decision.concerns(number):
        return None
    at = ledger.hall.counted_at(had.taking_part(mode), CONGRESS)
    is_beyond = had.in_congress and not ledger.hall.places[at].is_free
    ledger.apply(decision)
    if number not in ledger.gains:
        tell(ledger, had)
    telling.moved_up(ledger)
    ledger.by_hand = number
    others = sorted(person for person in ledger.gains if person != number)
    details: dict[str, Any] = {"mode": [had.mode, mode], "moved_up": others}
    if number in ledger.gains:
        details["gained"] = True
    if is_beyond:
        details["overbooked"] = [CONGRESS]
    return details
