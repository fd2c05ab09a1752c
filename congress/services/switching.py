"""Taking part in the other way, on site or online: by oneself, or by organisers."""

from datetime import datetime

from congress.domain.access import Actor
from congress.domain.hall import CONGRESS
from congress.domain.modes import Mode
from congress.domain.switching import TakePart
from congress.queries.registrations import congress_of
from congress.services import places
from congress.services.mails import telling
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
        ledger.know([registration_id])
        had = ledger.hall.people[registration_id]
        decision = ledger.decide(TakePart(registration_id, mode, by_organiser, beyond))
        decision.require()
        changed = [each for each in decision.moves if each.person == registration_id]
        if not changed:
            return False
        at = ledger.hall.counted_at(had.taking_part(mode), CONGRESS)
        is_beyond = had.in_congress and not ledger.hall.places[at].is_free
        ledger.apply(decision)
        if registration_id not in ledger.gains:  # else the letter about the place says it
            telling.changed(ledger, had, by_organiser=by_organiser)
        telling.moved_up(ledger)
        ledger.by_hand = registration_id
        others = sorted(person for person in ledger.gains if person != registration_id)
        details: dict[str, object] = {"mode": [had.mode, mode], "moved_up": others}
        if registration_id in ledger.gains:
            details["gained"] = True
        if is_beyond:
            details["overbooked"] = [CONGRESS]
        ledger.record("mode_changed", actor=actor, registration_id=registration_id, details=details)
    return True
