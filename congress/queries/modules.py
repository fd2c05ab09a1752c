"""Who attended which module of a training course: a page of people, and their days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.names import full_name
from congress.extensions import db
from congress.models import Registration
from congress.queries.attendances import HAS_PLACE, days_of

PEOPLE = table_of(Registration)


@dataclass(frozen=True)
class Participant:
    """Somebody with a place, and the days on which they were there."""

    id: int
    name: str
    organisation: str
    days: tuple[date, ...]


def participants(
    congress_id: int, *, offset: int = 0, limit: int | None = None
) -> list[Participant]:
    """Return who has a place and when they came, by name."""
    whose = (PEOPLE.c.congress_id == congress_id) & HAS_PLACE
    page = (
        select(*columns_of(PEOPLE, "id given_name family_name organisation"))
        .where(whose)
        .order_by(PEOPLE.c.family_key, PEOPLE.c.id)
        .offset(offset)
        .limit(limit)
    )
    rows = db.session.execute(page).all()
    if limit is not None:
        whose &= PEOPLE.c.id.in_([row.id for row in rows])
    days = days_of(whose) if rows else {}
    return [
        Participant(
            row.id,
            full_name(row.given_name, row.family_name),
            row.organisation,
            days.get(row.id, ()),
        )
        for row in rows
    ]
