"""Deciding whether somebody takes part who asked to: yes, or no with a reason."""

from datetime import datetime
from typing import Any

from congress.domain import conditions
from congress.domain.accepting import Accept
from congress.domain.access import Actor
from congress.domain.change_requests import ReasonMissing
from congress.domain.confirming import require_confirmed
from congress.domain.hall import CONGRESS, Key
from congress.domain.places import Withdraw
from congress.domain.registration import BookingState
from congress.domain.room import ByHand
from congress.domain.standing import Standing
from congress.queries.registrations import standings
from congress.services import places
from congress.services.mails import admission_letters, telling
from congress.services.places import Ledger
from congress.transaction import transaction


def accept(
    congress_id: int, registration_id: int, *, by_hand: ByHand, actor: Actor, now: datetime
) -> Standing:
    """Let somebody take part, tell them as anybody who registers, and return where they stand.

    `by_hand` says what is to be where no place is free. Raises NotRequested, NotConfirmedYet, and
    what stands in the way: then it is still to be decided.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        asked = _hold(ledger, registration_id)
        person = ledger.hall.people[registration_id]
        full = [key for key in _wanted(asked) if conditions.room(ledger.hall, person, key)]
        decision = ledger.carry_out(Accept(registration_id, by_hand))
        ledger.gains.pop(registration_id, None)  # the confirmation says what they have
        [standing] = standings([registration_id])
        # Whoever withdrew before goes on with the calendar entries of then.
        telling.registered(ledger.congress, standing, came_back=True, now=now)
        telling.moved_up(ledger)
        has = {each.item.id for each in standing.confirmed} | {CONGRESS}
        beyond = [key for key in full if key in by_hand.beyond & has]
        details: dict[str, Any] = {"state": standing.state, "overbooked": beyond}
        delegation = decision.delegations.get(person.quota_key)
        if delegation is not None and delegation.is_beyond:
            details["beyond_quota"] = True
        if standing.on_reserve is not None:
            details["reserve"] = True
        ledger.record(
            "registration_accepted", actor=actor, registration_id=registration_id, details=details
        )
        return standing


def decline(
    congress_id: int, registration_id: int, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Say no with a reason, and tell that by mail; what was held is free for others.

    Raises NotRequested, NotConfirmedYet and ReasonMissing.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        _hold(ledger, registration_id)
        if not reason:
            raise ReasonMissing
        ledger.carry_out(Withdraw(registration_id, by_organiser=True, of_request=True))
        admission_letters.declined(ledger.congress, registration_id, reason, now=now)
        telling.moved_up(ledger)
        ledger.record(
            "registration_declined",
            actor=actor,
            registration_id=registration_id,
            details={"moved_up": sorted(ledger.gains)},
            personal={"reason": reason},
        )


def _hold(ledger: Ledger, registration_id: int) -> Standing:
    """Return who asked, as it stands now; refuse what was decided meanwhile or is not confirmed."""
    ledger.know([registration_id])
    person = ledger.hall.people[registration_id]
    conditions.require(conditions.ACCEPTING, ledger.hall, person, CONGRESS)
    [asked] = standings([registration_id])
    require_confirmed(asked)
    return asked


def _wanted(asked: Standing) -> list[Key]:
    """Return for what somebody has no place yet."""
    waits: list[Key] = [
        each.item.id for each in asked.bookings if each.state is BookingState.WAITING
    ]
    return waits if asked.holds_places else [CONGRESS, *waits]
