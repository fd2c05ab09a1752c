"""What was done in the network, newest first: lines that belong to no event."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from congress.base import columns_of
from congress.domain.access import ActorKind
from congress.extensions import db
from congress.models import AuditLine, User
from congress.queries.audit import CALLED
from congress.queries.network.register import names_of


@dataclass(frozen=True)
class NetworkLine:
    """One line; the organisation has its name of today, or that of then where it is gone."""

    id: int
    at: datetime
    verb: str
    actor: ActorKind
    account: str  # who, when an account acted
    organisation: str
    organisation_id: int | None  # none where it is gone
    fields: tuple[str, ...]
    details: dict[str, Any]


def newest(verbs: Collection[str], *, before: int | None, limit: int) -> list[NetworkLine]:
    """Return the newest lines of these verbs, or those older than a line, in two statements."""
    statement = (
        select(
            *columns_of(AuditLine, "id at verb actor fields details"),
            func.coalesce(CALLED, "").label("account"),
        )
        .outerjoin(User, User.id == AuditLine.user_id)
        .where(AuditLine.congress_id.is_(None), AuditLine.verb.in_(verbs))
        .order_by(AuditLine.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(AuditLine.id < before)
    rows = db.session.execute(statement).all()
    numbers = [row.details.get("organisation") for row in rows]
    names = names_of(each for each in numbers if each)
    return [
        NetworkLine(
            row.id,
            row.at,
            row.verb,
            ActorKind(row.actor),
            row.account,
            names.get(number, row.details.get("name", "")),
            number if number in names else None,
            tuple(row.fields),
            row.details,
        )
        for row, number in zip(rows, numbers, strict=True)
    ]
