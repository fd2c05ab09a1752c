"""What is known when devices send what they have read, and what of it somebody has to look at."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from congress.base import columns_of, table_of
from congress.domain.attendance import CameBy
from congress.domain.door_scans import DOUBLED, NEWLY_THERE, TO_LOOK_AT, Outcome, Scan, Scanned
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.registration import RegistrationState
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, DoorScan
from congress.queries.attendances import CAME, PEOPLE
from congress.queries.coming_back import EARLIER, STANDS_FOR
from congress.queries.doors import booked_at

SCANS, TOKENS = table_of(DoorScan), table_of(AccessToken)
MOST_SHOWN = 200


@dataclass(frozen=True)
class Reported:
    """A scan that somebody has to look at; without a name nobody knows whose it was."""

    id: int
    registration_id: int | None
    name: str
    organisation: str
    day: date
    item_id: int | None
    device: str
    scanned_at: datetime
    outcome: Outcome
    is_let_in: bool


def outcomes(congress_id: int, uuids: Collection[str]) -> dict[str, Outcome]:
    """Return what came of scans that were sent before."""
    rows = db.session.execute(
        select(SCANS.c.uuid, SCANS.c.outcome).where(
            SCANS.c.congress_id == congress_id, SCANS.c.uuid.in_(uuids)
        )
    )
    return {row.uuid: Outcome(row.outcome) for row in rows}


def whose(
    congress_id: int, scans: Collection[Scan], item_ids: Collection[int]
) -> dict[str, Scanned]:
    """Return whom scans are about, by their marks, and hold them until the transaction ends."""
    digests = [scan.digest for scan in scans if scan.digest]
    picked = [scan.registration_id for scan in scans if scan.registration_id is not None]
    # EARLIER is whose code or name it was: they may go on as another registration.
    goes_on = STANDS_FOR.label("whose")
    codes = (
        select(
            goes_on,
            *columns_of(TOKENS, "digest revoked_at"),
        )
        .join(EARLIER, EARLIER.c.id == TOKENS.c.registration_id)
        .where(TOKENS.c.purpose == TokenPurpose.CHECK_IN, TOKENS.c.digest.in_(digests))
        .subquery()
    )
    names = select(goes_on, EARLIER.c.id.label("picked")).where(EARLIER.c.id.in_(picked)).subquery()
    rows = db.session.execute(
        select(
            *columns_of(PEOPLE, "id state mode unconfirmed_until"),
            names.c.picked,
            *(codes.c[name] for name in ("digest", "revoked_at")),
        )
        .outerjoin(codes, codes.c.whose == PEOPLE.c.id)
        .outerjoin(names, names.c.whose == PEOPLE.c.id)
        .where(
            PEOPLE.c.congress_id == congress_id,
            PEOPLE.c.id.in_(select(codes.c.whose).union(select(names.c.whose))),
        )
        .order_by(PEOPLE.c.id)
        .with_for_update(of=PEOPLE, key_share=True)
    ).all()
    booked = booked_at({row.id for row in rows}, item_ids)
    by_code, by_id = {}, {}
    for row in rows:
        person = Scanned(
            row.id,
            RegistrationState(row.state),
            Mode(row.mode),
            row.unconfirmed_until is not None,
            row.revoked_at is not None,
            booked.get(row.id, frozenset()),
        )
        by_code[row.digest], by_id[row.picked] = person, replace(person, is_replaced=False)
    found = {
        scan.uuid: by_code.get(scan.digest) if scan.digest else by_id.get(scan.registration_id)
        for scan in scans
    }
    return {uuid: person for uuid, person in found.items() if person is not None}


def seen(
    people: Collection[int], days: Collection[date]
) -> dict[tuple[int, date], dict[int | None, str]]:
    """Return where people were seen on days, and by which device; empty if by none.

    That somebody came on a day because of a workshop says nothing of the main door.
    """
    by_device = and_(
        SCANS.c.registration_id == CAME.c.registration_id,
        SCANS.c.day == CAME.c.day,
        SCANS.c.item_id.is_not_distinct_from(CAME.c.item_id),
        SCANS.c.outcome.in_(NEWLY_THERE),
    )
    rows = db.session.execute(
        select(
            *columns_of(CAME, "registration_id day item_id"), func.max(SCANS.c.device).label("by")
        )
        .outerjoin(SCANS, by_device)
        .where(
            CAME.c.registration_id.in_(people),
            CAME.c.day.in_(days),
            or_(CAME.c.item_id.is_not(None), CAME.c.came_by != CameBy.WORKSHOP),
        )
        .group_by(*columns_of(CAME, "registration_id day item_id"))
    )
    found: dict[tuple[int, date], dict[int | None, str]] = {}
    for row in rows:
        found.setdefault((row.registration_id, row.day), {})[row.item_id] = row.by or ""
    return found


def _to_look_at(congress_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of them; whoever is there by now was seen to."""
    is_there = exists().where(
        CAME.c.registration_id == SCANS.c.registration_id,
        CAME.c.day == SCANS.c.day,
        CAME.c.item_id.is_not_distinct_from(SCANS.c.item_id),
    )
    was_in_already = SCANS.c.outcome.in_(DOUBLED)
    return (
        SCANS.c.congress_id == congress_id,
        SCANS.c.outcome.in_(TO_LOOK_AT),
        SCANS.c.done_at.is_(None),
        or_(was_in_already, ~is_there),
    )


def to_look_at(congress_id: int) -> list[Reported]:
    """Return what somebody has to look at, the newest first."""
    rows = db.session.execute(
        select(
            *columns_of(
                SCANS, "id registration_id day item_id device scanned_at outcome is_let_in"
            ),
            *columns_of(PEOPLE, "given_name family_name organisation"),
        )
        .outerjoin(PEOPLE, PEOPLE.c.id == SCANS.c.registration_id)
        .where(*_to_look_at(congress_id))
        .order_by(SCANS.c.scanned_at.desc(), SCANS.c.id.desc())
        .limit(MOST_SHOWN)
    )
    return [
        Reported(
            row.id,
            row.registration_id,
            full_name(row.given_name or "", row.family_name or ""),
            row.organisation or "",
            row.day,
            row.item_id,
            row.device,
            row.scanned_at,
            Outcome(row.outcome),
            row.is_let_in,
        )
        for row in rows
    ]


def count_to_look_at(congress_id: int) -> int:
    """Return how many scans somebody has to look at."""
    found = select(func.count()).select_from(SCANS).where(*_to_look_at(congress_id))
    return int(db.session.scalars(found).one())
