"""What people need to take part: of oneself, of a congress by name, and counted without names."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.assistance import Needs, Totals, totals
from congress.domain.names import full_name
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import AssistanceNeeds, Registration

NEEDS, PEOPLE = table_of(AssistanceNeeds), table_of(Registration)


@dataclass(frozen=True)
class StatedNeeds:
    """What somebody said of themselves, and since when they agree that it is kept."""

    needs: Needs
    consented_at: datetime


@dataclass(frozen=True)
class NamedNeeds:
    """Somebody who needs something, for the one role that reads it."""

    registration_id: int
    name: str
    state: RegistrationState
    is_unconfirmed: bool
    needs: Needs


def find_of(registration_id: int) -> StatedNeeds | None:
    """Return what somebody who registered has said."""
    row = db.session.execute(
        select(*columns_of(NEEDS, "kinds text consented_at")).where(
            NEEDS.c.registration_id == registration_id
        )
    ).one_or_none()
    return StatedNeeds(Needs.of(row.kinds, row.text), row.consented_at) if row else None


def counted(congress_id: int) -> Totals:
    """Return how many need what; no name and no word of theirs is read for it."""
    rows = db.session.execute(
        select(PEOPLE.c.state, NEEDS.c.kinds)
        .join(PEOPLE, PEOPLE.c.id == NEEDS.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id)
    )
    return totals((row.state, row.kinds) for row in rows)


def named(congress_id: int, *, only: int | None = None) -> list[NamedNeeds]:
    """Return who needs what, by name; `services.assisting` says in the log who read it."""
    statement = (
        select(
            *columns_of(PEOPLE, "id given_name family_name state unconfirmed_until"),
            *columns_of(NEEDS, "kinds text"),
        )
        .join(NEEDS, NEEDS.c.registration_id == PEOPLE.c.id)
        .where(PEOPLE.c.congress_id == congress_id, PEOPLE.c.state != RegistrationState.CANCELLED)
        .order_by(PEOPLE.c.family_key, PEOPLE.c.id)
    )
    if only is not None:
        statement = statement.where(PEOPLE.c.id == only)
    return [
        NamedNeeds(
            row.id,
            full_name(row.given_name, row.family_name),
            RegistrationState(row.state),
            row.unconfirmed_until is not None,
            Needs.of(row.kinds, row.text),
        )
        for row in db.session.execute(statement)
    ]
