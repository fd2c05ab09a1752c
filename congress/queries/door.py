"""Whom one expects at the door of a congress: names and organisations, and who is there."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, select, true

from congress.base import columns_of
from congress.domain.attendee_list import Wanted
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.queries import attendees
from congress.queries.attendances import AT_THE_DOOR, CAME, HAS_PLACE, PEOPLE
from congress.queries.doors import has_place_in
from congress.queries.quota_groups import is_on_reserve


@dataclass(frozen=True)
class Expected:
    """Somebody as the door knows them: nothing but who they are, and whether they may come in."""

    id: int
    name: str
    organisation: str
    state: RegistrationState
    is_unconfirmed: bool
    came_at: datetime | None
    on_reserve: bool
    is_online: bool  # and expected nowhere else, where the congress is hybrid
    is_booked: bool = True  # behind this door


def expected(
    congress_id: int,
    wanted: Wanted,
    day: date,
    *,
    offset: int,
    limit: int,
    item_id: int | None = None,
) -> list[Expected]:
    """Return a part of the people at a door on a day: those with a place first, by name."""
    here = AT_THE_DOOR if item_id is None else CAME.c.item_id == item_id
    came = and_(CAME.c.registration_id == PEOPLE.c.id, CAME.c.day == day, here)
    booked = true() if item_id is None else has_place_in(item_id)
    rows = db.session.execute(
        select(
            *columns_of(PEOPLE, "id given_name family_name organisation state unconfirmed_until"),
            PEOPLE.c.mode,
            CAME.c.came_at,
            is_on_reserve().label("on_reserve"),
            booked.label("booked"),
        )
        .outerjoin(CAME, came)
        .where(*attendees.conditions(congress_id, wanted))
        .order_by(*_before_names(wanted), PEOPLE.c.family_key, PEOPLE.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [
        Expected(
            row.id,
            full_name(row.given_name, row.family_name),
            row.organisation,
            RegistrationState(row.state),
            row.unconfirmed_until is not None,
            row.came_at,
            bool(row.on_reserve),
            row.mode == Mode.ONLINE,
            bool(row.booked),
        )
        for row in rows
    ]


def find_name(congress_id: int, registration_id: int) -> str | None:
    """Return what somebody is called; of another congress there is nobody (SEC-02)."""
    row = db.session.execute(
        select(*columns_of(PEOPLE, "given_name family_name")).where(
            PEOPLE.c.id == registration_id, PEOPLE.c.congress_id == congress_id
        )
    ).one_or_none()
    return full_name(row.given_name, row.family_name) if row else None


def _before_names(wanted: Wanted) -> list[ColumnElement[int]]:
    """Return what comes before the name; where all stand alike, names come from their index."""
    return [case((HAS_PLACE, 0), else_=1)] if wanted.state is None else []
