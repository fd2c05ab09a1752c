"""What an accepted proposal becomes in the programme, and what its author can be told of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.acceptance import Prospect, again, plan_of, prospect, usual_slot
from congress.domain.calls import (
    Answering,
    Content,
    Proposal,
    ProposalKind,
    ProposalState,
    answer_from,
)
from congress.domain.planning.item_plan import PersonPlan
from congress.domain.programme import DIALOGUE_PARTNER, Face, ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot

AT = datetime(2015, 10, 21, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST, SECOND = TimeSlot(AT, AT + HOUR), TimeSlot(AT + HOUR, AT + 2 * HOUR)
DAY = TimeSlot(AT, AT + 8 * HOUR)
CONTENT = Content(ProposalKind.WORKSHOP, "Anna", "Dorf eG", "", "Titel", "Text", "Strom", "de")
NEW, SHORTLISTED = ProposalState.NEW, ProposalState.SHORTLISTED
ACCEPTED, DECLINED = ProposalState.ACCEPTED, ProposalState.DECLINED
WITHDRAWN = ProposalState.WITHDRAWN
FACE = Face({"de": "Titel"}, {}, FIRST, {})


def a_proposal(kind=ProposalKind.WORKSHOP, state=ACCEPTED, item_id=7):
    content = replace(CONTENT, kind=kind)
    dates = (AT, AT, state, AT)
    return Proposal(1, 1, state, content, "a@example.org", "de", *dates, item_id)


@pytest.mark.parametrize(
    ("before", "accepting", "declining"),
    [
        (NEW, Answering.ACCEPTED, Answering.DECLINED),
        (SHORTLISTED, Answering.ACCEPTED, Answering.DECLINED),
        (DECLINED, Answering.ACCEPTED_AFTER_ALL, None),
        (ACCEPTED, None, Answering.NO_LONGER_ACCEPTED),
        (WITHDRAWN, None, None),
    ],
)
def test_an_answer_says_what_changes(before, accepting, declining):
    assert answer_from(before, ACCEPTED) is accepting
    assert answer_from(before, DECLINED) is declining


def test_an_item_is_what_was_proposed_with_its_author():
    workshop = plan_of(CONTENT, FIRST, 7)
    author = PersonPlan("Anna", {"de": "Dorf eG"}, DIALOGUE_PARTNER, PersonState.CONFIRMED)
    assert (workshop.kind, workshop.number, workshop.bookable) == (ItemKind.WORKSHOP, 7, True)
    assert (workshop.title, workshop.abstract) == ({"de": "Titel"}, {"de": "Text"})
    assert workshop.people == (author,)
    kind, english = ProposalKind.PRACTICE_EXAMPLE, {"de": "Titel", "en": "Titel"}
    example = plan_of(replace(CONTENT, kind=kind, language="en", organisation=""), FIRST, 7)
    assert (example.kind, example.number) == (ItemKind.PRACTICE_EXAMPLE, None)
    assert (example.bookable, example.title) == (False, english)
    assert example.people == (PersonPlan("Anna", {}, "speaker", PersonState.CONFIRMED),)


def test_what_was_called_off_takes_place_with_its_author_and_as_it_was_edited():
    other = PersonPlan("Bert", {}, "moderator", PersonState.REQUESTED)
    plan = replace(plan_of(CONTENT, FIRST, 7), cancelled=True, title={"de": "Anders"})
    author = plan.people[0]
    gone = replace(plan, people=(other,))
    no = replace(plan, people=(other, replace(author, state=PersonState.DECLINED)))
    assert again(gone, CONTENT) == replace(plan, cancelled=False, people=(author, other))
    assert again(no, CONTENT) == replace(plan, cancelled=False, people=(other, author))


def test_the_time_that_is_offered():
    first, talk = plan_of(CONTENT, FIRST, 1), ItemKind.TALK
    assert usual_slot(ItemKind.WORKSHOP, [first], [DAY]) == FIRST  # beside the others
    assert usual_slot(talk, [first], [DAY]) == SECOND
    assert usual_slot(ItemKind.WORKSHOP, [replace(first, cancelled=True)], [DAY]) == FIRST
    full = replace(first, kind=ItemKind.PLENARY, slot=DAY)
    later = TimeSlot(DAY.starts_at + timedelta(days=1), DAY.ends_at + timedelta(days=1))
    assert usual_slot(talk, [full], [DAY, later]).starts_at == later.starts_at
    assert usual_slot(talk, [full], [DAY]) == FIRST


@pytest.mark.parametrize(
    ("proposal", "face", "is_off", "told"),
    [
        (a_proposal(ProposalKind.STAND, item_id=None), None, False, Prospect.STAND),
        (a_proposal(), None, False, Prospect.PLANNED),
        (a_proposal(), FACE, False, Prospect.PUBLIC),
        (a_proposal(), FACE, True, Prospect.PUBLIC),  # until the next release
        (a_proposal(), replace(FACE, cancelled=True), True, Prospect.OFF),
        (a_proposal(), replace(FACE, cancelled=True), False, Prospect.AGAIN),
        (a_proposal(item_id=None), None, False, Prospect.GONE),
    ],
)
def test_an_author_is_told_what_is_true(proposal, face, is_off, told):
    assert prospect(proposal, face, is_off=is_off) is told
    assert proposal.is_item_gone is (told is Prospect.GONE)
    assert not proposal.may_be_withdrawn
