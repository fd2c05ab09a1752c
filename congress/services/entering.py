"""An organiser registers somebody who phoned or came by.

The rules and the store are those of the form; only what organisers decide is added.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.hall import CONGRESS, Key
from congress.domain.places import ByHand, Register
from congress.domain.registration import RegisteredAlready, RegistrationState, SameName
from congress.domain.registration_request import VOLUNTARY, RegistrationRequest
from congress.extensions import db
from congress.models import Registration
from congress.services import enrolling, places
from congress.services.enrolling import Enrolment
from congress.services.mails import telling
from congress.transaction import transaction

CHANNEL = "organiser"
PEOPLE = table_of(Registration)
OF_THIS_NAME = (
    select(PEOPLE.c.id, PEOPLE.c.email_key, PEOPLE.c.form_key)
    .where(
        PEOPLE.c.congress_id == bindparam("congress_id"),
        PEOPLE.c.name_key == bindparam("name_key"),
        PEOPLE.c.state != RegistrationState.CANCELLED,
    )
    .order_by(PEOPLE.c.id)
)


@dataclass(frozen=True)
class Entering:
    """What an organiser says beside the form.

    `is_told` is whether a mail goes out, `is_another` that it is nobody of this name who is
    registered already, `said_by` who gave the consents.
    """

    by_hand: ByHand
    is_told: bool = True
    is_another: bool = False
    said_by: str = ""


def enter(
    congress_id: int,
    request: RegistrationRequest,
    entering: Entering,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Register somebody by hand, at any time; return the number of the registration.

    The same form sent twice is one registration. Raises `RegisteredAlready` or `SameName` with
    who is meant, and what places refuse.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        again = _require_new(congress_id, request, is_another=entering.is_another)
        if again is not None:
            return again
        before = ledger.hall.places
        wanted = Register(request.choices, request.newcomer, entering.by_hand)
        decision = ledger.decide(wanted)
        if decision.refusal is not None:
            raise decision.refusal
        newcomer = Enrolment(request, decision, at=now, channel=CHANNEL)
        [enrolled] = enrolling.enrol(ledger, [newcomer])
        ledger.apply(decision)
        standing, came_back = enrolled.standing, enrolled.came_back
        silent = not entering.is_told
        telling.registered(
            ledger.congress, standing, came_back=came_back, now=now, in_silence=silent
        )
        telling.moved_up(ledger)
        keys: tuple[Key, ...] = (CONGRESS, *(each.item_id for each in request.choices))
        beyond = [key for key in keys if key in entering.by_hand.beyond and not before[key].is_free]
        ledger.record(
            "entered",
            actor=actor,
            registration_id=standing.id,
            fields=[each for each in request.consents if each in VOLUNTARY],
            details={"state": standing.state, "told": entering.is_told, "overbooked": beyond},
            personal={"said_by": entering.said_by} if entering.said_by else None,
        )
        return standing.id


def _require_new(congress_id: int, request: RegistrationRequest, *, is_another: bool) -> int | None:
    """Refuse somebody who is registered; return the number where this very form came before."""
    key = {"congress_id": congress_id, "name_key": request.name_key}
    found = db.session.execute(OF_THIS_NAME, key).all()
    for each in found:
        if request.form_key and each.form_key == request.form_key:
            return int(each.id)
    same = tuple(each.id for each in found if each.email_key == request.email_key)
    if same:
        raise RegisteredAlready(same)
    if found and not is_another:
        raise SameName(tuple(each.id for each in found))
    return None
