"""Whom a device at the doors has to know on a day, also without a connection: no more than that."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

from congress.base import columns_of, table_of
from congress.domain.attendance import is_expected_online
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.registration import BookingState
from congress.domain.rules import Rules
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, Booking
from congress.queries.attendances import CAME, HAS_PLACE, PEOPLE

TOKENS, BOOKED = table_of(AccessToken), table_of(Booking)
COLUMNS = ("id", "name", "organisation", "workshops", "code_digest", "came")


@dataclass(frozen=True)
class OnDevice:
    """Somebody with a place: the digest of their code, their items of the day, where they were."""

    id: int
    name: str
    organisation: str
    digest: str
    items: tuple[int, ...]
    came: dict[int | None, datetime]  # None is the main door


def people(congress_id: int, rules: Rules, day: date, item_ids: Collection[int]) -> list[OnDevice]:
    """Return everybody who is expected on a day, by name."""
    code = and_(
        TOKENS.c.registration_id == PEOPLE.c.id,
        TOKENS.c.purpose == TokenPurpose.CHECK_IN,
        TOKENS.c.revoked_at.is_(None),
    )
    here = (PEOPLE.c.congress_id == congress_id, HAS_PLACE)
    rows = db.session.execute(
        select(*columns_of(PEOPLE, "id given_name family_name organisation mode"), TOKENS.c.digest)
        .outerjoin(TOKENS, code)
        .where(*here)
        .order_by(*columns_of(PEOPLE, "family_key id"))
    ).all()
    items, came = _booked(item_ids), _came(congress_id, day)
    return [
        OnDevice(
            row.id,
            full_name(row.given_name, row.family_name),
            row.organisation,
            row.digest or "",
            tuple(items[row.id]),
            came[row.id],
        )
        for row in rows
        if not is_expected_online(rules, Mode(row.mode))
    ]


def _booked(item_ids: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = db.session.execute(
        select(*columns_of(BOOKED, "registration_id item_id")).where(
            BOOKED.c.item_id.in_(item_ids), BOOKED.c.state == BookingState.CONFIRMED
        )
    )
    for row in rows:
        found[row.registration_id].append(row.item_id)
    return found


def _came(congress_id: int, day: date) -> dict[int, dict[int | None, datetime]]:
    found: dict[int, dict[int | None, datetime]] = defaultdict(dict)
    rows = db.session.execute(
        select(*columns_of(CAME, "registration_id item_id came_at"))
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(PEOPLE.c.congress_id == congress_id, CAME.c.day == day)
    )
    for row in rows:
        found[row.registration_id][row.item_id] = row.came_at
    return found
