"""What was done with several people at once, as the log keeps it, and whether it can go back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from congress.base import table_of
from congress.domain import kind_changes
from congress.domain.hall import CONGRESS, Key, Person
from congress.domain.kind_changes import KindChange
from congress.domain.registration import RegistrationState
from congress.domain.restoration import DONE, OVER, Kept, can_be_taken_back, kept_in
from congress.extensions import db
from congress.models import AuditLine, Congress, ProgrammeItem, Registration
from congress.queries import places
from congress.queries.acts import WITH_PLACES

PEOPLE = table_of(Registration)
ANEW = PEOPLE.alias("anew")
MERGED_SINCE = (ANEW.c.id > PEOPLE.c.id) & ANEW.c.merged_into_id.is_not(None)
OF_PLACES = (*WITH_PLACES, "moved_up", "place_offered")


@dataclass(frozen=True)
class Before:
    """Several people before something is done with them, and the last line of the log then."""

    people: Mapping[int, Person]
    rows: Mapping[tuple[int, int], int]  # of their bookings, by person and workshop
    sat: Mapping[Key, int]  # how many had a place, in the congress and where one of them had one
    last_line: int


@dataclass(frozen=True)
class BulkAct:
    """What was done with several people, and what it can be taken back with."""

    id: int
    at: datetime
    details: Mapping[str, Any]
    kept: tuple[Kept, ...]  # nothing once it was taken back, or a day old
    is_taken_back: bool = False
    kinds: tuple[KindChange, ...] = ()  # of the same, who came as something else by it

    @classmethod
    def of(
        cls, number: int, at: datetime, details: Mapping[str, Any], personal: Mapping[str, Any]
    ) -> "BulkAct":
        """Return what a line of the log says and keeps."""
        kinds = kind_changes.kept_in(personal)
        return cls(number, at, details, kept_in(personal), personal == OVER, kinds)


def look(congress_id: int, people: Collection[int]) -> Before:
    """Return how people stand before something is done with them."""
    found, rows = places.persons(people)
    last = db.session.scalars(select(func.max(AuditLine.id))).one()
    workshops = {key for _person, key in rows}
    taken = select(ProgrammeItem.id, ProgrammeItem.taken).where(ProgrammeItem.id.in_(workshops))
    inside = select(Congress.taken).where(Congress.id == congress_id)
    sat: dict[Key, int] = {CONGRESS: db.session.scalars(inside).one()}
    sat |= {row.id: row.taken for row in db.session.execute(taken)}
    return Before(found, rows, sat, last or 0)


def find(congress_id: int, number: int) -> BulkAct | None:
    """Return what was done with several people, by its line in the log."""
    statement = select(AuditLine.id, AuditLine.at, AuditLine.details, AuditLine.personal).where(
        AuditLine.id == number, AuditLine.congress_id == congress_id, AuditLine.verb == DONE
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    return BulkAct.of(row.id, row.at, row.details, row.personal)


def is_open(act: BulkAct, *, now: datetime) -> bool:
    """Return whether anybody can still go back."""
    return bool(open_among([act], now=now))


def open_among(acts: Sequence[BulkAct], *, now: datetime) -> set[int]:
    """Return the acts from which anybody can still go back: who is as that act left them."""
    recent = [act for act in acts if can_be_taken_back(act.at, now=now)]
    of_kinds = _of_kinds([act for act in recent if act.kinds])
    kept = {act.id: act.kept for act in recent}
    if not any(kept.values()):
        return of_kinds
    people, _rows = places.persons({each.person for several in kept.values() for each in several})
    as_left = {
        number: {each.person for each in several if people.get(each.person) == each.wanted.left}
        for number, several in kept.items()
    }
    anew = registered_anew(set().union(*as_left.values()))
    return of_kinds | {number for number, left in as_left.items() if left - anew}


def _of_kinds(acts: Sequence[BulkAct]) -> set[int]:
    """Return the acts of which anybody comes as what that act said."""
    numbers = {each.person for act in acts for each in act.kinds}
    if not numbers:
        return set()
    there = (PEOPLE.c.id.in_(numbers), PEOPLE.c.state != RegistrationState.CANCELLED)
    rows = db.session.execute(select(PEOPLE.c.id, PEOPLE.c.kind).where(*there))
    found = {row.id: row.kind for row in rows}
    return {
        act.id for act in acts if any(found.get(each.person) == each.after for each in act.kinds)
    }


def registered_anew(people: Collection[int]) -> set[int]:
    """Return whose registration has ended while another of the same person stands.

    What they registered anew may have been merged with another one, which stands then.
    """
    statement = (
        select(PEOPLE.c.id)
        .join(
            ANEW,
            (ANEW.c.congress_id == PEOPLE.c.congress_id)
            & (ANEW.c.email_key == PEOPLE.c.email_key)
            & (ANEW.c.name_key == PEOPLE.c.name_key)
            & ((ANEW.c.state != RegistrationState.CANCELLED) | MERGED_SINCE),
        )
        .where(PEOPLE.c.id.in_(people), PEOPLE.c.state == RegistrationState.CANCELLED)
    )
    return set(db.session.scalars(statement))


def changed_by_others(people: Collection[int], *, since: int, at: datetime) -> set[int]:
    """Return whose places somebody else changed after a line of the log, and not at a moment."""
    statement = select(AuditLine.registration_id).where(
        AuditLine.registration_id.in_(people),
        AuditLine.id > since,
        AuditLine.at != at,
        AuditLine.verb.in_(OF_PLACES),
    )
    return {each for each in db.session.scalars(statement) if each is not None}
