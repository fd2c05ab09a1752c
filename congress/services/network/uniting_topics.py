"""Topics and votes of two entries of one organisation that are made one."""

from collections.abc import Collection

from sqlalchemy import Select, delete, select, update

from congress.base import table_of
from congress.extensions import db
from congress.models import Congress, MeetingTopic, TopicBallot, TopicRound
from congress.models.revisions import ANEW

BALLOTS, TOPICS, ROUNDS = map(table_of, (TopicBallot, MeetingTopic, TopicRound))
CONGRESSES = table_of(Congress)


def settle(kept: int, other: int) -> None:
    """One municipality has one vote: where both have voted, that of the one that goes on counts.

    Pages that name the other one as a proposer are made anew.
    """
    voted = select(BALLOTS.c.round_id).where(BALLOTS.c.organisation_id == kept)
    db.session.execute(
        delete(BALLOTS).where(BALLOTS.c.organisation_id == other, BALLOTS.c.round_id.in_(voted))
    )
    shown = CONGRESSES.c.id.in_(named([other]))
    db.session.execute(update(CONGRESSES).where(shown).values(ANEW))


def named(organisations: Collection[int]) -> Select[tuple[int]]:
    """Return the meetings for which any of these has proposed a topic."""
    return (
        select(ROUNDS.c.congress_id)
        .join(TOPICS, TOPICS.c.round_id == ROUNDS.c.id)
        .where(TOPICS.c.organisation_id.in_(organisations))
    )
