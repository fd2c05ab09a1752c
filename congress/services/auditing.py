"""The line beside every change: who, when, what; the words are composed on reading."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from congress.base import table_of
from congress.domain.access import SYSTEM, Actor
from congress.domain.moves import Gain, Offer
from congress.domain.restoration import DONE
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
    line = _line(verb, actor=actor, now=now) | {
        "congress_id": congress_id,
        "registration_id": registration_id,
        "item_id": item_id,
        "fields": list(fields),
        "details": details or {},
        "personal": personal or {},
    }
    db.session.execute(NEW_LINE, line)


def record_all(
    verb: str,
    lines: Sequence[Mapping[str, Any]],
    *,
    actor: Actor,
    now: datetime,
    congress_id: int,
) -> None:
    """Add a line for each of many people at once; `lines` say of whom, fields and details."""
    common = _line(verb, actor=actor, now=now) | {"congress_id": congress_id, "item_id": None}
    if lines:
        db.session.execute(NEW_LINE, [{**common, **line} for line in lines])


def record_act(
    congress_id: int,
    details: dict[str, Any],
    personal: dict[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Add the line of an act on several people, with what takes it back; returns its number."""
    line = _line(DONE, actor=actor, now=now)
    row = AuditLine(**line | {"congress_id": congress_id, "details": details, "personal": personal})
    db.session.add(row)
    db.session.flush()
    return row.id


def record_moving_up(congress_id: int, gains: Mapping[int, Gain], *, now: datetime) -> None:
    """Add a line for everybody who moved up, whoever made the place free."""
    lines = [
        _line("moved_up", actor=SYSTEM, now=now)
        | {
            "congress_id": congress_id,
            "registration_id": person,
            "item_id": None,
            "details": {"congress": gain.congress, "items": gain.kept, "given_up": gain.lost},
        }
        for person, gain in sorted(gains.items())
    ]
    if lines:
        db.session.execute(NEW_LINE, lines)


def record_offers(
    congress_id: int, offers: Mapping[int, Sequence[Offer]], *, now: datetime
) -> None:
    """Add a line for everybody whom a place is offered, whoever made it free."""
    lines = [
        _line("place_offered", actor=SYSTEM, now=now)
        | {
            "congress_id": congress_id,
            "registration_id": person,
            "item_id": None,
            "details": {
                "congress": any(each.key is None for each in mine),
                "items": [each.key for each in mine if each.key is not None],
                "until": mine[0].until.isoformat(),
            },
        }
        for person, mine in sorted(offers.items())
    ]
    if lines:
        db.session.execute(NEW_LINE, lines)


def _line(verb: str, *, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "at": now,
        "actor": actor.kind,
        "user_id": actor.user_id,
        "verb": verb,
        "fields": [],
        "personal": {},
    }
