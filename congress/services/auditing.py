"""The line beside every change: who, when, what; the words are composed on reading."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from congress.base import table_of
from congress.domain.access import Actor
from congress.extensions import db
from congress.models import AuditLine

NEW_LINE = insert(table_of(AuditLine)).inline()


def record(  # noqa: PLR0913 - a line of the log has these facts
    verb: str,
    *,
    actor: Actor,
    now: datetime,
    congress_id: int | None = None,
    registration_id: int | None = None,
    item_id: int | None = None,
    fields: Sequence[str] = (),
    details: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
) -> None:
    """Add one line to the running transaction; personal values go into `personal` only."""
    line = {
        "at": now,
        "actor": actor.kind,
        "user_id": actor.user_id,
        "congress_id": congress_id,
        "registration_id": registration_id,
        "item_id": item_id,
        "verb": verb,
        "fields": list(fields),
        "details": details or {},
        "personal": personal or {},
    }
    db.session.execute(NEW_LINE, line)
