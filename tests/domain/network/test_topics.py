"""Topics of a meeting: what is possible on which day, and how points count."""

from datetime import date

import pytest

from congress.domain.network.topics import (
    NotInTime,
    Phase,
    RoundPlan,
    Tally,
    TooManyPoints,
    TopicSettled,
    ballot_mark,
    on_ballot,
    require_ballot,
    require_phase,
    standing_for,
    tally,
)

PLAN = RoundPlan(date(2015, 5, 10), date(2015, 5, 20), date(2015, 5, 31), points=5)
SHOWN = RoundPlan(date(2015, 5, 10), date(2015, 5, 20), date(2015, 5, 31), shows_results=True)


@pytest.mark.parametrize(
    ("day", "phase", "can_correct", "shows"),
    [
        (date(2015, 5, 1), Phase.PROPOSING, True, (False, False)),
        (date(2015, 5, 10), Phase.PROPOSING, True, (False, False)),  # to its end
        (date(2015, 5, 11), Phase.BETWEEN, True, (False, False)),
        (date(2015, 5, 19), Phase.BETWEEN, True, (False, False)),
        (date(2015, 5, 20), Phase.VOTING, False, (False, True)),
        (date(2015, 5, 31), Phase.VOTING, False, (False, True)),  # to its end
        (date(2015, 6, 1), Phase.OVER, False, (True, True)),
    ],
)
def test_a_day_says_what_is_possible(day, phase, can_correct, shows):
    assert PLAN.phase(day) is phase
    assert PLAN.can_be_corrected(day) is can_correct
    assert (PLAN.shows_results_on(day), SHOWN.shows_results_on(day)) == shows
    require_phase(PLAN, day, phase)
    for other in set(Phase) - {phase}:
        with pytest.raises(NotInTime):
            require_phase(PLAN, day, other)


@pytest.mark.parametrize(
    ("points", "refusal"),
    [
        ({}, None),
        ({1: 5}, None),
        ({1: 3, 2: 2}, None),
        ({1: 3, 2: 3}, TooManyPoints),
        ({9: 1}, TopicSettled),
    ],
)
def test_a_ballot_gives_no_more_than_there_is_and_to_open_topics(points, refusal):
    if refusal is None:
        require_ballot(points, {1, 2}, 5)
    else:
        with pytest.raises(refusal):
            require_ballot(points, {1, 2}, 5)


def test_votes_for_a_merged_topic_count_for_the_one_that_goes_on():
    merged = {1: 2, 3: 2}
    assert [standing_for(each, merged) for each in (1, 2, 3, 4)] == [2, 2, 2, 4]
    assert on_ballot({1: 1, 2: 2, 4: 1}, merged) == {2: 3, 4: 1}
    found = tally([{1: 1, 2: 2}, {3: 5}, {4: 1}, {}], merged)
    assert found == {2: Tally(8, 2), 4: Tally(1, 1)}


def test_topics_in_a_circle_are_no_endless_way():
    assert standing_for(1, {1: 2, 2: 1}) in {1, 2}


def test_the_mark_of_a_ballot_is_that_of_its_points():
    assert ballot_mark({1: 2, 2: 1}) == ballot_mark({2: 1, 1: 2, 3: 0}) != ballot_mark({1: 1})
