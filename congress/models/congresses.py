"""A congress: its texts, days, rooms, places and the organisations that carry it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress.base import Base
from congress.models.organisations import Organisation


class Congress(Base):
    """One occasion.

    `revision` rises with everything the public can see, bookings included; `content_revision`
    only with words, times and people, so that what seldom changes need not be read again.
    """

    __tablename__ = "congresses"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
        CheckConstraint("taken >= 0 AND waiting >= 0 AND overbooked >= 0", name="counters"),
        # The last guard against selling a place twice.
        CheckConstraint("capacity IS NULL OR taken <= capacity + overbooked", name="places"),
        CheckConstraint(
            "online_taken >= 0 AND online_waiting >= 0 AND online_overbooked >= 0",
            name="online_counters",
        ),
        CheckConstraint(
            "online_capacity IS NULL OR online_taken <= online_capacity + online_overbooked",
            name="online_places",
        ),
        CheckConstraint("opens_at < closes_at", name="period"),
        CheckConstraint(
            "state IN ('draft', 'published', 'cancelled', 'finished')", name="state_known"
        ),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    title: Mapped[dict[str, str]]
    lead: Mapped[dict[str, str]] = mapped_column(default=dict)
    description: Mapped[dict[str, str]] = mapped_column(default=dict)
    cost: Mapped[dict[str, str]] = mapped_column(default=dict)
    town: Mapped[str] = mapped_column(default="")
    venue: Mapped[dict[str, str]] = mapped_column(default=dict)  # empty: still to be confirmed
    address: Mapped[str] = mapped_column(default="")
    online_link: Mapped[str] = mapped_column(default="", server_default="")
    # When the links were told that a rule holds back until shortly before the beginning.
    link_told_at: Mapped[datetime | None]
    directions: Mapped[dict[str, str]] = mapped_column(default=dict)
    accessibility: Mapped[dict[str, str]] = mapped_column(default=dict)
    contact_email: Mapped[str] = mapped_column(default="")
    timezone: Mapped[str]
    colour: Mapped[str] = mapped_column(default="blue", server_default="blue")  # of its face
    look: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")  # own colours
    letters: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    # What stands on printed sheets (`domain.paper`).
    paper: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    # Of each day, where it is a module of a course (`domain.module_facts`).
    modules: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")

    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]  # the first moment too late
    changes_until: Mapped[datetime | None]  # for whoever is registered; as registration without
    withdrawals_until: Mapped[datetime | None]  # until it begins without
    # Until when wishes for workshops are ranked; as changes without. What lots are drawn from.
    wishes_until: Mapped[datetime | None]
    wish_seed: Mapped[str] = mapped_column(default="", server_default="")
    fields: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    # What it asks on its own, in the order of the form (`domain.own_questions`).
    questions: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    one_mail: Mapped[bool] = mapped_column(default=False)  # letter and invitation in one message
    reminder: Mapped[str] = mapped_column(default="none", server_default="none")  # in calendars
    organizer: Mapped[str] = mapped_column(default="", server_default="")  # who invites in them
    # Hours for which a place is held until its address is confirmed; 0 asks nobody to.
    confirm_hours: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    # `domain.rules`, what is not by default.
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")

    # Until when signed sheets are kept as evidence; NULL: as long as usual.
    evidence_until: Mapped[date | None]

    capacity: Mapped[int | None]
    overbooked: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    # Empty places that only some kinds of people get (`domain.kinds`), counted with the others.
    held_back: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    waiting_list: Mapped[bool] = mapped_column(default=True)
    # More may move up than one transaction is about; the worker goes on (decision 0088).
    moving_up: Mapped[bool] = mapped_column(default=False, server_default=false())
    # The same of people who take part online, where it is hybrid; how many may is said by a rule.
    online_capacity: Mapped[int | None]
    online_overbooked: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    online_taken: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    online_waiting: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    revision: Mapped[int] = mapped_column(default=1)
    content_revision: Mapped[int] = mapped_column(default=1)
    uid: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    revised_at: Mapped[datetime]
    edition_of_id: Mapped[int | None] = mapped_column(ForeignKey("congresses.id"))
    created_at: Mapped[datetime]

    days: Mapped[list["CongressDay"]] = relationship(
        order_by="CongressDay.starts_at", cascade="all, delete-orphan"
    )
    rooms: Mapped[list["Room"]] = relationship(
        order_by="Room.position", cascade="all, delete-orphan"
    )
    carriers: Mapped[list["CongressOrganisation"]] = relationship(
        order_by="CongressOrganisation.position", cascade="all, delete-orphan"
    )


class CongressDay(Base):
    """One day of a congress, from its first to its last minute."""

    __tablename__ = "congress_days"
    __table_args__ = (
        UniqueConstraint("congress_id", "day"),
        CheckConstraint("starts_at < ends_at", name="order"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    day: Mapped[date]  # local date in the congress's time zone
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Room(Base):
    """A room of the venue; `seats` is how many chairs it has."""

    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("congress_id", "code"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    seats: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)


class CongressOrganisation(Base):
    """What an organisation is to a congress: host, carrier, funder or partner."""

    __tablename__ = "congress_organisations"
    __table_args__ = (
        UniqueConstraint("congress_id", "organisation_id", "role"),
        CheckConstraint("role IN ('host', 'carrier', 'funder', 'partner')", name="role_known"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)

    organisation: Mapped[Organisation] = relationship()
