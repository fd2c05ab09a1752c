"""Topics of a network meeting: proposed by municipalities, voted on, taken into the programme."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.programme import ItemKind

LONGEST_TITLE, LONGEST_NEED = 200, 3_000  # characters
MOST_POINTS = 20  # of one municipality
MOST_OF_ONE = 10  # topics that a municipality has proposed for one meeting

# In which way a topic is treated at a meeting.
FORMATS = (ItemKind.PEER_EXCHANGE, ItemKind.EXPERT_INPUT, ItemKind.STATE_NEWS)


class Phase(StrEnum):
    """What can be done in a round on a day."""

    PROPOSING = "proposing"
    BETWEEN = "between"  # the office looks through the proposals
    VOTING = "voting"
    OVER = "over"


class TopicState(StrEnum):
    """What has become of a topic."""

    OPEN = "open"
    MERGED = "merged"  # into another one
    DECLINED = "declined"


class CallFor(StrEnum):
    """What contact persons are written to for."""

    PROPOSE = "propose"
    VOTE = "vote"


class RoundEditedMeanwhile(Refused):
    """Somebody else saved the round after the form was opened."""


class TopicEditedMeanwhile(Refused):
    """Somebody else saved the topic after the form was opened."""


class PointsInUse(Refused):
    """Municipalities have voted with another number of points."""


class NoMemberToday(Refused):
    """Topics are for who belongs to the network on the day."""


class NotInTime(Refused):
    """It is too late, or too early, in this round."""


class TooManyTopics(Refused):
    """A municipality has proposed as many topics as it may."""


class TopicSettled(Refused):
    """A topic is merged, declined or in the programme, so this cannot be done with it."""


class TopicReleased(Refused):
    """The public knows the item of a topic, so it is taken out in the programme."""


class BallotChanged(Refused):
    """Somebody else has voted for the same municipality after the form was opened."""


@dataclass(eq=False)
class TooManyPoints(Refused):
    """More points are given than a municipality has."""

    given: int
    most: int


@dataclass(frozen=True)
class RoundPlan:
    """From when until when a round does what; days are local, and the last ones count in full."""

    proposals_until: date
    votes_from: date
    votes_until: date
    points: int = 1  # of each municipality; one is a single vote
    shows_results: bool = False  # already during the vote

    @property
    def version(self) -> str:
        """What tells this from others: nobody saves over what they have not seen."""
        return _mark(self)

    def phase(self, day: date) -> Phase:
        """Return what can be done on a day."""
        if day <= self.proposals_until:
            return Phase.PROPOSING
        if day < self.votes_from:
            return Phase.BETWEEN
        return Phase.VOTING if day <= self.votes_until else Phase.OVER

    def shows_results_on(self, day: date) -> bool:
        """Return whether municipalities see how the vote stands."""
        phase = self.phase(day)
        return phase is Phase.OVER or (self.shows_results and phase is Phase.VOTING)

    def last_day_to(self, step: CallFor) -> date:
        """Return until when something can be done for which contact persons are written to."""
        return self.proposals_until if step is CallFor.PROPOSE else self.votes_until

    def can_be_corrected(self, day: date) -> bool:
        """Return whether a municipality can still correct or withdraw what it proposed."""
        return self.phase(day) in {Phase.PROPOSING, Phase.BETWEEN}


@dataclass(frozen=True)
class TopicFacts:
    """What a municipality, or the office in its place, says of a topic."""

    title: str
    need: str
    kind: ItemKind
    contributes: bool = False  # the municipality would bring something along

    @property
    def version(self) -> str:
        """What tells these facts from others."""
        return _mark(self)


@dataclass(frozen=True)
class Tally:
    """How a topic stands."""

    points: int = 0
    municipalities: int = 0


def require_phase(plan: RoundPlan, day: date, *phases: Phase) -> None:
    """Refuse what is not possible on a day. Raises NotInTime."""
    if plan.phase(day) not in phases:
        raise NotInTime


def require_ballot(points: Mapping[int, int], open_topics: Iterable[int], most: int) -> None:
    """Refuse a ballot that no municipality can cast. Raises TopicSettled and TooManyPoints."""
    if set(points) - set(open_topics):
        raise TopicSettled
    given = sum(points.values())
    if given > most:
        raise TooManyPoints(given, most)


def standing_for(topic: int, merged: Mapping[int, int]) -> int:
    """Return the topic that goes on for another one; `merged` says what went into what."""
    seen = {topic}
    while topic in merged and merged[topic] not in seen:
        topic = merged[topic]
        seen.add(topic)
    return topic


def on_ballot(points: Mapping[int, int], merged: Mapping[int, int]) -> dict[int, int]:
    """Return the points of a municipality; those of a merged topic are of the one that goes on."""
    found: dict[int, int] = defaultdict(int)
    for topic, many in points.items():
        found[standing_for(topic, merged)] += many
    return dict(found)


def tally(ballots: Iterable[Mapping[int, int]], merged: Mapping[int, int]) -> dict[int, Tally]:
    """Return how each topic stands, from the points of each municipality."""
    points: dict[int, int] = defaultdict(int)
    voters: dict[int, int] = defaultdict(int)
    for ballot in ballots:
        for topic, many in on_ballot(ballot, merged).items():
            points[topic] += many
            voters[topic] += many > 0
    return {topic: Tally(points[topic], voters[topic]) for topic in points}


def ballot_mark(points: Mapping[int, int]) -> str:
    """Return what tells a ballot from another one of the same municipality."""
    return _mark(sorted((topic, many) for topic, many in points.items() if many))


def _mark(said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
