"""The round of topics of a network meeting: opened, changed, reopened by other days."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from congress.domain.access import Actor
from congress.domain.network.topics import PointsInUse, RoundEditedMeanwhile, RoundPlan
from congress.extensions import db
from congress.models import MeetingTopic, TopicBallot, TopicRound
from congress.queries import congresses
from congress.queries.network import topics
from congress.services import auditing
from congress.transaction import transaction


def save(congress_id: int, plan: RoundPlan, *, version: str, actor: Actor, now: datetime) -> bool:
    """Open a round, or let it have other days; returns whether anything is other than before.

    A vote that is over goes on where its last day is a later one. Raises RoundEditedMeanwhile
    when `version` is not that of what was saved last, and PointsInUse.
    """
    with transaction():
        congresses.hold(congress_id)
        row = find(congress_id)
        before = topics.plan_of(row) if row else None
        if (before.version if before else "") != version:
            raise RoundEditedMeanwhile
        if before == plan:
            return False
        if row is None:
            row = TopicRound(congress_id=congress_id, created_at=now)
            db.session.add(row)
        elif row.points != plan.points and _has_ballots(row.id):
            raise PointsInUse
        for name in topics.PLAN.split():
            setattr(row, name, getattr(plan, name))
        db.session.flush()
        verb = "topics_changed" if before else "topics_opened"
        record(verb, congress_id, actor=actor, now=now)
        return True


def find(congress_id: int) -> TopicRound | None:
    """Return the round of a meeting."""
    return db.session.scalars(
        select(TopicRound).where(TopicRound.congress_id == congress_id),
        execution_options={"populate_existing": True},
    ).one_or_none()


def hold(round_id: int) -> TopicRound:
    """Lock a round that is there: votes and proposals in it wait for each other."""
    return db.session.scalars(
        select(TopicRound).where(TopicRound.id == round_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one()


def topic_in(round_id: int, topic_id: int) -> MeetingTopic | None:
    """Return a topic of a round that is held; None where it was withdrawn meanwhile."""
    return db.session.scalars(
        select(MeetingTopic).where(MeetingTopic.id == topic_id, MeetingTopic.round_id == round_id),
        execution_options={"populate_existing": True},
    ).one_or_none()


def merged_into(topic_id: int) -> list[MeetingTopic]:
    """Return the topics that went into one."""
    own = select(MeetingTopic).where(MeetingTopic.merged_into_id == topic_id)
    return list(db.session.scalars(own.order_by(MeetingTopic.id)))


def record(
    verb: str,
    congress_id: int,
    *,
    actor: Actor,
    now: datetime,
    **details: Any,  # noqa: ANN401
) -> None:
    """Add the line of the network's log about the topics of a meeting."""
    meeting = topics.get_meeting(congress_id)
    said = {"meeting": meeting.title.get("de", ""), "slug": meeting.slug, **details}
    auditing.record(verb, actor=actor, now=now, details=said)


def _has_ballots(round_id: int) -> bool:
    return bool(db.session.scalars(select(exists().where(TopicBallot.round_id == round_id))).one())
