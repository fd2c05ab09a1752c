"""Letters about topics: to whom, once, and true when they go out."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.truth import Outdated
from congress.domain.network.topics import CallFor, NotInTime, TopicFacts
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import ItemKind
from congress.domain.times.time_slots import TimeSlot
from congress.models import OutboxMessage
from congress.services.mails import truth
from congress.services.network import answering_topics, proposing_topics, topic_letters
from tests.builders import ENDS, STARTS
from tests.network import a_contact, a_membership, an_organisation
from tests.topics import a_meeting, a_round, a_topic

NOW = datetime(2015, 5, 5, 12, tzinfo=UTC)
VOTING = datetime(2015, 5, 31, 21, 30, tzinfo=UTC)  # still the 31st in Germany
OFFICE: Any = {"actor": COMMAND, "now": NOW}
AT: Any = {"today": NOW.date(), "now": NOW}
FACTS = TopicFacts("Ehrenamtskarte", "Wie bewerben?", ItemKind.EXPERT_INPUT, contributes=True)
PLANNED = ItemPlan("", ItemKind.EXPERT_INPUT, {"de": "Schule"}, TimeSlot(STARTS, ENDS))


@pytest.fixture
def meeting(session):
    return a_meeting()


@pytest.fixture
def held(meeting):
    return a_round(meeting)


@pytest.fixture
def anna(session):
    town = an_organisation()
    a_membership(town)
    return a_contact(town)


def letters(session, kind):
    found = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
    return session.scalars(found).all()


def test_contact_persons_are_written_to_once_for_each_step(session, meeting, held, anna):
    a_contact(an_organisation(), "Bernd", "Ende", ends_on=date(2015, 5, 4))
    a_contact(an_organisation("Stadt Essen"), "Eva", "Essen")  # no member
    with pytest.raises(NotInTime):
        topic_letters.call(held.id, CallFor.VOTE, **OFFICE)
    assert topic_letters.call(held.id, CallFor.PROPOSE, **OFFICE) == 1
    assert topic_letters.call(held.id, CallFor.PROPOSE, **OFFICE) == 0
    assert topic_letters.call(held.id, CallFor.VOTE, actor=COMMAND, now=VOTING) == 1
    first, second = letters(session, "topics_called")
    assert (first.facts["step"], first.facts["asked_until"]) == ("propose", "2015-05-10")
    assert (second.facts["step"], second.facts["asked_until"]) == ("vote", "2015-05-31")
    assert truth.judge([first, second], now=VOTING).outdated == {first.id: Outdated.OVER}
    anna.ends_on = date(2015, 5, 30)
    session.commit()
    assert set(truth.judge([first, second], now=VOTING).outdated) == {first.id, second.id}


def test_a_letter_that_waits_asks_for_what_can_still_be_done(session, meeting, held, anna):
    assert topic_letters.call(held.id, CallFor.PROPOSE, **OFFICE) == 1
    [letter] = letters(session, "topics_called")
    held.proposals_until = date(2015, 5, 12)
    session.commit()
    judged = truth.judge([letter], now=NOW)
    assert judged.outdated == {}
    assert judged.restated[letter.id]["asked_until"] == "2015-05-12"
    assert judged.restated[letter.id]["family_name"] == letter.facts["family_name"]
    assert truth.judge([letter], now=VOTING).outdated == {letter.id: Outdated.OVER}
    meeting.state = "cancelled"
    session.commit()
    assert truth.judge([letter], now=NOW).outdated == {letter.id: Outdated.CALLED_OFF}


def test_who_proposed_what_goes_on_in_a_planned_topic_is_told_once(session, meeting, held, anna):
    own = proposing_topics.propose(anna.id, held.id, FACTS, **AT)
    planned = a_topic(held, an_organisation("Stadt Essen"), "Schule")
    answering_topics.take(meeting.id, planned.id, PLANNED, **OFFICE)
    assert letters(session, "topic_answered") == []
    for _time in (1, 2):
        answering_topics.merge(meeting.id, own, planned.id, **OFFICE)
        [letter] = letters(session, "topic_answered")
        assert (letter.facts["contact_person"], letter.facts["taken"]) == (anna.id, True)
        answering_topics.reopen(meeting.id, own, **OFFICE)
