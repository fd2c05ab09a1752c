"""Applications for places in a training course, and whom they name."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class CourseCall(Base):
    """That one can apply for a course, until when, and for how many people."""

    __tablename__ = "course_calls"
    __table_args__ = (CheckConstraint("people > 0", name="people"),)

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime]  # the first moment too late
    people: Mapped[int]
    municipalities: Mapped[int | None]
    is_open: Mapped[bool]


class CourseApplication(Base):
    """What a municipality applies with, and the link to its page: nonce and digest, never the link.

    `chosen` is an answer that nobody has been told yet. The row goes a while after the course has
    begun, or with its congress (`retention`).
    """

    __tablename__ = "course_applications"
    __table_args__ = (
        UniqueConstraint("congress_id", "form_key"),
        Index("ix_course_applications_congress", "congress_id", "state"),
        CheckConstraint(
            "state IN ('new', 'accepted', 'reserve', 'declined', 'withdrawn')", name="state_known"
        ),
        CheckConstraint(
            "chosen IS NULL OR chosen IN ('accepted', 'reserve', 'declined')", name="chosen_known"
        ),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    organisation: Mapped[str]
    state: Mapped[str] = mapped_column(default="new")
    chosen: Mapped[str | None]
    rank: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    given_name: Mapped[str]
    family_name: Mapped[str]
    function: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str]
    motivation: Mapped[str]
    language: Mapped[str]
    form_key: Mapped[str]
    text_version: Mapped[str]  # of the privacy notice
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class CoursePerson(Base):
    """Somebody who is to take part, with the link to say that they do not want to.

    Whoever objects leaves an empty row; whoever is registered is known by the registration.
    """

    __tablename__ = "course_people"

    application_id: Mapped[int] = mapped_column(
        ForeignKey("course_applications.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    given_name: Mapped[str]
    family_name: Mapped[str]
    function: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str]
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    objected_at: Mapped[datetime | None]
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="SET NULL"), index=True
    )
