"""What a finished run gives whom, as far as a release and its letters ask for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, select

from congress.base import columns_of, table_of
from congress.domain.assignment.explaining import Why
from congress.domain.assignment.giving import OUT_OF_REACH, Given
from congress.domain.assignment.problem import KEPT
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import (
    AssignmentOutcome,
    AssignmentRun,
    Booking,
    Registration,
    WorkshopWish,
)
from congress.queries.wishes import IS_WISH

OUTCOMES, PEOPLE, WISHES, BOOKINGS = map(
    table_of, (AssignmentOutcome, Registration, WorkshopWish, Booking)
)
RUNS = table_of(AssignmentRun)
# Who is not in the congress yet, and may come to be.
STILL_OUTSIDE = (
    RegistrationState.WAITING,
    RegistrationState.REQUESTED,
    RegistrationState.OFFERED,
)


def given(run_id: int) -> list[Given]:
    """Return what everybody gets by a run, in the order of the lots."""
    rows = db.session.execute(
        select(*columns_of(OUTCOMES, "registration_id slot item_id rank lot reasons"))
        .where(OUTCOMES.c.run_id == run_id)
        .order_by(OUTCOMES.c.lot, OUTCOMES.c.registration_id, OUTCOMES.c.slot)
    )
    return [
        Given(row.registration_id, row.slot, row.item_id, row.rank, row.lot, _dearer(row.reasons))
        for row in rows
    ]


def _dearer(reasons: Iterable[Mapping[str, Any]]) -> tuple[tuple[int, int], ...]:
    open_to = (each for each in reasons if each["why"] not in OUT_OF_REACH)
    return tuple((each["item"], each["rank"]) for each in open_to)


def kept_wishes(congress_id: int, item_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """Return who outside the congress wishes for which of these workshops, and with which rank.

    What they want of it by a booking of theirs is left out.
    """
    booked = exists().where(
        BOOKINGS.c.registration_id == WISHES.c.registration_id,
        BOOKINGS.c.item_id == WISHES.c.item_id,
        BOOKINGS.c.state != BookingState.CANCELLED,
    )
    rows = db.session.execute(
        select(*columns_of(WISHES, "registration_id item_id rank"))
        .join(PEOPLE, PEOPLE.c.id == WISHES.c.registration_id)
        .where(
            PEOPLE.c.congress_id == congress_id,
            PEOPLE.c.state.in_(STILL_OUTSIDE),
            WISHES.c.item_id.in_(item_ids),
            IS_WISH,
            ~booked,
        )
        .order_by(WISHES.c.rank, WISHES.c.registration_id, WISHES.c.item_id)
    )
    return [(row.registration_id, row.item_id, row.rank) for row in rows]


def told_by(run_id: int) -> Select[int]:
    """Return whom a released run has news for, in the order of their registrations.

    Who only keeps a place that they had is told nothing.
    """
    has_news = exists().where(
        and_(
            OUTCOMES.c.registration_id == PEOPLE.c.id,
            OUTCOMES.c.run_id == run_id,
            OUTCOMES.c.how.not_in(KEPT),
        )
    )
    return (
        select(PEOPLE.c.id)
        .where(has_news, PEOPLE.c.state != RegistrationState.CANCELLED)
        .order_by(PEOPLE.c.id)
    )


def given_since(registration_id: int) -> dict[int, datetime]:
    """Return since when somebody has, or waits for, which workshops by a released run."""
    rows = db.session.execute(
        select(*columns_of(OUTCOMES, "slot item_id how reasons"), RUNS.c.released_at)
        .join(RUNS, RUNS.c.id == OUTCOMES.c.run_id)
        .where(OUTCOMES.c.registration_id == registration_id, RUNS.c.released_at.is_not(None))
        .order_by(RUNS.c.id)
    )
    found: dict[int, datetime] = {}
    got: dict[int, int | None] = {}
    for row in rows:
        if row.how not in KEPT and row.item_id is not None and got.get(row.slot) != row.item_id:
            found[row.item_id] = row.released_at
        got[row.slot] = row.item_id
        for key, _rank in _dearer(row.reasons):
            found.setdefault(key, row.released_at)
    return found


@dataclass(frozen=True)
class Outcome:
    """What somebody got of one choice by a released run, and why nothing dearer.

    `slot` was the lowest of its workshops then.
    """

    slot: int
    item: int | None
    rank: int | None
    how: str
    lot: int
    reasons: Sequence[Mapping[str, Any]]
    any_other: bool
    seed: str
    released_at: datetime

    @property
    def is_ruled_out(self) -> bool:
        """Whether organisers decided against all that was wished for, or had before."""
        return self.item is None and all(each["why"] == Why.BY_HAND for each in self.reasons)

    @property
    def workshops(self) -> tuple[int, ...]:
        """The workshops by which to tell where that choice is by now."""
        if self.item is not None:
            return (self.item,)
        return (*(reason["item"] for reason in self.reasons), self.slot)


OUTCOME = (
    *columns_of(OUTCOMES, "slot item_id rank how lot reasons any_other"),
    *columns_of(RUNS, "seed released_at"),
)


def of_people(run_id: int, people: Collection[int]) -> dict[int, list[Outcome]]:
    """Return of what people have news by a released run."""
    rows = db.session.execute(
        select(OUTCOMES.c.registration_id, *OUTCOME)
        .join(RUNS, RUNS.c.id == OUTCOMES.c.run_id)
        .where(
            OUTCOMES.c.run_id == run_id,
            OUTCOMES.c.registration_id.in_(people),
            OUTCOMES.c.how.not_in(KEPT),
        )
        .order_by(OUTCOMES.c.registration_id, OUTCOMES.c.slot)
    )
    found: dict[int, list[Outcome]] = {}
    for person, *facts in rows:
        found.setdefault(person, []).append(Outcome(*facts))
    return found


def slots_of(run_id: int) -> list[int]:
    """Return the choices of which anybody has an outcome, by the lowest of their workshops then."""
    statement = select(OUTCOMES.c.slot).where(OUTCOMES.c.run_id == run_id).distinct()
    return list(db.session.scalars(statement.order_by(OUTCOMES.c.slot)))


def of_person(registration_id: int) -> list[Outcome]:
    """Return what somebody got by the runs that were released, the newest one first.

    Of one run places come before what brought nothing.
    """
    rows = db.session.execute(
        select(*OUTCOME)
        .join(RUNS, RUNS.c.id == OUTCOMES.c.run_id)
        .where(OUTCOMES.c.registration_id == registration_id, RUNS.c.released_at.is_not(None))
        .order_by(RUNS.c.id.desc(), OUTCOMES.c.item_id.is_(None), OUTCOMES.c.slot)
    )
    return [Outcome(*row) for row in rows]
