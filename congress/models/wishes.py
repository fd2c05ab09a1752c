"""Ranked wishes for workshops, what organisers decided by hand, and the runs that assign places."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

UNDER_WAY = text("state IN ('queued', 'running')")
COMPARING = text("compare_asked_at IS NOT NULL")


class WorkshopWish(Base):
    """One workshop on the list of somebody: the lower the rank, from 1, the dearer.

    With `any_other` it stands for everything of that time that has no rank of its own; all of
    these have one rank, the last. Whoever wants no place has a row with rank 0 for each workshop
    of that time; whoever has no row of a time has said nothing about it.
    """

    __tablename__ = "workshop_wishes"
    __table_args__ = (
        UniqueConstraint("registration_id", "item_id"),
        Index("ix_workshop_wishes_item", "item_id", "rank"),
        CheckConstraint("rank >= 0", name="rank"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_items.id", ondelete="CASCADE"))
    rank: Mapped[int]
    any_other: Mapped[bool] = mapped_column(default=False, server_default=false())


class FormerWish(Base):
    """A workshop that somebody had ranked until it was called off, and ranked others since.

    So they know that it is off, and are told if it is on after all.
    """

    __tablename__ = "former_wishes"
    __table_args__ = (
        UniqueConstraint("registration_id", "item_id"),
        Index("ix_former_wishes_item_id", "item_id"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_items.id", ondelete="CASCADE"))
    given_up_at: Mapped[datetime]


class WishDecision(Base):
    """What an organiser decided of somebody: this workshop in any case, or in no case.

    With `of_time` it is none at that time, also of those added since; each workshop that there was
    has such a row. Until it is taken back it counts for every run; once it is released
    `assignment.decisions.holds` says how long. `booking_id` is the place that it gave then.
    """

    __tablename__ = "wish_decisions"
    __table_args__ = (
        UniqueConstraint("registration_id", "item_id"),
        CheckConstraint("NOT (is_given AND of_time)", name="given_or_of_time"),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_items.id", ondelete="CASCADE"))
    is_given: Mapped[bool]
    of_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    decided_by: Mapped[int | None]  # the account
    decided_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    booking_id: Mapped[int | None] = mapped_column(
        ForeignKey("bookings.id", ondelete="CASCADE"), index=True
    )


class AssignmentRun(Base):
    """One assignment of workshops by wishes: asked for, worked out, looked at, released or not.

    `record` holds what went in and what came out (`domain.assignment.records`, compressed), so
    that it can be worked out again. It goes with the wishes of the congress, and so does what could
    not be kept, as it names people; the figures stay.
    """

    __tablename__ = "assignment_runs"
    __table_args__ = (
        partial_index("uq_assignment_runs_under_way", "congress_id", where=UNDER_WAY, unique=True),
        partial_index("ix_assignment_runs_queue", "id", where=UNDER_WAY),
        partial_index("ix_assignment_runs_comparing", "id", where=COMPARING),
        CheckConstraint(
            "state IN ('queued', 'running', 'done', 'contradiction', 'failed', 'stopped',"
            " 'released')",
            name="state_known",
        ),
        CheckConstraint("kind IN ('first', 'least_change')", name="kind_known"),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    state: Mapped[str]
    asked_by: Mapped[int | None]  # the account; NULL where the deadline did
    asked_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]  # of the worker that is at it
    stage: Mapped[str] = mapped_column(default="", server_default="")  # what it is at
    share: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # percent
    finished_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None]

    seed: Mapped[str]
    inputs_hash: Mapped[str] = mapped_column(default="", server_default="")
    solver: Mapped[str] = mapped_column(default="", server_default="")  # name and version
    seconds: Mapped[float | None]
    # Each level with value and proven bound; what cannot be kept, named; the figures of the page.
    levels: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    contradictions: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # What one more place in each full workshop would change, and since when that is asked for.
    one_more: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    compare_asked_at: Mapped[datetime | None]
    record: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class AssignmentOutcome(Base):
    """What somebody gets of one time slot by a run, and why not what they ranked higher.

    Without an item it is nothing; without a rank they did not wish for it. With `any_other` they
    ranked it only as any other is welcome too. `slot` is the lowest number of the workshops of
    that time. Only the newest run and the released one have these.
    """

    __tablename__ = "assignment_outcomes"
    __table_args__ = (
        UniqueConstraint("run_id", "registration_id", "slot"),
        Index("ix_assignment_outcomes_item", "run_id", "item_id"),
        Index("ix_assignment_outcomes_person", "registration_id"),
        CheckConstraint(
            "how IN ('wish', 'by_hand', 'role', 'booked', 'held', 'none')", name="how_known"
        ),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("assignment_runs.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    slot: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE")
    )
    rank: Mapped[int | None]
    any_other: Mapped[bool] = mapped_column(default=False, server_default=false())
    how: Mapped[str]
    lot: Mapped[int]
    # Of each wish above it: the workshop, how many had it first, its places, why not.
    reasons: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
