"""Topics proposed, voted on, answered and taken into the programme: on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.contacts import TermNotInForce
from congress.domain.network.topics import (
    MOST_OF_ONE,
    BallotChanged,
    NoMemberToday,
    NotInTime,
    PointsInUse,
    RoundEditedMeanwhile,
    RoundPlan,
    TooManyPoints,
    TooManyTopics,
    TopicEditedMeanwhile,
    TopicFacts,
    TopicReleased,
    TopicSettled,
    TopicState,
    ballot_mark,
)
from congress.domain.network.uniting import Side, mark_of
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.scheduling import OutsideCongress
from congress.domain.programme import ItemKind
from congress.domain.times.time_slots import TimeSlot
from congress.models import (
    Congress,
    ContactPerson,
    MeetingTopic,
    OutboxMessage,
    ProgrammeItem,
    TopicBallot,
)
from congress.queries.network import register, topics
from congress.queries.planning import scheduling as edited
from congress.services.network import (
    answering_topics,
    proposing_topics,
    topic_rounds,
    uniting,
)
from congress.services.planning import scheduling, undoing
from tests.builders import ENDS, STARTS
from tests.network import a_contact, a_membership, an_organisation
from tests.topics import a_ballot, a_meeting, a_round, a_topic

NOW = datetime(2015, 5, 5, 12, tzinfo=UTC)
VOTING = datetime(2015, 5, 31, 21, 30, tzinfo=UTC)  # still the 31st in Germany
OFFICE: Any = {"actor": COMMAND, "now": NOW}
AT: Any = {"today": NOW.date(), "now": NOW}
VOTE: Any = {"today": date(2015, 5, 31), "now": VOTING}
FACTS = TopicFacts("Ehrenamtskarte", "Wie bewerben?", ItemKind.EXPERT_INPUT, contributes=True)
PLAN = RoundPlan(date(2015, 5, 10), date(2015, 5, 20), date(2015, 5, 31))
NONE = ballot_mark({})


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


def item_plan(title="Ehrenamtskarte", slot=None):
    slot = slot or TimeSlot(STARTS, STARTS.replace(hour=STARTS.hour + 1))
    return ItemPlan("", ItemKind.EXPERT_INPUT, {"de": title}, slot)


def test_a_round_is_opened_changed_and_reopened(session, meeting):
    save = topic_rounds.save
    assert save(meeting.id, PLAN, version="", **OFFICE)
    assert not save(meeting.id, PLAN, version=PLAN.version, **OFFICE)
    later = replace(PLAN, votes_until=date(2015, 6, 5))
    with pytest.raises(RoundEditedMeanwhile):
        save(meeting.id, later, version="", **OFFICE)
    assert save(meeting.id, later, version=PLAN.version, **OFFICE)
    found = topics.find_meeting("treffen")
    assert found.plan == later
    town = an_organisation()
    held = topic_rounds.find(meeting.id)
    assert held is not None
    a_ballot(a_topic(held, town), town)
    with pytest.raises(PointsInUse):
        save(meeting.id, replace(later, points=3), version=later.version, **OFFICE)
    assert save(meeting.id, PLAN, version=later.version, **OFFICE)


def test_a_topic_is_proposed_once_corrected_and_withdrawn(session, held, anna):
    number = proposing_topics.propose(anna.id, held.id, FACTS, **AT)
    assert proposing_topics.propose(anna.id, held.id, FACTS, **AT) == number
    other = replace(FACTS, title="Ehrenamtskarte NRW")
    with pytest.raises(TopicEditedMeanwhile):
        proposing_topics.correct(anna.id, held.id, number, other, version="", **AT)
    assert proposing_topics.correct(anna.id, held.id, number, other, version=FACTS.version, **AT)
    assert topics.find_topic(held.id, number).facts == other
    merged = a_topic(held, an_organisation(), state="merged", merged_into_id=number)
    between: Any = {"today": date(2015, 5, 19), "now": NOW}
    with pytest.raises(NotInTime):
        proposing_topics.withdraw(anna.id, held.id, number, **VOTE)
    proposing_topics.withdraw(anna.id, held.id, number, **between)
    [left] = topics.topics_of(held.id)
    assert (left.id, left.state, left.merged_into) == (merged.id, TopicState.OPEN, None)


def test_only_who_speaks_for_a_member_on_the_day_proposes_and_votes(session, held, anna):
    stranger = a_contact(an_organisation("Stadt Essen"), "Eva", "Essen")
    topic = a_topic(held, an_organisation())
    with pytest.raises(NoMemberToday):
        proposing_topics.propose(stranger.id, held.id, FACTS, **AT)
    with pytest.raises(NoMemberToday):
        proposing_topics.vote(stranger.id, held.id, {topic.id: 1}, seen=NONE, **VOTE)
    anna.ends_on = date(2015, 5, 4)
    session.commit()
    with pytest.raises(TermNotInForce):
        proposing_topics.propose(anna.id, held.id, FACTS, **AT)
    with pytest.raises(TermNotInForce):
        proposing_topics.vote(anna.id, held.id, {topic.id: 1}, seen=NONE, **VOTE)


def test_proposals_end_with_their_last_day_and_are_not_endless(session, held, anna):
    with pytest.raises(NotInTime):
        proposing_topics.propose(anna.id, held.id, FACTS, **(AT | {"today": date(2015, 5, 11)}))
    for number in range(MOST_OF_ONE):
        a_topic(held, an_organisation(), f"Thema {number}")
    with pytest.raises(TooManyTopics):
        proposing_topics.propose(anna.id, held.id, FACTS, **AT)


def test_what_is_others_is_nobody_elses_to_correct(session, held, anna):
    topic = a_topic(held, an_organisation("Stadt Essen"))
    with pytest.raises(TopicSettled):
        proposing_topics.withdraw(anna.id, held.id, topic.id, **AT)


def test_a_municipality_has_one_ballot_whoever_votes(session, meeting, anna):
    held = a_round(meeting, points=5)
    first, second = (a_topic(held, an_organisation(), title) for title in ("Kita", "Schule"))
    deputy = a_contact(an_organisation(), "Bernd", "Bauer", role="deputy")
    cast = proposing_topics.vote
    with pytest.raises(NotInTime):
        cast(anna.id, held.id, {first.id: 1}, seen=NONE, **AT)
    with pytest.raises(TooManyPoints):
        cast(anna.id, held.id, {first.id: 3, second.id: 3}, seen=NONE, **VOTE)
    cast(anna.id, held.id, {first.id: 3, second.id: 2}, seen=NONE, **VOTE)
    with pytest.raises(BallotChanged):  # the deputy has not seen that vote
        cast(deputy.id, held.id, {second.id: 5}, seen=NONE, **VOTE)
    seen = ballot_mark({first.id: 3, second.id: 2})
    cast(deputy.id, held.id, {second.id: 5}, seen=seen, **VOTE)
    own = anna.organisation_id
    assert topics.ballots(held.id) == {own: {second.id: 5}}
    cast(anna.id, held.id, {}, seen=ballot_mark({second.id: 5}), **VOTE)
    assert topics.ballots(held.id, own) == {own: {}}
    assert session.scalars(select(TopicBallot.organisation_id)).all() == [own]


def test_of_two_ballots_at_once_one_counts(app, session, meeting, anna):
    held = a_round(meeting)
    one, two = (a_topic(held, an_organisation(), title).id for title in ("Kita", "Schule"))
    contact, number = anna.id, held.id
    session.commit()
    barrier, outcomes = Barrier(2), []

    def cast(topic):
        with app.app_context():
            barrier.wait()
            try:
                proposing_topics.vote(contact, number, {topic: 1}, seen=NONE, **VOTE)
                outcomes.append(topic)
            except BallotChanged:
                outcomes.append(None)

    threads = [Thread(target=cast, args=(each,)) for each in (one, two)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    [won] = [each for each in outcomes if each]
    assert outcomes.count(None) == 1
    [ballot] = topics.ballots(number).values()
    assert ballot == {won: 1}


def test_topics_are_merged_with_their_votes_and_separated(session, meeting, held, anna):
    kita, schule = (a_topic(held, an_organisation(), title) for title in ("Kita", "Schule"))
    a_ballot(kita, an_organisation())
    answering_topics.merge(meeting.id, kita.id, schule.id, **OFFICE)
    answering_topics.merge(meeting.id, kita.id, schule.id, **OFFICE)
    every = topics.topics_of(held.id)
    assert topics.merged(every) == {kita.id: schule.id}
    for act in (kita, schule):
        with pytest.raises(TopicSettled):
            answering_topics.merge(meeting.id, schule.id, act.id, **OFFICE)
    # Who has voted for the one sees the other, and takes nothing away unseen.
    proposing_topics.vote(anna.id, held.id, {schule.id: 1}, seen=NONE, **VOTE)
    answering_topics.reopen(meeting.id, kita.id, **OFFICE)
    assert not topics.merged(topics.topics_of(held.id))


def test_who_proposed_it_is_told_why_it_is_declined(session, meeting, held, anna):
    topic = a_topic(held, an_organisation(), proposed_by=anna.id)
    other = a_topic(held, an_organisation(), "Schule", proposed_by=anna.id)
    answering_topics.merge(meeting.id, other.id, topic.id, **OFFICE)
    for _again in (1, 2):
        answering_topics.decline(meeting.id, topic.id, "Gab es.\n\nLeider.", **OFFICE)
    said = [each.facts for each in letters(session, "topic_answered")]
    assert [each["title"] for each in said] == ["Engagement in der Kita", "Schule"]
    assert said[0]["paragraphs"] == [["Gab es."], ["Leider."]]
    assert not said[0]["taken"]
    answering_topics.reopen(meeting.id, topic.id, **OFFICE)
    assert topics.find_topic(held.id, topic.id).reason == ""


def test_an_ended_term_gets_no_answer(session, meeting, held, anna):
    topic = a_topic(held, an_organisation(), proposed_by=anna.id)
    anna.ends_on = date(2015, 5, 4)
    session.commit()
    answering_topics.decline(meeting.id, topic.id, "Nein.", **OFFICE)
    assert letters(session, "topic_answered") == []


def test_a_topic_becomes_an_item_and_is_taken_out_until_it_is_released(
    session, meeting, held, anna
):
    topic = a_topic(held, an_organisation(), proposed_by=anna.id)
    outside = TimeSlot(ENDS, ENDS.replace(hour=ENDS.hour + 1))
    with pytest.raises(OutsideCongress):
        answering_topics.take(meeting.id, topic.id, item_plan(slot=outside), **OFFICE)
    codes = {answering_topics.take(meeting.id, topic.id, item_plan(), **OFFICE) for _ in "12"}
    [item] = session.scalars(select(ProgrammeItem)).all()
    assert codes == {item.code}
    assert (item.kind, item.released) == ("expert_input", None)
    found = topics.find_topic(held.id, topic.id)
    assert (found.item.code, found.item.is_released) == (item.code, False)
    assert topics.of_item(item.id) == topic.title
    [letter] = letters(session, "topic_answered")
    assert letter.facts["taken"]

    answering_topics.take_out(meeting.id, topic.id, **OFFICE)
    answering_topics.take_out(meeting.id, topic.id, **OFFICE)
    assert session.scalars(select(ProgrammeItem)).all() == []
    answering_topics.take(meeting.id, topic.id, item_plan(), **OFFICE)
    assert len(letters(session, "topic_answered")) == 1  # the same is not told twice
    with pytest.raises(TopicSettled):
        answering_topics.decline(meeting.id, topic.id, "Nein.", **OFFICE)
    item = session.scalars(select(ProgrammeItem)).one()
    item.released, item.released_starts_at, item.released_ends_at = {}, STARTS, ENDS
    session.commit()
    with pytest.raises(TopicReleased):
        answering_topics.take_out(meeting.id, topic.id, **OFFICE)


def test_an_item_removed_in_the_programme_opens_its_topic_and_undoing_brings_it_back(
    session, meeting, held
):
    topic = a_topic(held, an_organisation())
    answering_topics.take(meeting.id, topic.id, item_plan(), **OFFICE)
    item = session.scalars(select(ProgrammeItem.id)).one()
    version = edited.get_edited(item).plan.version
    later: Any = {"actor": COMMAND, "now": NOW + timedelta(minutes=1)}
    scheduling.remove_item(item, version=version, **later)
    assert topics.find_topic(held.id, topic.id).item is None
    undoing.undo(meeting.id, later["now"], **later)
    assert topics.find_topic(held.id, topic.id).item is not None


def test_the_public_page_names_who_proposed_it_only_where_the_office_says_so(
    session, meeting, held
):
    topic = a_topic(held, an_organisation())
    a_topic(held, an_organisation("Stadt Essen"), state="merged", merged_into_id=topic.id)
    with pytest.raises(TopicSettled):
        answering_topics.name_proposers(meeting.id, topic.id, is_named=True, **OFFICE)
    answering_topics.take(meeting.id, topic.id, item_plan(), **OFFICE)
    item = session.scalars(select(ProgrammeItem.id)).one()
    assert topics.named_for(item) == []
    before = session.scalars(select(Congress.content_revision)).one()
    answering_topics.name_proposers(meeting.id, topic.id, is_named=True, **OFFICE)
    assert topics.named_for(item) == ["Stadt Rheine", "Stadt Essen"]
    session.expire_all()
    assert session.scalars(select(Congress.content_revision)).one() > before
    answering_topics.name_proposers(meeting.id, topic.id, is_named=False, **OFFICE)
    assert topics.named_for(item) == []


def test_who_proposed_it_goes_and_the_topic_stays(session, held, anna):
    number = proposing_topics.propose(anna.id, held.id, FACTS, **AT)
    session.delete(session.get(ContactPerson, anna.id))
    session.commit()
    session.expire_all()
    assert session.get(MeetingTopic, number).proposed_by is None


def test_two_entries_of_one_municipality_keep_one_vote(session, held):
    kept, other = an_organisation(), an_organisation("Rheine")
    topic = a_topic(held, other)
    a_ballot(topic, kept, 1)
    a_ballot(topic, other, 1)
    sides = [Side(each.id, register.facts_of(each)) for each in (kept, other)]
    uniting.unite(kept.id, other.id, (), seen=mark_of(*sides), **OFFICE)
    assert topics.ballots(held.id) == {kept.id: {topic.id: 1}}
    assert topics.find_topic(held.id, topic.id).organisation_id == kept.id
