"""Who has to be phoned: people without an address whom somebody else's act gave a place."""

from sqlalchemy import ColumnElement, Select, func, select

from congress.base import columns_of
from congress.domain.names import full_name
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import AuditLine, Registration
from congress.queries import audit
from congress.queries.audit import LogLine, MovedUp

PHONED, NOT_PHONED = "phoned", "phoned_taken_back"
ABOUT_IT = ("moved_up", "place_offered", PHONED, NOT_PHONED)


def to_be_phoned(congress_id: int) -> list[MovedUp]:
    """Return who won a place or is offered one, has no address, and was not phoned since."""
    statement = (
        select(*columns_of(Registration, "id given_name family_name"))
        .join(AuditLine, AuditLine.registration_id == Registration.id)
        .where(
            AuditLine.id.in_(_last(AuditLine.congress_id == congress_id)),
            AuditLine.verb != PHONED,
            Registration.email_key == "",
            Registration.state != RegistrationState.CANCELLED,
        )
        .order_by(Registration.family_key, Registration.id)
    )
    return [
        MovedUp(row.id, full_name(row.given_name, row.family_name), has_mailbox=False)
        for row in db.session.execute(statement)
    ]


def find_last(registration_id: int) -> LogLine | None:
    """Return the last line about what somebody won or was phoned about, if there is one."""
    lines = audit.of_lines(_last(AuditLine.registration_id == registration_id))
    return lines[0] if lines else None


def _last(which: ColumnElement[bool]) -> Select[*tuple[int]]:
    """The last line about it, of each person."""
    return (
        select(func.max(AuditLine.id))
        .where(which, AuditLine.verb.in_(ABOUT_IT), AuditLine.registration_id.is_not(None))
        .group_by(AuditLine.registration_id)
    )
