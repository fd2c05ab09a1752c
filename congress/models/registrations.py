"""Who comes: registrations, the workshop places in them, consents, links, calendar entries."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress.base import FOLDED, Base, partial_index

ACTIVE = text("state <> 'cancelled'")
FROM_A_FORM = text("form_key <> ''")
MERGED = text("merged_into_id IS NOT NULL")
INVITED = text("invitation_id IS NOT NULL")
SUBSTITUTED = text("substituted_by_id IS NOT NULL")
UNCONFIRMED = text("unconfirmed_until IS NOT NULL")
OFFERED = text("offered_until IS NOT NULL")
COUNTED = text("quota_key <> ''")
GROUPED = text("group_id IS NOT NULL")
OTHERS = text("kind <> 'attendee'")


class Registration(Base):
    """One attendee at one congress.

    Among active registrations of a congress the same person stands once; registering again
    after a withdrawal is a new row. A queue's order is (priority, joined_at, id).
    """

    __tablename__ = "registrations"
    __table_args__ = (
        partial_index(
            "uq_registrations_person", "congress_id email_key name_key", where=ACTIVE, unique=True
        ),
        partial_index("ix_registrations_form", "congress_id form_key", where=FROM_A_FORM),
        Index("ix_registrations_queue", "congress_id", "state", "priority", "joined_at", "id"),
        Index("ix_registrations_created", "congress_id", "created_at", "id"),
        Index("ix_registrations_name", "congress_id", "family_key", "id"),
        partial_index(
            "ix_registrations_likeness",
            "congress_id likeness organisation_key email_key state",  # all that is looked at
            where=ACTIVE,
        ),
        partial_index("ix_registrations_merged_into", "merged_into_id", where=MERGED),
        partial_index("ix_registrations_substituted", "substituted_by_id", where=SUBSTITUTED),
        partial_index("ix_registrations_unconfirmed", "unconfirmed_until", where=UNCONFIRMED),
        partial_index("ix_registrations_offered", "offered_until", where=OFFERED),
        partial_index("ix_registrations_quota", "congress_id quota_key state", where=COUNTED),
        partial_index("ix_registrations_kind", "congress_id kind state", where=OTHERS),
        partial_index("ix_registrations_invitation", "invitation_id", where=INVITED),
        partial_index("ix_registrations_group", "group_id", where=GROUPED),
        CheckConstraint(
            "state IN ('confirmed', 'waiting', 'cancelled', 'requested', 'offered')",
            name="state_known",
        ),
        CheckConstraint("state = 'requested' OR NOT holds_places", name="held"),
        CheckConstraint("mode IN ('onsite', 'online')", name="mode_known"),
        CheckConstraint(
            "kind IN ('attendee', 'contributor', 'guest', 'press', 'team')", name="kind_known"
        ),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id"))
    state: Mapped[str]
    mode: Mapped[str] = mapped_column(default="onsite", server_default="onsite")  # `domain.modes`
    # As what somebody comes (`domain.kinds`); organisers say it.
    kind: Mapped[str] = mapped_column(default="attendee", server_default="attendee")
    # While organisers decide: whether its places are taken meanwhile.
    holds_places: Mapped[bool] = mapped_column(default=False, server_default=false())
    given_name: Mapped[str]
    family_name: Mapped[str]
    email: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")  # as typed
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    answers: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    language: Mapped[str] = mapped_column(default="de")
    subscribes: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # and gets no invitations

    email_key: Mapped[str]
    name_key: Mapped[str]
    family_key: Mapped[str] = mapped_column(FOLDED)  # `name_order`: what the list sorts by
    organisation_key: Mapped[str] = mapped_column(FOLDED, default="", server_default="")
    # Under which organisation they are counted where there is a quota; empty for nobody's.
    quota_key: Mapped[str] = mapped_column(default="", server_default="")
    likeness: Mapped[str] = mapped_column(default="", server_default="")  # of two spellings
    search: Mapped[str]  # all fields folded: what the list searches in
    note: Mapped[str] = mapped_column(default="", server_default="")  # organisers', for themselves
    form_key: Mapped[str] = mapped_column(default="")  # which form it came from: a double submit

    priority: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    # Until when it is held without its address confirmed; NULL once it is, or where nobody asked.
    unconfirmed_until: Mapped[datetime | None]
    # Until when an offered place is held; NULL unless the state says that one is offered.
    offered_until: Mapped[datetime | None]
    # Until when they may choose again, also after the last day for it: theirs was called off.
    chooses_until: Mapped[datetime | None]
    # When they last said what they wish for of the workshops, where these are ranked.
    wished_at: Mapped[datetime | None]
    # By which invitation somebody came, where they came by one.
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitations.id", ondelete="SET NULL")
    )
    # With whom a contact registered somebody, as long as that contact is kept.
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("registration_groups.id", ondelete="SET NULL")
    )
    # Which registration of the same person goes on; this one has ended then.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))
    # Which registration of somebody else has its places now; this one has ended then.
    substituted_by_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))

    bookings: Mapped[list["Booking"]] = relationship(order_by="Booking.id")
    consents: Mapped[list["Consent"]] = relationship(order_by="Consent.id")
    tokens: Mapped[list["AccessToken"]] = relationship(order_by="AccessToken.id")
    entries: Mapped[list["CalendarEntry"]] = relationship(order_by="CalendarEntry.day")


class Booking(Base):
    """One place in one workshop, or one in its queue.

    `instead_of_id` is the place held meanwhile; it is given up in the transaction that confirms
    this one.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        partial_index("uq_bookings_workshop", "registration_id item_id", where=ACTIVE, unique=True),
        Index("ix_bookings_queue", "item_id", "state", "priority", "joined_at", "id"),
        partial_index("ix_bookings_offered", "offered_until", where=OFFERED),
        CheckConstraint(
            "state IN ('confirmed', 'waiting', 'offered', 'cancelled')", name="state_known"
        ),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_items.id"))
    state: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id"))
    offered_until: Mapped[datetime | None]  # how long an offered place is held
    # Which of the wishes it was that it was given or is waited for by, where places went by wishes.
    wish: Mapped[int | None]
    # The called-off workshop in whose place organisers gave it, until something else is chosen.
    stands_in_for_id: Mapped[int | None] = mapped_column(ForeignKey("programme_items.id"))
    priority: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Consent(Base):
    """What somebody agreed to or took note of, in which words, when; withdrawn any time."""

    __tablename__ = "consents"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    purpose: Mapped[str]  # privacy_notice, attendee_list, photos
    text_version: Mapped[str]
    channel: Mapped[str]  # form, own_page, organiser
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Answer(Base):
    """What somebody answered to a question of the congress: a row for each thing chosen or written.

    So how many chose an option is counted in the database, and one question goes before another.
    """

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("registration_id", "question", "choice"),
        Index("ix_answers_given", "congress_id", "question", "choice"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    question: Mapped[str]  # its key
    choice: Mapped[str]  # the key of an option, yes or no; empty where something was written
    text: Mapped[str]  # what was written


class AnswerFile(Base):
    """The file that somebody answered with.

    The answer beside it holds its name, so that no list reads any bytes.
    """

    __tablename__ = "answer_files"
    __table_args__ = (
        UniqueConstraint("registration_id", "question"),
        Index("ix_answer_files_question", "congress_id", "question"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    question: Mapped[str]  # its key
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class AssistanceNeeds(Base):
    """What somebody needs to take part: with their consent, apart from all else, and not for long.

    The row is the consent: withdrawing it deletes the row.
    """

    __tablename__ = "assistance_needs"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), unique=True
    )
    kinds: Mapped[list[str]]
    text: Mapped[str]
    text_version: Mapped[str]  # of the privacy notice they agreed to
    channel: Mapped[str]  # form, own_page, organiser
    consented_at: Mapped[datetime]
    stored_at: Mapped[datetime]


class AccessToken(Base):
    """A secret link of a registration: its nonce, the key's name and a digest, never the link."""

    __tablename__ = "access_tokens"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    purpose: Mapped[str]  # manage, feed, check_in, and what `domain.tokens` calls links
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class AddressChange(Base):
    """An address somebody wants to be written to, until they confirm it from there.

    One per registration: a newer wish takes the place of the older. The row goes with the answer
    or, without one, when its time is over.
    """

    __tablename__ = "address_changes"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), unique=True)
    email: Mapped[str]
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class HandOver(Base):
    """A colleague who is to come instead, named by who cannot, until they accept.

    One per registration: naming somebody else takes the place of it. The row goes with the answer,
    when it is taken back, or when its time is over.
    """

    __tablename__ = "hand_overs"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), unique=True
    )
    given_name: Mapped[str]
    family_name: Mapped[str]
    email: Mapped[str]
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ToldApart(Base):
    """Two registrations that somebody has looked at: they are of two people."""

    __tablename__ = "told_apart"
    __table_args__ = (UniqueConstraint("registration_id", "other_id"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)


class CalendarEntry(Base):
    """The calendar entry of a registration on one congress day, as last stated.

    `content` holds the words and times of that revision, so that a feed and a repeated mail
    are made of the same row and unchanged data give unchanged bytes. `day` moves with the
    congress. Whoever registers again goes on with the same `uid`, in a row of the new registration.
    """

    __tablename__ = "calendar_entries"
    __table_args__ = (
        UniqueConstraint("registration_id", "uid"),
        CheckConstraint("status IN ('CONFIRMED', 'CANCELLED')", name="status_known"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    day: Mapped[date]
    uid: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=0)
    revised_at: Mapped[datetime]
    status: Mapped[str]
    content: Mapped[dict[str, Any]]
