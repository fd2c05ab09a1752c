"""Questions to the Land: asked, shared, answered by mail, declined, taken back and forgotten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.truth import Outdated
from congress.domain.network.contacts import TermNotInForce
from congress.domain.network.land_questions import (
    Answer,
    Audience,
    OwnQuestion,
    QuestionEditedMeanwhile,
    QuestionFacts,
    QuestionState,
    QuestionStepNotPossible,
)
from congress.domain.network.organisations import OrganisationsUnseen
from congress.domain.network.uniting import Side, mark_of
from congress.extensions import db
from congress.models import AuditLine, LandQuestion, OutboxMessage, SameQuestion
from congress.queries.network import land_questions as queries
from congress.queries.network import register
from congress.services.mails import truth
from congress.services.network import answering_land, asking_land, uniting
from tests.land_questions import a_question, a_same_question, an_answered_question
from tests.network import a_contact, a_membership, an_organisation

NOW = datetime(2016, 3, 1, 12, tzinfo=UTC)
TODAY = date(2016, 3, 1)
AT: Any = {"today": TODAY, "now": NOW}
OFFICE: Any = {"actor": COMMAND, "now": NOW}
FACTS = QuestionFacts({"de": "Wer haftet?"}, {"de": "Bei Festen."})
ANSWER = Answer({"de": "Das Land.\n\nImmer.", "en": "The Land."}, "Referat 1", TODAY)


def letters(session):
    return session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def found(number):
    question = queries.find(number)
    assert question is not None
    return question


def answer(number, said=ANSWER):
    answering_land.answer(number, said, version=found(number).version, **OFFICE)


def test_a_question_is_asked_once_corrected_and_withdrawn(session):
    contact = a_contact(an_organisation())
    number = asking_land.ask(contact.id, FACTS, **AT)
    assert asking_land.ask(contact.id, FACTS, **AT) == number
    seen = found(number).version
    other = replace(FACTS, is_named=True)
    assert asking_land.correct(contact.id, number, other, version=seen, **AT)
    with pytest.raises(QuestionEditedMeanwhile):
        asking_land.correct(contact.id, number, FACTS, version=seen, **AT)
    for _again in (1, 2):
        asking_land.withdraw(contact.id, number, **AT)
    assert found(number).state is QuestionState.WITHDRAWN
    with pytest.raises(QuestionStepNotPossible):
        asking_land.correct(contact.id, number, FACTS, version=seen, **AT)
    verbs = session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs == [
        "land_question_asked",
        "land_question_changed",
        "land_question_withdrawn",
    ]


def test_another_municipality_shares_it_once_and_touches_nothing(session):
    contact = a_contact(an_organisation())
    stranger = a_contact(an_organisation("Stadt Essen"), "Eva", "Essen")
    number = asking_land.ask(contact.id, FACTS, **AT)
    for _again in (1, 2):
        asking_land.join(stranger.id, number, **AT)
    assert found(number).others == 1
    with pytest.raises(OwnQuestion):
        asking_land.join(contact.id, number, **AT)
    with pytest.raises(QuestionStepNotPossible):
        asking_land.withdraw(stranger.id, number, **AT)
    for _again in (1, 2):
        asking_land.leave(stranger.id, number, **AT)
    assert found(number).others == 0
    answer(number)
    with pytest.raises(QuestionStepNotPossible):
        asking_land.join(stranger.id, number, **AT)


def test_whoever_asked_and_whoever_has_it_too_reads_the_answer_once(session):
    contact = a_contact(an_organisation(), language="en")
    second = a_contact(an_organisation("Stadt Essen"), "Eva", "Essen")
    a_contact(an_organisation("Stadt Essen"), "Emil", "Essen")  # did not say so
    number = asking_land.ask(contact.id, FACTS, **AT)
    asking_land.join(second.id, number, **AT)
    answer(number)
    first, other = letters(session)
    assert (first.recipient, other.recipient) == (contact.email, second.email)
    assert (first.facts["paragraphs"], first.facts["is_own"]) == ([["The Land."]], True)
    assert (other.facts["paragraphs"], other.facts["is_own"]) == (
        [["Das Land."], ["Immer."]],
        False,
    )
    answer(number, replace(ANSWER, answer={"de": "Die Kommune."}, audience=Audience.PUBLIC))
    assert len(letters(session)) == 2  # a correction is shown, not sent
    assert found(number).is_public


def test_who_follows_is_told_where_a_term_is_over_or_it_was_on_paper(session):
    town = an_organisation()
    before = a_contact(town, "Anna", "Albers")
    number = asking_land.ask(before.id, FACTS, **AT)
    before.ends_on = date(2016, 2, 29)
    after = a_contact(town, "Bert", "Bach")
    session.commit()
    answering_land.decline(number, "Das weiß der Bund.", **OFFICE)
    [letter] = letters(session)
    assert (letter.recipient, letter.facts["is_answered"]) == (after.email, False)
    paper = answering_land.note(town.id, replace(FACTS, title={"de": "Vom Zettel"}), **OFFICE)
    answer(paper)
    assert [each.recipient for each in letters(session)] == [after.email, after.email]
    for act in (asking_land.join, asking_land.leave, asking_land.withdraw):
        with pytest.raises(TermNotInForce):
            act(before.id, number, **AT)


def test_a_letter_that_waits_is_dropped_when_the_term_ends_or_the_answer_goes(session):
    contact = a_contact(an_organisation())
    number = asking_land.ask(contact.id, FACTS, **AT)
    answer(number)
    assert truth.judge_due(letters(session), now=NOW).outdated == {}
    answering_land.take_back(number, **OFFICE)
    [letter] = letters(session)
    assert truth.judge_due([letter], now=NOW).outdated == {letter.id: Outdated.OTHERWISE}
    contact.ends_on = date(2016, 2, 29)
    session.commit()
    assert truth.judge_due([letter], now=NOW).outdated == {letter.id: Outdated.NOT_MEANT}


def test_an_answer_taken_back_is_read_and_found_by_nobody(session):
    town = an_organisation()
    number = asking_land.ask(a_contact(town).id, FACTS, **AT)
    answer(number, replace(ANSWER, audience=Audience.PUBLIC))
    assert queries.published("immer", limit=9, offset=0)[1] == 1
    answering_land.take_back(number, **OFFICE)
    assert queries.published("", limit=9, offset=0) == ([], 0)
    assert queries.listed(queries.Wanted("immer"), limit=9, offset=0)[1] == 0
    assert found(number).answer.answer == ANSWER.answer  # the office goes on from it
    with pytest.raises(QuestionStepNotPossible):
        answering_land.take_back(number, **OFFICE)


def test_nobody_answers_what_was_changed_meanwhile(session):
    number = asking_land.ask(a_contact(an_organisation()).id, FACTS, **AT)
    seen = found(number).version
    answering_land.edit(
        number, replace(FACTS, meeting_id=None, is_named=True), version=seen, **OFFICE
    )
    with pytest.raises(QuestionEditedMeanwhile):
        answering_land.answer(number, ANSWER, version=seen, **OFFICE)


@pytest.mark.parametrize("state", ["member", "partner", "interested", "left", ""])
def test_only_members_read_what_is_for_members(session, state):
    town, asks = an_organisation(), an_organisation("Stadt Essen")
    if state:
        a_membership(town, state)
    is_member = state in {"member", "partner"}
    assert queries.belongs(town.id, TODAY) is is_member
    expected = {
        a_question(asks).id: is_member,
        a_question(asks, state="withdrawn").id: False,
        a_question(asks, state="declined").id: False,
        an_answered_question(asks, audience="members").id: is_member,
        an_answered_question(asks).id: True,
        a_question(town, state="declined").id: True,
    }
    shown = {each: queries.find_for(town.id, each, day=TODAY) is not None for each in expected}
    assert shown == expected
    _lines, total = queries.answered_for(town.id, "", is_member=is_member, limit=9, offset=0)
    assert total == (2 if is_member else 1)


def test_people_are_forgotten_a_year_after_and_withdrawn_questions_go(session):
    town = an_organisation()
    contact = a_contact(town)
    old: Any = {"contact_id": contact.id, "closed_at": NOW - timedelta(days=366)}
    kept = an_answered_question(town, **old)
    a_same_question(kept, an_organisation("Stadt Essen"), contact_id=contact.id)
    gone = a_question(town, state="withdrawn", **old)
    still = a_question(town, "Offen", contact_id=contact.id)
    numbers = kept.id, gone.id, still.id
    assert asking_land.forget_old(now=NOW) == 2
    assert asking_land.forget_old(now=NOW) == 0
    db.session.expire_all()
    rows = {each.id: each.contact_id for each in session.scalars(select(LandQuestion))}
    assert rows == {numbers[0]: None, numbers[2]: contact.id}
    assert session.scalars(select(SameQuestion.contact_id)).all() == [None]


def test_two_entries_of_one_municipality_become_one_with_all_questions(session):
    kept, other, third = (an_organisation(name) for name in ("Rheine", "Stadt Rheine", "Essen"))
    of_other, of_third = a_question(other), a_question(third, "Andere")
    a_same_question(of_other, kept)
    a_same_question(of_third, kept)
    a_same_question(of_third, other)
    numbers = of_other.id, of_third.id
    seen = mark_of(*(Side(each.id, register.facts_of(each)) for each in (kept, other)))
    with pytest.raises(OrganisationsUnseen):
        uniting.unite(kept.id, other.id, set(), seen="", **OFFICE)
    uniting.unite(kept.id, other.id, set(), seen=seen, **OFFICE)
    assert found(numbers[0]).organisation_id == kept.id
    assert found(numbers[0]).others == 0
    assert found(numbers[1]).others == 1


def test_pressed_several_times_at_once_a_question_is_asked_once(app, session):
    contact = a_contact(an_organisation()).id
    session.commit()
    barrier, asked = Barrier(4), []

    def ask():
        with app.app_context():
            barrier.wait()
            asked.append(asking_land.ask(contact, FACTS, **AT))

    threads = [Thread(target=ask) for _time in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(asked)) == 1
    assert len(session.scalars(select(LandQuestion)).all()) == 1
