"""What calendars are made of: the entries of one registration, found by its secret link."""

from dataclasses import dataclass

from sqlalchemy import select

from congress.domain import tokens
from congress.domain.calendar import Entry, Status
from congress.domain.calendar_json import from_json
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, CalendarEntry, Registration


@dataclass(frozen=True)
class PersonalCalendar:
    """The entries of one registration as last stated, in its language."""

    congress_id: int
    language: str
    entries: tuple[Entry, ...]


def find_personal(token: str, purpose: TokenPurpose) -> PersonalCalendar | None:
    """Return the calendar that a secret link opens, unless the link was revoked."""
    statement = (
        select(Registration.id, Registration.congress_id, Registration.language)
        .join(AccessToken, AccessToken.registration_id == Registration.id)
        .where(
            AccessToken.digest == tokens.digest(token),
            AccessToken.purpose == purpose,
            AccessToken.revoked_at.is_(None),
        )
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    entries = entries_of_registration(row.id)
    return PersonalCalendar(row.congress_id, row.language, tuple(entries))


def entries_of_registration(registration_id: int) -> list[Entry]:
    """Return every entry of a registration, cancelled ones included, in order of days."""
    statement = (
        select(
            CalendarEntry.uid,
            CalendarEntry.sequence,
            CalendarEntry.revised_at,
            CalendarEntry.status,
            CalendarEntry.content,
        )
        .where(CalendarEntry.registration_id == registration_id)
        .order_by(CalendarEntry.day)
    )
    return [
        Entry(
            uid=row.uid,
            sequence=row.sequence,
            revised_at=row.revised_at,
            status=Status(row.status),
            content=from_json(row.content),
        )
        for row in db.session.execute(statement)
    ]
