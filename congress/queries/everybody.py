"""Everybody who is or was registered, to compare a file with: in three or four statements."""

from sqlalchemy import select

from congress.base import columns_of, table_of, values_of
from congress.domain.attendee_import.comparing import Known
from congress.domain.fields import FIELDS, values
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import Details
from congress.extensions import db
from congress.models import Booking, Consent, Registration
from congress.queries import own_answers

PEOPLE, BOOKED, CONSENTS = table_of(Registration), table_of(Booking), table_of(Consent)
SAYS = "given_name family_name email organisation answers"  # of who it is


def registered(congress_id: int, *, with_answers: bool = False) -> list[Known]:
    """Return everybody in a congress by their numbers, those who have left it too.

    What they answered to its questions is read only where it is wanted.
    """
    here = PEOPLE.c.congress_id == congress_id
    answers = own_answers.of_whom(here) if with_answers else {}
    workshops: dict[int, set[int]] = {}
    for person, item in db.session.execute(
        select(BOOKED.c.registration_id, BOOKED.c.item_id)
        .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(here, BOOKED.c.state != BookingState.CANCELLED)
    ):
        workshops.setdefault(person, set()).add(item)
    consents: dict[int, set[str]] = {}
    for person, purpose in db.session.execute(
        select(CONSENTS.c.registration_id, CONSENTS.c.purpose)
        .join(PEOPLE, PEOPLE.c.id == CONSENTS.c.registration_id)
        .where(here, CONSENTS.c.withdrawn_at.is_(None))
    ):
        consents.setdefault(person, set()).add(purpose)
    rows = db.session.execute(
        select(
            *columns_of(PEOPLE, f"id state language email_key name_key priority kind mode {SAYS}")
        )
        .where(here, PEOPLE.c.merged_into_id.is_(None))
        .order_by(PEOPLE.c.id)
    )
    return [
        Known(
            row.id,
            Details.of(values(values_of(row, SAYS), FIELDS)),
            row.email_key,
            row.name_key,
            RegistrationState(row.state),
            row.language,
            frozenset(workshops.get(row.id, ())),
            consents.get(row.id, frozenset()),
            row.priority,
            answers.get(row.id, {}),
            PersonKind(row.kind),
            Mode(row.mode),
        )
        for row in rows
    ]
