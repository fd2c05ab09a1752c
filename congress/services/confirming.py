"""Confirming registrations from their mailbox or by hand, and ending those nobody confirmed.

Who confirms and who ends holds the congress first, and looks then: so one of the two wins.
"""

from dataclasses import replace
from datetime import datetime

from congress.domain import confirming
from congress.domain.access import ATTENDEE, SYSTEM, Actor
from congress.domain.confirming import ConfirmationOver
from congress.domain.congresses import CongressState
from congress.domain.places import Withdraw
from congress.domain.tokens import TokenPurpose
from congress.queries import confirmations, congresses
from congress.queries.registrations import congress_of, standings
from congress.services import auditing, places, tokens, unconfirmed
from congress.services.mails import asking, calendar_entries, telling
from congress.transaction import transaction


def confirm(token: str, *, now: datetime) -> str | None:
    """Confirm a registration by the link in its mail; returns the token of its own page.

    Again changes nothing. Raises `ConfirmationOver` for a link that was left too long.
    """
    found = confirmations.find(token)
    if found is None:
        raise ConfirmationOver
    with transaction():
        _settle(found.registration_id, "registration_confirmed", actor=ATTENDEE, now=now)
        return tokens.token_for(found.registration_id, TokenPurpose.MANAGE)


def confirm_by_hand(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Confirm a registration for somebody who said so on the phone; again changes nothing."""
    with transaction():
        _settle(registration_id, "confirmed_by_hand", actor=actor, now=now)


def next_step(*, now: datetime) -> bool:
    """End one registration that nobody has confirmed in time; whether there was one."""
    number = confirmations.find_lapsed(now=now)
    if number is None:
        return False
    _end(number, now=now)
    return True


def _settle(registration_id: int, verb: str, *, actor: Actor, now: datetime) -> None:
    congress = congresses.with_content(congresses.hold(congress_of(registration_id)))
    [standing] = standings([registration_id])
    confirming.require_open(standing, congress, now)
    if not standing.is_unconfirmed:
        return
    unconfirmed.end(registration_id)
    telling.confirmed_again(congress, replace(standing, unconfirmed_until=None), now=now)
    auditing.record(
        verb, actor=actor, now=now, congress_id=congress.id, registration_id=registration_id
    )


def _end(registration_id: int, *, now: datetime) -> None:
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        [standing] = standings([registration_id])
        if not confirming.has_lapsed(standing, now):
            return
        ledger.know([registration_id])
        ledger.carry_out(Withdraw(registration_id, by_organiser=True, of_request=True))
        ended = standings([registration_id])
        # The entry ends in silence: no mail has carried it, and no link leads to it.
        calendar_entries.state(ledger.congress, ended, now=now)
        unconfirmed.end(registration_id)
        if ledger.heading.state is CongressState.PUBLISHED:
            asking.lapsed(ledger.congress, ended[0], now=now)
        telling.moved_up(ledger)
        details = {"moved_up": sorted(ledger.gains)}
        ledger.record("lapsed", actor=SYSTEM, registration_id=registration_id, details=details)
