"""One organisation's membership: what it was when, and what was believed when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.network.doubts import Validity
from congress.domain.network.membership import MembershipRecord, MembershipState
from congress.extensions import db
from congress.models import Membership, Organisation, User
from congress.queries.audit import CALLED

RECORDS, ORGANISATIONS, USERS = map(table_of, (Membership, Organisation, User))


@dataclass(frozen=True)
class Subject:
    """The organisation that all of it is about."""

    id: int
    name: str
    validity: Validity


@dataclass(frozen=True)
class Recorded:
    """A record with why it was written, and by whom."""

    record: MembershipRecord
    note: str
    by: str  # empty where it was nobody with an account, or the account is gone


def find_subject(organisation_id: int) -> Subject | None:
    """Return an organisation of the register."""
    found = select(*columns_of(ORGANISATIONS, "id name valid_from valid_until"))
    row = db.session.execute(found.where(ORGANISATIONS.c.id == organisation_id)).one_or_none()
    return Subject(row.id, row.name, Validity(row.valid_from, row.valid_until)) if row else None


def hold(organisation_id: int) -> Subject | None:
    """Return an organisation, held until the transaction ends: its history has one writer."""
    held = select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.id == organisation_id)
    db.session.execute(held.with_for_update(key_share=True))
    return find_subject(organisation_id)


def history(organisation_id: int) -> list[Recorded]:
    """Return all that was ever recorded of an organisation, in the order in which it was."""
    return histories([organisation_id]).get(organisation_id, [])


def histories(organisation_ids: Sequence[int]) -> dict[int, list[Recorded]]:
    """Return all that was ever recorded, by organisation."""
    statement = (
        select(
            *columns_of(RECORDS, "id organisation_id state since note recorded_at superseded_at"),
            CALLED.label("called"),
        )
        .outerjoin(USERS, USERS.c.id == RECORDS.c.recorded_by)
        .where(RECORDS.c.organisation_id.in_(organisation_ids))
        .order_by(RECORDS.c.recorded_at, RECORDS.c.id)
    )
    found: dict[int, list[Recorded]] = {}
    for row in db.session.execute(statement):
        record = MembershipRecord(
            MembershipState(row.state), row.since, row.recorded_at, row.superseded_at, row.id
        )
        found.setdefault(row.organisation_id, []).append(
            Recorded(record, row.note, row.called or "")
        )
    return found


def records(recorded: Iterable[Recorded]) -> list[MembershipRecord]:
    """Return the records alone, for the rules."""
    return [each.record for each in recorded]


def latest(recorded: Iterable[Recorded]) -> datetime | None:
    """Return when something was written or corrected the last time."""
    moments = (m for each in recorded for m in (each.record.recorded_at, each.record.superseded_at))
    return max((each for each in moments if each), default=None)
