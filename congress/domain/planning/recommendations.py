"""What a congress recommends: to whom, what they answered, and what became of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.texts import Texts

LONGEST_RECOMMENDATION, LONGEST_ADDRESSEE, LONGEST_ANSWER = 2_000, 200, 5_000  # characters
MOST_RECOMMENDATIONS = 100  # of one congress


class RecommendationState(StrEnum):
    """What became of it."""

    OPEN = "open"
    ANSWERED = "answered"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"


class RecommendationEditedMeanwhile(Refused):
    """Somebody else saved it after this form was opened."""


class RecommendationGone(Refused):
    """Somebody else deleted it."""


class TooManyRecommendations(Refused):
    """There are as many as there may be."""


@dataclass(frozen=True)
class Said:
    """What a recommendation says."""

    text: Texts
    addressee: Texts
    state: RecommendationState = RecommendationState.OPEN
    answer: Texts = field(default_factory=dict)
    item_id: int | None = None  # of the workshop that it comes from
    is_published: bool = False


@dataclass(frozen=True)
class Recommendation:
    """A recommendation as it is kept."""

    id: int
    version: int
    said: Said
