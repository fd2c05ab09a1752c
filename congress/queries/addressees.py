"""Whom organisers write to: a list with its filters, or people by their numbers."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select

from congress.base import columns_of
from congress.domain.attendee_list import Wanted
from congress.domain.mails import circulars
from congress.domain.mails.circulars import Addressee, Readers
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Registration
from congress.queries import dead_mailboxes
from congress.queries.attendee_parts import REGISTRATION_STATES
from congress.queries.attendees import conditions
from congress.queries.registrations import PEOPLE

COLUMNS = (
    *columns_of(PEOPLE, "id state given_name family_name email language"),
    PEOPLE.c.unconfirmed_until.is_not(None).label("is_unconfirmed"),
)


def wanted(congress_id: int, filters: Wanted, *, most: int | None = None) -> list[Addressee]:
    """Return everybody whom a list would hold, by name, those who have withdrawn too.

    Of very many only the first, where that is enough.
    """
    return _found(*conditions(congress_id, filters), most=most)


def readers(congress_id: int, filters: Wanted) -> Readers:
    """Return whom of a list a mail reaches, and whom none does and why."""
    return circulars.readers(wanted(congress_id, filters), dead_mailboxes.every_key())


def named(congress_id: int, numbers: Collection[int]) -> list[Addressee]:
    """Return some people of a congress, by name."""
    return wanted(congress_id, Wanted(ids=tuple(numbers))) if numbers else []


def still_there(numbers: Collection[int]) -> list[Addressee]:
    """Return those of some people whom a mail reaches now, in the order of their numbers."""
    found = _found(
        Registration.id.in_(numbers),
        Registration.state != RegistrationState.CANCELLED,
        Registration.email_key != "",
        Registration.unconfirmed_until.is_(None),
    )
    return sorted(found, key=lambda each: each.id)


def _found(*which: ColumnElement[bool], most: int | None = None) -> list[Addressee]:
    rows = db.session.execute(
        select(*COLUMNS).where(*which).order_by(PEOPLE.c.family_key, PEOPLE.c.id).limit(most)
    )
    states = REGISTRATION_STATES
    return [Addressee._make((number, states[state], *others)) for number, state, *others in rows]
