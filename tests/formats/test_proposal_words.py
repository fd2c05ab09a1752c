"""Letters that answer proposals: what they say by themselves, and what was said before."""

from dataclasses import replace

import pytest

from congress.domain.calls import Answering, Content, ProposalKind, ProposalState
from congress.domain.mails.kinds import MessageKind
from congress.formats.proposal_words import state_name, usual_text
from tests.formats.test_mail import read, text_of
from tests.mail_facts import a_mail


@pytest.mark.parametrize(
    ("answer", "subject", "now", "before"),
    [
        ("accepted", "Antwort", "angenommen", ""),
        ("accepted_after_all", "Neue Antwort", "angenommen", "abgelehnt"),
        ("declined", "Antwort", "abgelehnt", ""),
        ("no_longer_accepted", "Neue Antwort", "abgelehnt", "angenommen"),
        (None, "Antwort", "", ""),  # written before answers could change
    ],
)
def test_an_answer_to_a_proposal_says_what_was_said_before(answer, subject, now, before):
    letter = a_mail(MessageKind.PROPOSAL_ANSWERED)
    facts = {name: value for name, value in letter.facts.items() if name != "answer"}
    letter = replace(letter, facts=facts | ({"answer": answer} if answer else {}))
    assert read(letter)["Subject"].startswith(f"{subject} auf Ihren Vorschlag")
    text = text_of(letter)
    assert (f"Antwort {now}" in text) is bool(now)
    assert (f"{now}, bisher: {before}" in text) is bool(before)
    assert ("Zusage" in text) is (answer == "no_longer_accepted")


@pytest.mark.parametrize("kind", ProposalKind)
@pytest.mark.parametrize("answer", [each for each in Answering if each is not Answering.DECLINED])
def test_what_a_letter_says_by_itself_names_the_proposal(answer, kind):
    content = Content(kind, "Anna", "", "", "100 % {Dorf}", "Text", "", "de")
    text = usual_text(answer, content, "de")
    assert "„100 % {Dorf}“" in text
    assert ("hatten" in text) is (answer is not Answering.ACCEPTED)
    is_yes = answer is not Answering.NO_LONGER_ACCEPTED
    assert ("Ihr Stand" in text) is (is_yes and kind is ProposalKind.STAND)
    assert ("veröffentlicht" in text) is (is_yes and kind is not ProposalKind.STAND)


def test_a_proposal_is_turned_down_and_a_person_calls_off():
    assert state_name(ProposalState.DECLINED, "de") == "Abgelehnt"
    assert state_name(ProposalState.DECLINED, "en") == "Declined"
