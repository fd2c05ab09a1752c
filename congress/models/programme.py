"""The programme: items, and the people who carry them.

An item keeps two sets of values. The working ones are what organisers edit; `released` is what
pages, feeds and mails show, written whole by a release (`services.planning.publishing`).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress.base import Base, partial_index
from congress.models.congresses import Room
from congress.models.hosts import ItemHost

UNASKED = text("minimum IS NOT NULL AND minimum_asked_at IS NULL")


class ProgrammeItem(Base):
    """One entry of the programme; with `bookable` it is a workshop and has places.

    Places are not part of the release: they count from the moment they are saved, because
    registration cannot wait for a release.
    """

    __tablename__ = "programme_items"
    __table_args__ = (
        UniqueConstraint("congress_id", "code"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
        CheckConstraint("taken >= 0 AND waiting >= 0 AND overbooked >= 0", name="counters"),
        CheckConstraint("mode IN ('both', 'onsite', 'online')", name="mode_known"),
        CheckConstraint("allocation IN ('', 'first_come', 'wishes')", name="allocation_known"),
        partial_index("ix_programme_items_unasked", "congress_id", where=UNASKED),
        # The last guard against selling a place twice.
        CheckConstraint("capacity IS NULL OR taken <= capacity + overbooked", name="places"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    code: Mapped[str]
    kind: Mapped[str]
    number: Mapped[int | None]
    bookable: Mapped[bool] = mapped_column(default=False)

    title: Mapped[dict[str, str]]
    short_title: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    abstract: Mapped[dict[str, str]] = mapped_column(default=dict)
    online_link: Mapped[str] = mapped_column(default="", server_default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    cancelled: Mapped[bool] = mapped_column(default=False)

    # Written by a release only; None: never released. The two moments stand beside the face
    # so that the database can sort and compare them.
    released: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    released_starts_at: Mapped[datetime | None]
    released_ends_at: Mapped[datetime | None]

    capacity: Mapped[int | None]
    overbooked: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)  # only of people who are in the congress
    waiting_list: Mapped[bool] = mapped_column(default=True)

    # The code of the first of those that offer the same; whoever has one books no other.
    same_as: Mapped[str] = mapped_column(default="", server_default="")
    # How one can be there, where the congress is hybrid (`domain.modes`).
    mode: Mapped[str] = mapped_column(default="both", server_default="both")
    # The code of the first of those of which one has one; and of that which it goes only with.
    one_of: Mapped[str] = mapped_column(default="", server_default="")
    only_with: Mapped[str] = mapped_column(default="", server_default="")
    # How places of the choice it stands in are given, where not as in the congress
    # (`domain.allocation`); since when they have been given by wishes.
    allocation: Mapped[str] = mapped_column(default="", server_default="")
    assigned_at: Mapped[datetime | None]
    # How many people it needs and when that is looked at (None: once registration has closed);
    # when organisers were asked, and when they said that it takes place all the same.
    minimum: Mapped[int | None]
    minimum_by: Mapped[date | None]
    minimum_asked_at: Mapped[datetime | None]
    minimum_settled_at: Mapped[datetime | None]

    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    revised_at: Mapped[datetime]  # DTSTAMP of the public entry: the last release that changed it

    room: Mapped[Room | None] = relationship()
    contributions: Mapped[list["Contribution"]] = relationship(
        order_by="Contribution.position", cascade="all, delete-orphan"
    )
    host: Mapped[ItemHost | None] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class Person(Base):
    """Somebody who appears in programmes; kept over the editions."""

    __tablename__ = "people"

    name: Mapped[str]
    affiliation: Mapped[dict[str, str]] = mapped_column(default=dict)


class Contributor(Base):
    """What one congress knows of a person of its programme: how to reach them, and their link.

    Without a nonce there is no link in force. Other congresses see none of it.
    """

    __tablename__ = "contributors"
    __table_args__ = (UniqueConstraint("congress_id", "person_id"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="de")
    invited_at: Mapped[datetime | None]
    nonce: Mapped[str | None]
    key_id: Mapped[str | None]
    digest: Mapped[str | None] = mapped_column(unique=True)
    bio: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    # What the person wants to be said instead of name, affiliation and bio; organisers publish it.
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Portrait(Base):
    """A photo of a contributor: the one that is shown, or one that waits for organisers."""

    __tablename__ = "portraits"
    __table_args__ = (UniqueConstraint("contributor_id", "is_draft"),)

    contributor_id: Mapped[int] = mapped_column(ForeignKey("contributors.id", ondelete="CASCADE"))
    is_draft: Mapped[bool]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    digest: Mapped[str] = mapped_column(index=True)
    alt: Mapped[dict[str, str]]
    credit: Mapped[str]
    may_show_at: Mapped[datetime]  # when it was said that it may be published


class ContributorLogin(Base):
    """A code that was sent to a contributor and, once it was typed, the login that it began."""

    __tablename__ = "contributor_logins"

    contributor_id: Mapped[int] = mapped_column(
        ForeignKey("contributors.id", ondelete="CASCADE"), index=True
    )
    nonce: Mapped[str]
    key_id: Mapped[str]
    asked_at: Mapped[datetime]
    wrong: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str | None] = mapped_column(unique=True)
    started_at: Mapped[datetime | None]


class SpeakerSheet(Base):
    """What organisers note about a contributor; nobody else sees it."""

    __tablename__ = "speaker_sheets"

    contributor_id: Mapped[int] = mapped_column(
        ForeignKey("contributors.id", ondelete="CASCADE"), unique=True
    )
    equipment: Mapped[str] = mapped_column(default="")
    travel: Mapped[str] = mapped_column(default="")
    hotel: Mapped[str] = mapped_column(default="")
    honorarium: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")


class WorkshopReport(Base):
    """What those who carry a workshop tell of it; the public sees `results` alone.

    Without an item it is of the congress itself, told by organisers.
    """

    __tablename__ = "workshop_reports"
    __table_args__ = (
        partial_index(
            "uq_workshop_reports_of_congress",
            "congress_id",
            where=text("item_id IS NULL"),
            unique=True,
        ),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE"), unique=True
    )
    needs: Mapped[str] = mapped_column(default="")
    needs_at: Mapped[datetime | None]
    needs_seen_at: Mapped[datetime | None]
    results: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Contribution(Base):
    """What somebody does in an item; without a person it is "N. N." of an affiliation."""

    __tablename__ = "contributions"
    __table_args__ = (
        CheckConstraint("state IN ('requested', 'confirmed', 'declined')", name="state_known"),
    )

    item_id: Mapped[int] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    affiliation: Mapped[dict[str, str]] = mapped_column(default=dict)
    role: Mapped[str]
    state: Mapped[str] = mapped_column(default="requested")
    position: Mapped[int] = mapped_column(default=0)
    # Of who answered by their own link; what organisers enter instead takes its place.
    answered_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="", server_default="")

    person: Mapped[Person | None] = relationship()
