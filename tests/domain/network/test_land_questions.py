"""Questions to the Land: steps, who may read what, and what tells one version from another."""

from datetime import date

import pytest

from congress.domain.network.land_questions import (
    Answer,
    Audience,
    QuestionFacts,
    QuestionState,
    QuestionStep,
    QuestionStepNotPossible,
    after,
    is_public,
    may_read,
    version_of,
)

OPEN, ANSWERED, WITHDRAWN, DECLINED = QuestionState
ANSWER, DECLINE, WITHDRAW, REOPEN = QuestionStep
MEMBERS, PUBLIC = Audience
POSSIBLE = {
    (OPEN, ANSWER): ANSWERED,
    (ANSWERED, ANSWER): ANSWERED,
    (OPEN, DECLINE): DECLINED,
    (OPEN, WITHDRAW): WITHDRAWN,
    (ANSWERED, REOPEN): OPEN,
    (DECLINED, REOPEN): OPEN,
}


@pytest.mark.parametrize("state", QuestionState)
@pytest.mark.parametrize("step", QuestionStep)
def test_steps(state, step):
    if (state, step) in POSSIBLE:
        assert after(state, step) is POSSIBLE[state, step]
        return
    with pytest.raises(QuestionStepNotPossible) as refused:
        after(state, step)
    assert refused.value.state is state


@pytest.mark.parametrize("state", QuestionState)
@pytest.mark.parametrize("audience", Audience)
def test_nothing_but_an_answer_for_everybody_is_public(state, audience):
    shown = (state, audience) == (ANSWERED, PUBLIC)
    assert is_public(state, audience) is shown
    assert may_read(state, audience, is_own=False, is_member=False) is shown
    assert may_read(state, audience, is_own=True, is_member=False)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(
    ("state", "is_read"), [(OPEN, True), (ANSWERED, True), (WITHDRAWN, False), (DECLINED, False)]
)
def test_members_read_what_others_ask_and_what_is_answered(state, audience, is_read):
    assert may_read(state, audience, is_own=False, is_member=True) is is_read


def test_a_version_tells_every_difference():
    facts, answer = QuestionFacts({"de": "Wer zahlt?"}), Answer()
    versions = {
        version_of(OPEN, facts, answer),
        version_of(DECLINED, facts, answer),
        version_of(OPEN, QuestionFacts({"de": "Wer zahlt?"}, {"de": "x"}), answer),
        version_of(OPEN, QuestionFacts({"de": "Wer zahlt?"}, meeting_id=1), answer),
        version_of(OPEN, QuestionFacts({"de": "Wer zahlt?"}, is_named=True), answer),
        version_of(OPEN, facts, Answer({"de": "Das Land."})),
        version_of(OPEN, facts, Answer(answered_by="Referat")),
        version_of(OPEN, facts, Answer(answered_on=date(2016, 1, 1))),
        version_of(OPEN, facts, Answer(audience=PUBLIC)),
    }
    assert len(versions) == 9


def test_a_translation_of_other_words_goes():
    facts = QuestionFacts({"de": "Wer zahlt?", "en": "Who pays?"}, {"de": "Feste", "en": "Fairs"})
    anew = facts.asked_anew("Wer haftet?", "Feste", 3, is_named=True)
    assert anew == QuestionFacts({"de": "Wer haftet?"}, facts.text, 3, is_named=True)
    assert facts.changes_to(anew) == ["title", "meeting_id", "is_named"]
    assert facts.asked_anew("Wer zahlt?", "", None, is_named=False).text == {}
