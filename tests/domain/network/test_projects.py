"""Projects of the network: which step leads where, and what is shown."""

from dataclasses import replace
from datetime import date

import pytest

from congress.domain.network.projects import (
    ProjectFacts,
    ProjectKind,
    ProjectNotShown,
    ProjectState,
    ProjectStep,
    StepNotPossible,
    after,
    possible,
    require_showable,
)

PROPOSED, RUNNING, FINISHED, DECLINED = ProjectState
ACCEPT, DECLINE, FINISH, RESUME = ProjectStep
LEADS = {
    (PROPOSED, ACCEPT): RUNNING,
    (PROPOSED, DECLINE): DECLINED,
    (DECLINED, ACCEPT): RUNNING,
    (RUNNING, FINISH): FINISHED,
    (FINISHED, RESUME): RUNNING,
}


@pytest.mark.parametrize("state", ProjectState)
@pytest.mark.parametrize("step", ProjectStep)
def test_a_step_leads_from_a_state_to_another_or_nowhere(state, step):
    if (state, step) in LEADS:
        assert after(state, step) is LEADS[state, step]
    else:
        with pytest.raises(StepNotPossible) as refusal:
            after(state, step)
        assert refusal.value.state is state
    assert (step in possible(state)) is ((state, step) in LEADS)


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [(PROPOSED, False), (RUNNING, True), (FINISHED, True), (DECLINED, False)],
)
def test_the_public_sees_what_the_network_has_taken_on(state, is_shown):
    if is_shown:
        require_showable(state)
    else:
        with pytest.raises(ProjectNotShown):
            require_showable(state)


FACTS = ProjectFacts(ProjectKind.PUBLICATION, {"de": "Handreichung", "en": "Guide"})


@pytest.mark.parametrize(
    "other",
    [
        replace(FACTS, kind=ProjectKind.WORKING_GROUP),
        replace(FACTS, title={"de": "Anders", "en": "Guide"}),
        replace(FACTS, summary={"de": "Worum es geht"}),
        replace(FACTS, results={"de": "Was daraus wurde"}),
        replace(FACTS, starts_on=date(2015, 1, 1)),
        replace(FACTS, ends_on=date(2015, 12, 31)),
        replace(FACTS, contact="Anna Albers"),
    ],
)
def test_whatever_is_said_otherwise_makes_another_version(other):
    [changed] = FACTS.changes_to(other)
    assert getattr(FACTS, changed) != getattr(other, changed)
    assert FACTS.version != other.version


def test_the_order_of_languages_makes_no_other_version():
    turned = replace(FACTS, title={"en": "Guide", "de": "Handreichung"})
    assert FACTS.version == turned.version
