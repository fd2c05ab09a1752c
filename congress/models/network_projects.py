"""Projects of the network, who takes part in them, and what came of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import FOLDED, Base


class NetworkProject(Base):
    """A publication, a working group, a contribution to others' event or an initiative circle."""

    __tablename__ = "network_projects"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('publication', 'working_group', 'contribution', 'initiative_circle')",
            name="kind_known",
        ),
        CheckConstraint(
            "state IN ('proposed', 'running', 'finished', 'declined')", name="state_known"
        ),
        CheckConstraint(
            "is_published = false OR state IN ('running', 'finished')", name="shown_when_taken_on"
        ),
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on", name="period"
        ),
        Index("ix_network_projects_order", "search", "id"),
    )

    code: Mapped[str] = mapped_column(unique=True)  # in its address
    kind: Mapped[str]
    state: Mapped[str]
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    results: Mapped[dict[str, str]]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]  # the last day
    contact: Mapped[str] = mapped_column(default="", server_default="")  # for everybody to read
    search: Mapped[str] = mapped_column(FOLDED)
    is_published: Mapped[bool] = mapped_column(default=False)
    proposed_by: Mapped[int | None] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="SET NULL"), index=True
    )
    proposed_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")  # why it was declined
    closed_at: Mapped[datetime | None]  # when it was finished or declined
    created_at: Mapped[datetime]


class ProjectPart(Base):
    """That an organisation leads a project, carries it along or takes part in it.

    The person is for the office alone and goes a while after the project.
    """

    __tablename__ = "project_parts"
    __table_args__ = (
        UniqueConstraint("project_id", "organisation_id"),
        CheckConstraint("part IN ('lead', 'partner', 'participant')", name="part_known"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("network_projects.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    part: Mapped[str]
    person: Mapped[str] = mapped_column(default="", server_default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    joined_at: Mapped[datetime]


class ProjectDocument(Base):
    """A document, a photo or a link of a project; the public sees those of published projects."""

    __tablename__ = "project_documents"
    __table_args__ = (CheckConstraint("kind IN ('document', 'photo', 'link')", name="kind_known"),)

    project_id: Mapped[int] = mapped_column(
        ForeignKey("network_projects.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    title: Mapped[dict[str, str]]  # of a photo what it shows
    credit: Mapped[str] = mapped_column(default="", server_default="")
    url: Mapped[str] = mapped_column(default="", server_default="")
    name: Mapped[str] = mapped_column(default="", server_default="")  # of the file
    media_type: Mapped[str] = mapped_column(default="", server_default="")
    size: Mapped[int] = mapped_column(default=0, server_default="0")
    width: Mapped[int] = mapped_column(default=0, server_default="0")
    height: Mapped[int] = mapped_column(default=0, server_default="0")
    digest: Mapped[str] = mapped_column(default="", server_default="", index=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    may_publish_at: Mapped[datetime | None]  # when it was said that a file may be published
    added_at: Mapped[datetime]
