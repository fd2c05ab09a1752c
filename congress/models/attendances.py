"""Who was there."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

AT_THE_DOOR, IN_AN_ITEM = text("item_id IS NULL"), text("item_id IS NOT NULL")


class Attendance(Base):
    """That somebody came on a day: to the congress, or with an item into that.

    Taking it back deletes the row; that it was there stands in the log. It goes with its
    registration.
    """

    __tablename__ = "attendances"
    __table_args__ = (
        # The day first: so it also counts who is there.
        partial_index("uq_attendances_door", "day registration_id", where=AT_THE_DOOR, unique=True),
        partial_index(
            "uq_attendances_item", "item_id day registration_id", where=IN_AN_ITEM, unique=True
        ),
        CheckConstraint("came_by IN ('door', 'paper', 'workshop')", name="came_by_known"),
    )

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE")
    )
    day: Mapped[date]
    came_at: Mapped[datetime]  # when it was recorded
    # How that is known (`domain.attendance.CameBy`).
    came_by: Mapped[str] = mapped_column(default="door", server_default="door")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )


class DoorScan(Base):
    """What a device at a door has read, once, and what came of it (`domain.door_scans.Outcome`).

    It goes with the registration, and a month after the congress: whoever has to look at one has
    done so by then. Of a code that nobody has nothing is kept but that it was read.
    """

    __tablename__ = "door_scans"
    __table_args__ = (
        UniqueConstraint("congress_id", "uuid"),
        Index("ix_door_scans_outcome", "congress_id", "outcome", "scanned_at"),
        CheckConstraint(
            "outcome IN ('came', 'again', 'elsewhere', 'at_once', 'not_booked', 'no_place',"
            " 'stays_away', 'replaced', 'unknown', 'no_door')",
            name="outcome_known",
        ),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    uuid: Mapped[str]  # the mark that the device gave it
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE")
    )
    day: Mapped[date]
    device: Mapped[str]
    device_at: Mapped[datetime]  # by the clock of the device
    scanned_at: Mapped[datetime]  # by ours
    received_at: Mapped[datetime]
    outcome: Mapped[str]
    is_let_in: Mapped[bool]
    done_at: Mapped[datetime | None]  # when somebody had looked at it
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )


class SignInSheet(Base):
    """A sign-in sheet as it was printed: who stands in which row, whatever the list says later.

    `registrations` are the numbers of those on it, in the order of its rows. It goes a year after
    the congress, when nobody types from paper any more.
    """

    __tablename__ = "sign_in_sheets"
    __table_args__ = (
        UniqueConstraint("congress_id", "code"),
        Index("ix_sign_in_sheets_meant", "congress_id", "item_id", "day", "id"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE")
    )
    day: Mapped[date]
    code: Mapped[str]  # stands on the paper
    registrations: Mapped[list[int]] = mapped_column(JSON, default=list)
    printed_at: Mapped[datetime]


class SignedPaper(Base):
    """A signed sheet as evidence, as it was scanned; only one right reads it.

    It stays when its workshop or who filed it goes, until the day that the congress says.
    """

    __tablename__ = "signed_papers"

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="SET NULL")
    )
    day: Mapped[date]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]  # SHA-256 of the content: that it is still what was filed
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    filed_at: Mapped[datetime]


class ContributorAttendance(Base):
    """That somebody of the programme came on a day, who need not register for that.

    Taking it back deletes the row. It goes a year after the congress, as what else is known of
    whom one reaches.
    """

    __tablename__ = "contributor_attendances"
    __table_args__ = (UniqueConstraint("congress_id", "day", "person_id"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    came_at: Mapped[datetime]  # when it was recorded
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
