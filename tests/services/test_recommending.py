"""Recommendations: written, answered, published, deleted, on both databases."""

import pytest

from congress.domain.access import COMMAND
from congress.domain.planning.recommendations import (
    MOST_RECOMMENDATIONS,
    RecommendationEditedMeanwhile,
    RecommendationGone,
    RecommendationState,
    Said,
    TooManyRecommendations,
)
from congress.queries import congresses
from congress.queries.planning import outcomes, recommendations
from congress.services.planning import recommending
from tests import builders
from tests.builders import OPEN
from tests.materials import a_recommendation

pytestmark = pytest.mark.usefixtures("database")

TIME = Said({"de": "Mehr Zeit."}, {"de": "Land"})
TAKEN = Said(
    {"de": "Mehr Zeit."},
    {"de": "Land"},
    RecommendationState.TAKEN_UP,
    {"de": "Ab 2027."},
    is_published=True,
)


def save(congress_id: int, said: Said, number: int | None = None, version: int = 0) -> None:
    recommending.save(
        congress_id, said, recommendation_id=number, version=version, actor=COMMAND, now=OPEN
    )


def test_a_recommendation_is_written_and_answered():
    here = builders.a_congress().id
    save(here, TIME)
    save(here, TIME)  # pressed twice
    [found] = recommendations.of_congress(here)
    assert found.said == TIME
    assert recommendations.published(here) == []
    assert not outcomes.are_published(congresses.get_heading(here))
    save(here, TAKEN, found.id, found.version)
    with pytest.raises(RecommendationEditedMeanwhile):
        save(here, TIME, found.id, found.version)
    assert [each.said for each in recommendations.published(here)] == [TAKEN]
    assert outcomes.are_published(congresses.get_heading(here))
    for _ in range(2):
        recommending.remove(here, found.id, actor=COMMAND, now=OPEN)
    assert recommendations.of_congress(here) == []
    with pytest.raises(RecommendationGone):
        save(here, TIME, found.id, found.version)


@pytest.mark.sqlite_only
def test_there_are_not_any_number(database):
    congress = builders.a_congress()
    for _ in range(MOST_RECOMMENDATIONS):
        a_recommendation(congress)
    with pytest.raises(TooManyRecommendations):
        save(congress.id, TAKEN)
