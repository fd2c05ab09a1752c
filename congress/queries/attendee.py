"""Everything about one attendee, as organisers see it."""

from dataclasses import dataclass

from sqlalchemy import select

from congress.base import columns_of
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Registration
from congress.queries.outbox import ListedMessage, messages_to
from congress.queries.registrations import OwnRegistration, get_own


@dataclass(frozen=True)
class Neighbour:
    """Another registration under the same address."""

    id: int
    name: str
    state: RegistrationState


@dataclass(frozen=True)
class Attendee:
    """One attendee with everything around the registration."""

    own: OwnRegistration
    neighbours: tuple[Neighbour, ...]
    mails: list[ListedMessage]


def find_attendee(congress_id: int, registration_id: int) -> Attendee | None:
    """Return an attendee of this congress; of another congress there is none (SEC-02)."""
    email_key = db.session.scalars(
        select(Registration.email_key).where(
            Registration.id == registration_id, Registration.congress_id == congress_id
        )
    ).one_or_none()
    if email_key is None:
        return None
    return Attendee(
        own=get_own(registration_id),
        neighbours=_neighbours(congress_id, registration_id, email_key),
        mails=messages_to(registration_id),
    )


def _neighbours(congress_id: int, registration_id: int, email_key: str) -> tuple[Neighbour, ...]:
    rows = db.session.execute(
        select(*columns_of(Registration, "id given_name family_name state"))
        .where(
            Registration.congress_id == congress_id,
            Registration.email_key == email_key,
            Registration.id != registration_id,
        )
        .order_by(Registration.family_key, Registration.id)
    )
    return tuple(
        Neighbour(row.id, f"{row.given_name} {row.family_name}", RegistrationState(row.state))
        for row in rows
    )
