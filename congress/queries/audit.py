"""The log of a congress: what was done by whom, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from congress.base import columns_of
from congress.domain.access import ActorKind
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import AuditLine, ProgrammeItem, Registration, User


@dataclass(frozen=True)
class LogLine:
    """One line, with what its words need; the names are those of today."""

    id: int
    at: datetime
    verb: str
    actor: ActorKind
    account: str  # who, when an organiser acted
    registration_id: int | None
    person: str
    item: Texts | None
    fields: tuple[str, ...]
    details: dict[str, Any]


def of_congress(congress_id: int, *, before: int | None = None, limit: int) -> list[LogLine]:
    """Return the newest lines of a congress, or those older than a line."""
    statement = _lines().where(AuditLine.congress_id == congress_id)
    if before is not None:
        statement = statement.where(AuditLine.id < before)
    return _read(statement.limit(limit))


def of_registration(registration_id: int) -> list[LogLine]:
    """Return all lines about one attendee."""
    return _read(_lines().where(AuditLine.registration_id == registration_id))


def _lines() -> Select[*tuple[Any, ...]]:
    # One of the two names may be empty.
    name = func.trim(Registration.given_name + " " + Registration.family_name)
    return (
        select(
            *columns_of(AuditLine, "id at verb actor registration_id fields details"),
            func.coalesce(func.nullif(User.name, ""), User.email, "").label("account"),
            func.coalesce(name, "").label("person"),
            ProgrammeItem.title.label("item"),
        )
        .outerjoin(User, User.id == AuditLine.user_id)
        .outerjoin(Registration, Registration.id == AuditLine.registration_id)
        .outerjoin(ProgrammeItem, ProgrammeItem.id == AuditLine.item_id)
        .order_by(AuditLine.id.desc())
    )


def _read(statement: Select[*tuple[Any, ...]]) -> list[LogLine]:
    return [
        LogLine(**row._asdict() | {"actor": ActorKind(row.actor), "fields": tuple(row.fields)})
        for row in db.session.execute(statement)
    ]
