"""A text of the network: drafts, comments, adoption; what was adopted is never changed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.contacts import TermNotInForce
from congress.domain.network.network_texts import (
    Adoption,
    Answer,
    AnswersMissing,
    CommentEditedMeanwhile,
    CommentsOver,
    CommentsStillOpen,
    NextHasBegun,
    TextKind,
    TooManyComments,
    VersionEditedMeanwhile,
    VersionFacts,
    VersionOpenAlready,
    VersionStepNotPossible,
)
from congress.extensions import db
from congress.models import AuditLine, NetworkTextVersion, OutboxMessage
from congress.queries.network import texts
from congress.services.network import commenting, text_letters, writing_texts
from tests.network import a_contact, a_membership, an_organisation
from tests.texts import a_comment, a_text, a_version

NOW = datetime(2016, 3, 1, 12, tzinfo=UTC)
TODAY, LAST = date(2016, 3, 1), date(2016, 3, 31)
AFTER = LAST + timedelta(days=1)
BY: Any = {"actor": COMMAND, "now": NOW}
SAID: Any = {"today": TODAY, "now": NOW}
ONE, TWO = VersionFacts({"de": "# Ziele\n\nEins."}), VersionFacts({"de": "# Ziele\n\nZwei."})
ADOPTED = Adoption(TODAY, "Netzwerktreffen am 1. März 2016")


@pytest.fixture
def text(session):
    return writing_texts.add(TextKind.QUALITY_CRITERIA, {"de": "Qualitätskriterien"}, ONE, **BY)


def states(text_id):
    return {each.number: str(each.state) for each in texts.find(text_id).versions}


def version_id(text_id, number=1):
    return texts.find(text_id).having(number).id


def adopt(text_id, number, today=TODAY):
    writing_texts.adopt(text_id, number, ADOPTED, today=today, **BY)


def open_comments(text_id, number=1, until=LAST, today=TODAY):
    writing_texts.open_comments(text_id, number, until, today=today, **BY)


def test_a_draft_is_seen_by_the_office_only_and_nobody_saves_over_another(text):
    found = texts.find(text)
    assert (found.code, states(text)) == ("qualitatskriterien", {1: "draft"})
    assert texts.find_public(found.code) is None
    assert texts.listed(is_public=True) == []
    writing_texts.revise(text, 1, TWO, version=ONE.version, **BY)
    with pytest.raises(VersionEditedMeanwhile):
        writing_texts.revise(text, 1, ONE, version=ONE.version, **BY)
    assert texts.body_of(version_id(text)) == TWO.body
    with pytest.raises(VersionOpenAlready):
        writing_texts.begin(text, today=TODAY, **BY)


def test_what_was_adopted_is_never_changed_and_followed_by_the_next(text):
    adopt(text, 1)
    with pytest.raises(VersionStepNotPossible):
        writing_texts.revise(text, 1, TWO, version=ONE.version, **BY)
    with pytest.raises(VersionStepNotPossible):
        adopt(text, 1)
    with pytest.raises(VersionStepNotPossible):
        open_comments(text)
    assert writing_texts.begin(text, today=TODAY, **BY) == 2
    writing_texts.revise(text, 2, TWO, version=ONE.version, **BY)
    assert states(text) == {1: "adopted", 2: "draft"}
    assert [each.number for each in texts.find_public("qualitatskriterien").versions] == [1]
    adopt(text, 2)
    assert states(text) == {1: "superseded", 2: "adopted"}
    assert texts.body_of(version_id(text, 1)) == ONE.body
    assert texts.find(text).having(1).adoption == ADOPTED  # its day stays


def test_comments_end_with_the_last_day_and_are_answered_before_the_next_is_adopted(text):
    contact = a_contact(an_organisation())
    with pytest.raises(CommentsOver):
        commenting.comment(contact.id, version_id(text), "", "Zu früh", **SAID)
    open_comments(text)
    version = version_id(text)
    number = commenting.comment(contact.id, version, "Ziele", "Mehr Mut", **SAID)
    again = commenting.comment(contact.id, version, "Ziele", "Mehr Mut", **SAID)
    assert again == number  # pressed twice
    for step in (lambda: adopt(text, 1), lambda: writing_texts.begin(text, today=LAST, **BY)):
        with pytest.raises(CommentsStillOpen):
            step()
    on_last: Any = {"today": LAST, "now": NOW}
    seen = texts.find_comment(number).version
    commenting.correct(contact.id, number, "", "Viel Mut", seen=seen, **on_last)
    with pytest.raises(CommentEditedMeanwhile):
        commenting.correct(contact.id, number, "", "Kein Mut", seen=seen, **on_last)
    later: Any = {"today": AFTER, "now": NOW}
    for late in (
        lambda: commenting.comment(contact.id, version, "", "Spät", **later),
        lambda: commenting.withdraw(contact.id, number, **later),
    ):
        with pytest.raises(CommentsOver):
            late()
    assert writing_texts.begin(text, today=AFTER, **BY) == 2
    with pytest.raises(AnswersMissing):
        adopt(text, 2, AFTER)
    seen = texts.find_comment(number).version
    commenting.answer(number, Answer.PARTLY, "Etwas Mut", seen=seen, **BY)
    with pytest.raises(CommentEditedMeanwhile):
        commenting.answer(number, Answer.DECLINED, "Nein", seen=seen, **BY)
    assert not texts.find(text).having(1).shows_answers
    adopt(text, 2, AFTER)
    assert states(text) == {1: "superseded", 2: "adopted"}
    assert texts.find(text).having(1).shows_answers
    seen = texts.find_comment(number).version
    with pytest.raises(VersionStepNotPossible):  # everybody has read it
        commenting.answer(number, Answer.DECLINED, "Nein", seen=seen, **BY)


def test_another_last_day_lets_comments_in_again(text):
    open_comments(text)
    open_comments(text, until=AFTER, today=AFTER)
    found = texts.find(text).having(1)
    assert (found.comments_from, found.comments_until) == (TODAY, AFTER)
    assert found.takes_comments(AFTER)


def test_no_other_last_day_once_the_next_version_has_begun(text):
    open_comments(text)
    writing_texts.begin(text, today=AFTER, **BY)
    with pytest.raises(NextHasBegun):
        open_comments(text, until=AFTER, today=AFTER)
    open_comments(text, until=LAST, today=AFTER)  # the same again changes nothing
    assert not texts.find(text).having(1).takes_comments(AFTER)


def test_only_whoever_speaks_for_an_organisation_comments_and_only_its_own(session, text):
    town, other = an_organisation(), an_organisation("Stadt Essen")
    ended = a_contact(town, ends_on=TODAY - timedelta(days=1))
    theirs = a_contact(other)
    open_comments(text)
    version = version_id(text)
    with pytest.raises(TermNotInForce):
        commenting.comment(ended.id, version, "", "Noch da", **SAID)
    mine = a_comment(db.session.get_one(NetworkTextVersion, version), town)
    commenting.withdraw(theirs.id, mine.id, **SAID)
    assert texts.find_comment(mine.id) is not None
    commenting.withdraw(a_contact(town, "Neu").id, mine.id, **SAID)
    assert texts.find_comment(mine.id) is None


def test_there_is_an_end_of_comments(monkeypatch, text):
    monkeypatch.setattr(commenting, "MOST_COMMENTS", 1)
    contact = a_contact(an_organisation())
    open_comments(text)
    commenting.comment(contact.id, version_id(text), "", "Eins", **SAID)
    with pytest.raises(TooManyComments):
        commenting.comment(contact.id, version_id(text), "", "Zwei", **SAID)


def test_each_letter_goes_once_to_whoever_speaks_for_a_member(session, text):
    town = an_organisation()
    a_membership(town)
    a_contact(town)
    a_contact(town, "Früher", ends_on=TODAY - timedelta(days=1))
    a_contact(an_organisation("Stadt Essen"))  # no member
    told: Any = {"today": TODAY} | BY
    with pytest.raises(VersionStepNotPossible):
        text_letters.tell(text, 1, **told)
    open_comments(text)
    assert text_letters.many_readers(TODAY) == 1
    assert [text_letters.tell(text, 1, **told) for _again in range(2)] == [1, 0]
    adopt(text, 1, AFTER)
    assert [text_letters.tell(text, 1, **told) for _again in range(2)] == [1, 0]
    letters = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert [each.kind for each in letters] == ["text_opened", "text_adopted"]
    assert letters[0].facts["comments_until"] == "2016-03-31"
    assert letters[1].facts["adopted_by"] == ADOPTED.by


def test_who_wrote_is_forgotten_a_year_later_and_what_was_said_stays(session):
    town = an_organisation()
    version = a_version(a_text(), state="in_comment", comments_until=date(2015, 3, 1))
    old = a_comment(version, town, contact_id=a_contact(town).id)
    young = a_version(a_text("Jung"), state="in_comment", comments_until=date(2015, 3, 2))
    new = a_comment(young, town, contact_id=a_contact(town, "Neu").id)
    later = datetime(2016, 3, 1, 12, tzinfo=UTC)
    assert commenting.forget_old(now=later) == 1
    assert commenting.forget_old(now=later) == 0
    assert texts.find_comment(old.id).person == ""
    assert texts.find_comment(old.id).body == "Mehr Mut."
    assert texts.find_comment(new.id).person


def test_the_log_says_what_was_done_and_the_declaration_is_found(session, text):
    writing_texts.describe(text, TextKind.JOINT_DECLARATION, {"de": "Erklärung"}, **BY)
    writing_texts.describe(text, TextKind.JOINT_DECLARATION, {"de": "Erklärung"}, **BY)
    assert texts.declaration() is None
    adopt(text, 1)
    assert texts.declaration().title == {"de": "Erklärung"}
    verbs = session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs == ["text_added", "text_described", "text_adopted"]
