"""What a congress recommends: written, answered, published and deleted by organisers."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.planning.recommendations import (
    MOST_RECOMMENDATIONS,
    RecommendationEditedMeanwhile,
    RecommendationGone,
    Said,
    TooManyRecommendations,
)
from congress.extensions import db
from congress.models import Recommendation
from congress.queries.planning import recommendations
from congress.services import auditing
from congress.services.planning import publishing
from congress.transaction import transaction


def save(
    congress_id: int,
    said: Said,
    *,
    recommendation_id: int | None,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep a recommendation, a new one without a number; what is published counts at once.

    Raises RecommendationEditedMeanwhile where it is of another version by now, RecommendationGone,
    and TooManyRecommendations.
    """
    with transaction():
        publishing.hold(congress_id)
        if recommendation_id is None:
            there = recommendations.of_congress(congress_id)
            if there and there[-1].said == said:
                return  # pressed twice
            if len(there) >= MOST_RECOMMENDATIONS:
                raise TooManyRecommendations
            row = Recommendation(congress_id=congress_id, version=0)
            db.session.add(row)
        else:
            row = _get(congress_id, recommendation_id)
            if row.version != version:
                raise RecommendationEditedMeanwhile
        _write(row, said)
        _record("recommendation_saved", row, actor=actor, now=now)


def remove(congress_id: int, recommendation_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete a recommendation for good; again changes nothing."""
    with transaction():
        publishing.hold(congress_id)
        row = _find(congress_id, recommendation_id)
        if row is not None:
            _record("recommendation_removed", row, actor=actor, now=now)
            db.session.delete(row)


def _write(row: Recommendation, said: Said) -> None:
    row.text, row.addressee, row.answer = dict(said.text), dict(said.addressee), dict(said.answer)
    row.state, row.item_id, row.is_published = said.state, said.item_id, said.is_published
    row.version += 1


def _get(congress_id: int, recommendation_id: int) -> Recommendation:
    row = _find(congress_id, recommendation_id)
    if row is None:
        raise RecommendationGone
    return row


def _find(congress_id: int, recommendation_id: int) -> Recommendation | None:
    which = (
        Recommendation.congress_id == congress_id,
        Recommendation.id == recommendation_id,
    )
    return db.session.scalars(
        select(Recommendation).where(*which), execution_options={"populate_existing": True}
    ).one_or_none()


def _record(verb: str, row: Recommendation, *, actor: Actor, now: datetime) -> None:
    db.session.flush()
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=row.congress_id,
        details={"is_published": row.is_published},
    )
