"""What somebody who carries a workshop sees of the people in it, and who is logged in for that."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.names import full_name
from congress.domain.one_time_codes import is_logged_in
from congress.domain.programme import DIALOGUE_PARTNER
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Booking, ContributorLogin, ProgrammeItem, Registration
from congress.queries.programme import released_items

LOGINS, BOOKED, PEOPLE, ITEMS = map(
    table_of, (ContributorLogin, Booking, Registration, ProgrammeItem)
)


@dataclass(frozen=True)
class Participant:
    """Somebody with a place, as whoever carries the workshop sees them (GDPR-10)."""

    name: str
    organisation: str
    question: str
    is_unconfirmed: bool = False


@dataclass(frozen=True)
class Participants:
    """Who has a place in a workshop, by name, and how many wait for one."""

    people: tuple[Participant, ...]
    waiting: int


def named_in(congress_id: int, name: str, role: str = DIALOGUE_PARTNER) -> frozenset[int]:
    """Return the items in which the released programme names somebody so, as dialogue partner."""
    return frozenset(
        item.id
        for item in released_items(congress_id)
        if any(each.name == name and each.role == role for each in item.face.people)
    )


def find_login(digest: str, contributor_id: int, *, now: datetime) -> bool:
    """Whether this is a login of somebody that lasts."""
    started_at = db.session.scalars(
        select(LOGINS.c.started_at).where(
            LOGINS.c.digest == digest, LOGINS.c.contributor_id == contributor_id
        )
    ).one_or_none()
    return started_at is not None and is_logged_in(started_at, now)


def participants(item_id: int) -> Participants:
    """Return the people of one workshop; of each no more than name, organisation and question."""
    rows = db.session.execute(
        select(
            *columns_of(PEOPLE, "given_name family_name organisation unconfirmed_until"),
            BOOKED.c.question,
        )
        .join(BOOKED, BOOKED.c.registration_id == PEOPLE.c.id)
        .where(
            BOOKED.c.item_id == item_id,
            BOOKED.c.state == BookingState.CONFIRMED,
            PEOPLE.c.state == RegistrationState.CONFIRMED,
        )
        .order_by(PEOPLE.c.family_key, PEOPLE.c.id)
    )
    waiting = db.session.scalars(select(ITEMS.c.waiting).where(ITEMS.c.id == item_id)).one()
    people = [
        Participant(
            full_name(row.given_name, row.family_name),
            row.organisation,
            row.question,
            row.unconfirmed_until is not None,
        )
        for row in rows
    ]
    return Participants(tuple(people), waiting)
