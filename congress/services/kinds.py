"""As what people come: organisers say it, and whom places are held back for may get one by it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from congress.base import columns_of, table_of
from congress.domain.access import Actor
from congress.domain.fields import FIELDS, values
from congress.domain.kinds import PersonKind, of_both
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.extensions import db
from congress.models import Registration
from congress.services import delegations, places
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.transaction import transaction

PEOPLE = table_of(Registration)
COLUMNS = columns_of(PEOPLE, "id kind given_name family_name email organisation answers")


def set_kind(
    congress_id: int, people: Collection[int], kind: PersonKind, *, actor: Actor, now: datetime
) -> int:
    """Let people of a congress come as something else; returns how many did not before.

    Nobody loses a place by it, and whoever may have one since, moves up. Whoever has left stays
    what they were; the same again changes nothing.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        here = (PEOPLE.c.congress_id == congress_id, PEOPLE.c.id.in_(people))
        is_other = (PEOPLE.c.kind != kind, PEOPLE.c.state != RegistrationState.CANCELLED)
        wanted = select(*COLUMNS).where(*here, *is_other).order_by(PEOPLE.c.id)
        found = db.session.execute(wanted).all()
        if not found:
            return 0
        mine = PEOPLE.c.id.in_([each.id for each in found])
        db.session.execute(update(PEOPLE).where(mine).values(kind=kind))
        said = {each.id: Details.of(values(each._asdict(), FIELDS)) for each in found}
        delegations.recount(ledger, said)
        ledger.count_anew()
        for each in found:
            _record(ledger, each.id, each.kind, kind, actor)
        telling.moved_up(ledger)
        return len(found)


def take_effect(congress_id: int, *, now: datetime) -> None:
    """Let other numbers of places be held back, inside a running transaction."""
    with places.held(congress_id, now=now) as ledger:
        ledger.count_anew()
        telling.moved_up(ledger)


def unite(ledger: Ledger, kept: int, other: int, *, actor: Actor) -> None:
    """Let somebody who stood twice come as what organisers said of either registration."""
    both = select(PEOPLE.c.id, PEOPLE.c.kind).where(PEOPLE.c.id.in_((kept, other)))
    kinds = {row.id: PersonKind(row.kind) for row in db.session.execute(both)}
    kind = of_both(kinds[kept], kinds[other])
    if kind is not kinds[kept]:
        db.session.execute(update(PEOPLE).where(PEOPLE.c.id == kept).values(kind=kind))
        _record(ledger, kept, kinds[kept], kind, actor)


def _record(ledger: Ledger, person: int, before: str, kind: PersonKind, actor: Actor) -> None:
    details = {"before": str(before), "kind": str(kind)}
    ledger.record("kind_set", actor=actor, registration_id=person, details=details)
