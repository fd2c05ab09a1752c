"""Topics of network meetings: the rounds, what was proposed in them, and the votes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class TopicRound(Base):
    """The one round of topics of a network meeting; its days are those of the network."""

    __tablename__ = "topic_rounds"
    __table_args__ = (
        CheckConstraint(
            "proposals_until < votes_from AND votes_from <= votes_until", name="in_order"
        ),
        CheckConstraint("points >= 1", name="points"),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    proposals_until: Mapped[date]
    votes_from: Mapped[date]
    votes_until: Mapped[date]
    points: Mapped[int]
    shows_results: Mapped[bool]
    created_at: Mapped[datetime]


class MeetingTopic(Base):
    """A topic that a municipality proposed; who did so for it goes with their term.

    An item of the programme that came of it may be gone: then the topic is open again.
    """

    __tablename__ = "meeting_topics"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'merged', 'declined')", name="state_known"),
        CheckConstraint("item_id IS NULL OR state = 'open'", name="open_in_programme"),
        CheckConstraint(
            "kind IN ('peer_exchange', 'expert_input', 'state_news')", name="kind_known"
        ),
    )

    round_id: Mapped[int] = mapped_column(
        ForeignKey("topic_rounds.id", ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str]
    need: Mapped[str]
    kind: Mapped[str]
    contributes: Mapped[bool]
    state: Mapped[str] = mapped_column(default="open", server_default="open")
    reason: Mapped[str] = mapped_column(default="", server_default="")  # why it was declined
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting_topics.id", ondelete="SET NULL"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="SET NULL"), index=True
    )
    names_proposer: Mapped[bool] = mapped_column(default=False)  # on the page of the item
    told: Mapped[str] = mapped_column(default="", server_default="")  # the answer sent last
    proposed_by: Mapped[int | None] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="SET NULL"), index=True
    )
    proposed_at: Mapped[datetime]


class TopicBallot(Base):
    """That a municipality has voted in a round, whoever did so for it."""

    __tablename__ = "topic_ballots"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("topic_rounds.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    cast_at: Mapped[datetime]


class TopicVote(Base):
    """How many points of a ballot a topic has."""

    __tablename__ = "topic_votes"
    __table_args__ = (
        UniqueConstraint("ballot_id", "topic_id"),
        CheckConstraint("points >= 1", name="points"),
    )

    ballot_id: Mapped[int] = mapped_column(ForeignKey("topic_ballots.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_topics.id", ondelete="CASCADE"), index=True
    )
    points: Mapped[int]


class TopicCall(Base):
    """That somebody was written to for proposals or votes: nobody is for the same thing twice."""

    __tablename__ = "topic_calls"
    __table_args__ = (
        UniqueConstraint("round_id", "contact_id", "step"),
        CheckConstraint("step IN ('propose', 'vote')", name="step_known"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("topic_rounds.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[str]
    sent_at: Mapped[datetime]
