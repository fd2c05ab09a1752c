"""What an organisation is to the network: recorded from a day on, corrected, taken back.

A row never changes but that it is superseded, once: what was known when is kept, so that a report
of last year can be explained. Each act holds the organisation, so its history has one writer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.network.doubts import (
    Doubt,
    NoSuchOrganisation,
    RecordDoubted,
    RecordSuperseded,
    doubts,
)
from congress.domain.network.membership import MembershipState, moment_after
from congress.extensions import db
from congress.models import Membership
from congress.queries.network import memberships
from congress.queries.network.memberships import Recorded, Subject
from congress.services import auditing
from congress.transaction import transaction

RECORDS = table_of(Membership)


@dataclass(frozen=True)
class Statement:
    """That a state holds from a day on, and why, in the office's words."""

    state: MembershipState
    since: date
    note: str = ""


def record(
    organisation_id: int,
    statement: Statement,
    *,
    sure_of: Collection[Doubt] = (),
    today: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Write that a state holds from a day on; the same once more changes nothing.

    Raises RecordDoubted unless all that does not fit was seen.
    """
    with transaction():
        subject, history = _hold(organisation_id)
        if not _identical(history, statement):
            _require_sure(subject, history, statement, sure_of, today=today)
            write(organisation_id, statement, actor=actor, now=now)


def correct(
    organisation_id: int,
    record_id: int,
    statement: Statement,
    *,
    sure_of: Collection[Doubt] = (),
    today: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Write what holds instead of a record, which is kept as what was believed until now.

    The same once more changes nothing. Raises RecordDoubted and RecordSuperseded.
    """
    with transaction():
        subject, history = _hold(organisation_id)
        same = _identical(history, statement)
        if record_id in same or (same and not _believes(history, record_id)):
            return
        if not _believes(history, record_id):
            raise RecordSuperseded
        others = [each for each in history if each.record.id != record_id]
        _require_sure(subject, others, statement, sure_of, today=today)
        write(organisation_id, statement, instead_of=(record_id,), actor=actor, now=now)


def take_back(organisation_id: int, record_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a record hold no more, with nothing in its place; again changes nothing."""
    with transaction():
        _subject, history = _hold(organisation_id)
        if not _believes(history, record_id):
            return
        _supersede((record_id,), moment_after(memberships.records(history), now))
        _log("membership_taken_back", organisation_id, history, (record_id,), actor=actor, now=now)


def write(
    organisation_id: int,
    statement: Statement,
    *,
    instead_of: Collection[int] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Write a record, and end those it stands for instead, inside a running transaction."""
    history = memberships.history(organisation_id)
    moment = moment_after(memberships.records(history), now)
    _supersede(instead_of, moment)
    db.session.execute(
        insert(RECORDS).values(
            organisation_id=organisation_id,
            state=statement.state,
            since=statement.since,
            note=statement.note,
            recorded_at=moment,
            recorded_by=actor.user_id,
        )
    )
    verb = "membership_corrected" if instead_of else "membership_recorded"
    _log(verb, organisation_id, history, instead_of, statement, actor=actor, now=now)


def _hold(organisation_id: int) -> tuple[Subject, list[Recorded]]:
    """Return an organisation, held, and its history. Raises NoSuchOrganisation."""
    subject = memberships.hold(organisation_id)
    if subject is None:
        raise NoSuchOrganisation
    return subject, memberships.history(organisation_id)


def _identical(history: Iterable[Recorded], statement: Statement) -> set[int]:
    """Return which records say just this, and are held to be true."""
    return {
        each.record.id
        for each in history
        if each.record.superseded_at is None
        and Statement(each.record.state, each.record.since, each.note) == statement
    }


def _believes(history: Iterable[Recorded], record_id: int) -> bool:
    return any(
        each.record.id == record_id and each.record.superseded_at is None for each in history
    )


def _require_sure(
    subject: Subject,
    history: Iterable[Recorded],
    statement: Statement,
    sure_of: Collection[Doubt],
    *,
    today: date,
) -> None:
    found = doubts(
        memberships.records(history),
        statement.state,
        statement.since,
        today=today,
        validity=subject.validity,
    )
    if not set(found) <= set(sure_of):
        raise RecordDoubted(found)


def _supersede(record_ids: Collection[int], moment: datetime) -> None:
    if record_ids:
        which = (RECORDS.c.id.in_(record_ids), RECORDS.c.superseded_at.is_(None))
        db.session.execute(update(RECORDS).where(*which).values(superseded_at=moment))


def _log(
    verb: str,
    organisation_id: int,
    history: Iterable[Recorded],
    instead_of: Collection[int],
    statement: Statement | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    before = [
        [str(each.record.state), each.record.since.isoformat()]
        for each in history
        if each.record.id in instead_of
    ]
    details: dict[str, Any] = {"organisation": organisation_id, "was": before}
    if statement is not None:
        details["is"] = [str(statement.state), statement.since.isoformat()]
    auditing.record(verb, actor=actor, now=now, details=details)
