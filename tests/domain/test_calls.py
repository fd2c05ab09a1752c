"""When a call takes proposals, who may still change one, and what a mean is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.calls import (
    Call,
    Content,
    Proposal,
    ProposalKind,
    ProposalState,
    Rating,
    average,
)
from congress.domain.congresses import CongressState

ENDS = datetime(2015, 9, 15, 22, 0, tzinfo=UTC)
LAST = ENDS - timedelta(microseconds=1)
CALL = Call({"de": "Aufruf"}, {}, tuple(ProposalKind), ENDS, is_open=True)
CONTENT = Content(ProposalKind.STAND, "Anna", "", "", "Titel", "Text", "", "de")
PROPOSAL = Proposal(1, 1, ProposalState.NEW, CONTENT, "a@example.org", "de", LAST, LAST, None, None)


@pytest.mark.parametrize(
    ("call", "state", "is_over", "now", "takes"),
    [
        (CALL, CongressState.PUBLISHED, False, LAST, True),
        (CALL, CongressState.PUBLISHED, False, ENDS, False),
        (CALL, CongressState.PUBLISHED, True, LAST, False),
        (CALL, CongressState.DRAFT, False, LAST, False),
        (CALL, CongressState.CANCELLED, False, LAST, False),
        (replace(CALL, is_open=False), CongressState.PUBLISHED, False, LAST, False),
    ],
)
def test_a_call_takes_proposals_to_the_end_of_its_last_day(call, state, is_over, now, takes):
    assert call.takes_proposals(state, is_over=is_over, now=now) is takes


@pytest.mark.parametrize("state", ProposalState)
def test_a_proposal_is_its_authors_until_somebody_decides(state):
    proposal = replace(PROPOSAL, state=state)
    is_open = state in {ProposalState.NEW, ProposalState.SHORTLISTED}

    assert proposal.may_be_withdrawn is is_open
    assert proposal.may_be_corrected(ENDS, now=LAST) is is_open
    assert not proposal.may_be_corrected(ENDS, now=ENDS)


def test_the_mean_of_points():
    assert average([]) is None
    assert average([Rating(1, "A", 4, ""), Rating(2, "B", 5, "")]) == 4.5


def test_every_change_of_a_call_is_another_version():
    others = [
        replace(CALL, title={"de": "Anders"}),
        replace(CALL, text={"en": "x"}),
        replace(CALL, kinds=(ProposalKind.STAND,)),
        replace(CALL, closes_at=LAST),
        replace(CALL, is_open=False),
    ]
    assert len({each.version for each in [CALL, *others]}) == 6
