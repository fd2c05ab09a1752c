"""An organiser registers somebody who phoned or came by.

The rules and the store are those of the form; only what organisers decide is added.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.conditions import room
from congress.domain.enrolment import Enrolment
from congress.domain.hall import CONGRESS, Key
from congress.domain.places import Register
from congress.domain.priority import OTHERS
from congress.domain.registration import RegisteredAlready, RegistrationState, SameName
from congress.domain.registration_request import VOLUNTARY, RegistrationRequest
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import Registration
from congress.services import delegations, enrolling, own_answers, places, priorities, wishing
from congress.services.changing import alone
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.transaction import transaction

CHANNEL = "organiser"
PEOPLE = table_of(Registration)
OF_THIS_NAME = (
    select(PEOPLE.c.id, PEOPLE.c.email_key)
    .where(
        PEOPLE.c.congress_id == bindparam("congress_id"),
        or_(
            PEOPLE.c.name_key == bindparam("name_key"),
            PEOPLE.c.name_key.like(bindparam("told_apart")),
        ),
        PEOPLE.c.state != RegistrationState.CANCELLED,
    )
    .order_by(PEOPLE.c.id)
)


@dataclass(frozen=True)
class Entering:
    """What an organiser says beside the form.

    `is_told` is whether a mail goes out, `is_another` that it is nobody of this name who is
    registered already, `said_by` who gave the consents, `priority` that of their group.
    """

    by_hand: ByHand
    is_told: bool = True
    is_another: bool = False
    said_by: str = ""
    priority: int = OTHERS


def enter(
    congress_id: int,
    request: RegistrationRequest,
    entering: Entering,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Register somebody by hand, at any time; return the number of the registration.

    Whoever has no address gets no mail. The same form sent twice is one registration. Raises
    `RegisteredAlready` or `SameName` with who is meant, and what places refuse.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        return entered(ledger, request, entering, actor=actor, now=now)


def entered(
    ledger: Ledger,
    request: RegistrationRequest,
    entering: Entering,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Do what `enter` does while the places of the congress are held."""
    congress_id = ledger.congress.id
    if made := enrolling.made_before(congress_id, request):
        return int(made.id)
    request = as_new(congress_id, request, is_another=entering.is_another)
    [request] = delegations.counted(ledger.congress, [request])
    is_told = entering.is_told and bool(request.email)
    before = ledger.hall
    wanted = Register(request.choices, request.newcomer, entering.by_hand)
    decision = ledger.decide(wanted)
    decision.require()
    wishing.admit(ledger, request, at_any_time=True)
    request = own_answers.admit(ledger.congress, request, ledger.items, may_lack=True)
    newcomer = Enrolment(request, decision, at=now, channel=CHANNEL)
    stored = enrolling.enrol(ledger, [newcomer])
    ledger.apply(decision)
    [enrolled] = priorities.grouped(ledger, stored, [entering.priority])
    standing, came_back = enrolled.standing, enrolled.came_back
    telling.registered(
        ledger.congress,
        standing,
        came_back=came_back,
        now=now,
        in_silence=not is_told,
    )
    telling.moved_up(ledger)
    keys: tuple[Key, ...] = (CONGRESS, *(each.item_id for each in request.choices))
    beyond = [
        key
        for key in keys
        if key in entering.by_hand.beyond and room(before, request.newcomer, key) is not None
    ]
    delegation = decision.delegations.get(request.quota_key)
    is_beyond = delegation is not None and delegation.is_beyond
    rules: dict[str, Any] = {"beyond_quota": True} if is_beyond else {}
    rules |= alone(ledger, standing.id, entering.by_hand)
    if standing.on_reserve is not None:
        rules["reserve"] = True
    ledger.record(
        "entered",
        actor=actor,
        registration_id=standing.id,
        fields=[each for each in request.consents if each in VOLUNTARY],
        details={"state": standing.state, "told": is_told, "overbooked": beyond} | rules,
        personal={"said_by": entering.said_by} if entering.said_by else None,
    )
    return standing.id


def as_new(
    congress_id: int, request: RegistrationRequest, *, is_another: bool
) -> RegistrationRequest:
    """Return what is to be stored of somebody who is not registered yet, told apart by name alone.

    Raises `RegisteredAlready` or `SameName`.
    """
    known = _of_this_name(congress_id, request)
    _require_new(known, request, is_another=is_another)
    if known and not request.email:
        return replace(request, apart=request.form_key or secrets.token_hex(16))
    return request


def _of_this_name(congress_id: int, request: RegistrationRequest) -> Sequence[Row[int, str]]:
    """Return who is registered under a name; those without an address may be told apart."""
    key = {"congress_id": congress_id, "name_key": request.name_key}
    return db.session.execute(OF_THIS_NAME, key | {"told_apart": f"{request.name_key} %"}).all()


def _require_new(
    known: Sequence[Row[int, str]], request: RegistrationRequest, *, is_another: bool
) -> None:
    """Refuse somebody who is registered; a name alone may be that of somebody else."""
    same = [each.id for each in known if each.email_key == request.email_key]
    if same and request.email:
        raise RegisteredAlready(tuple(same))
    if known and not is_another:
        raise SameName(tuple(each.id for each in known))
