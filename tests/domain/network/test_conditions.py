from datetime import date

import pytest

from congress.domain.network.conditions import (
    Check,
    Condition,
    Evidence,
    Held,
    NotPlannable,
    missing,
    require_answer,
)

CONTACT, CROSS, DECLARATION, CARD = Condition
YES, PLANNED, NO = Held
DAY, WORDS, DOCUMENT = Evidence
SIGNED = date(2015, 3, 1)
ALL = (
    Check(CONTACT, YES, words="Stabsstelle im Rathaus"),
    Check(CROSS, YES, words="Ratsbeschluss"),
    Check(DECLARATION, YES, SIGNED, has_document=True),
    Check(CARD, PLANNED, words="Antrag im Herbst"),
)


@pytest.mark.parametrize(
    ("check", "lacks", "is_fulfilled"),
    [
        (Check(CONTACT, YES), (WORDS,), False),
        (Check(CONTACT, YES, words="Stabsstelle"), (), True),
        (Check(CONTACT, NO), (), False),
        (Check(CROSS, YES), (WORDS,), False),
        (Check(CROSS, YES, words="Ratsbeschluss"), (), True),
        (Check(CROSS, NO, words="Noch nicht"), (), False),
        (Check(DECLARATION, YES), (DAY, DOCUMENT), False),
        (Check(DECLARATION, YES, SIGNED), (DOCUMENT,), False),
        (Check(DECLARATION, YES, has_document=True), (DAY,), False),
        (Check(DECLARATION, YES, SIGNED, has_document=True), (), True),
        (Check(DECLARATION, NO, SIGNED, has_document=True), (), False),
        (Check(CARD, YES), (DAY,), False),
        (Check(CARD, YES, SIGNED), (), True),
        (Check(CARD, PLANNED), (WORDS,), False),
        (Check(CARD, PLANNED, words="Antrag im Herbst"), (), True),
        (Check(CARD, NO), (), False),
        # Only the Ehrenamtskarte may be planned.
        (Check(CROSS, PLANNED, words="Bald"), (), False),
        (Check(DECLARATION, PLANNED, SIGNED, has_document=True), (), False),
    ],
)
def test_what_a_condition_lacks(check, lacks, is_fulfilled):
    assert (check.lacks, check.is_fulfilled) == (lacks, is_fulfilled)


@pytest.mark.parametrize(
    ("checks", "left"),
    [
        (ALL, ()),
        ((), (CONTACT, CROSS, DECLARATION, CARD)),
        (ALL[1:], (CONTACT,)),
        ((*ALL[:2], Check(DECLARATION, YES, SIGNED), ALL[3]), (DECLARATION,)),
        ((*ALL[:3], Check(CARD, NO)), (CARD,)),
    ],
)
def test_which_conditions_are_missing(checks, left):
    assert missing(checks) == left


@pytest.mark.parametrize("condition", Condition)
def test_only_the_card_can_be_planned(condition):
    require_answer(condition, YES)
    require_answer(condition, NO)
    if condition is CARD:
        require_answer(condition, PLANNED)
    else:
        with pytest.raises(NotPlannable):
            require_answer(condition, PLANNED)
