"""Courses beside what is told of who came: no number hidden in one table follows from another."""

from collections import defaultdict

import pytest

from congress.domain.congresses import CongressKind
from congress.domain.network.cohort_figures import Cohort, CohortFigures, of_cohorts
from congress.domain.network.masking import FEW, NOBODY, SMALLEST, Count, masked
from congress.domain.network.occasions import Occasion


def a_cohort(people, came, completed, modules=8):
    occasion = Occasion(CongressKind.TRAINING, people, 0, people, came)
    return Cohort(occasion, modules, completed)


@pytest.mark.parametrize(
    ("cohort", "told"),
    [
        (a_cohort(20, 20, 20), Count(20, 20)),
        (a_cohort(20, 20, 17), Count(16, 19)),
        (a_cohort(20, 20, 3), FEW),
        # Ten stayed away; that two came too seldom would follow from a number.
        (a_cohort(40, 30, 28), Count(26, 29)),
        # Three stayed away, which is not told, so those who did not complete it are told.
        (a_cohort(43, 40, 36), Count(36, 36)),
        (a_cohort(20, 10, 0), NOBODY),
    ],
)
def test_who_completed_a_course(cohort, told):
    assert cohort.told_completed == told


def test_each_hidden_group_may_have_been_of_at_least_two_sizes():
    """All courses up to 24 people that look alike, in all that is told of one."""
    alike = defaultdict(list)
    for people in range(1, 25):
        for came in range(1, people + 1):
            for completed in range(came + 1):
                each = a_cohort(people, came, completed)
                shown = (masked(people), each.occasion.presence, each.told_completed)
                alike[shown].append((completed, came - completed, people - came))
    for shown, worlds in alike.items():
        for group in range(3):
            sizes = {world[group] for world in worlds}
            if sizes & set(range(1, SMALLEST)):
                assert len(sizes) > 1, (shown, worlds)


def test_courses_without_attendance_say_nothing_of_completion():
    unknown = Cohort(Occasion(CongressKind.TRAINING, 3, 0, 3, None), 4, 0)
    assert of_cohorts([a_cohort(20, 20, 17), unknown], 6) == CohortFigures(
        2, 12, 6, Count(21, 24), 1, Count(16, 19)
    )
