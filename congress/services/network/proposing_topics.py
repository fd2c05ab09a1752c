"""What contact persons do with topics: propose, correct and withdraw them, and vote."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, func, select

from congress.base import table_of
from congress.domain.access import CONTACT
from congress.domain.network.contacts import Contact, TermNotInForce
from congress.domain.network.topics import (
    MOST_OF_ONE,
    BallotChanged,
    NoMemberToday,
    NotInTime,
    Phase,
    TooManyTopics,
    TopicEditedMeanwhile,
    TopicFacts,
    TopicSettled,
    TopicState,
    ballot_mark,
    on_ballot,
    require_ballot,
    require_phase,
)
from congress.extensions import db
from congress.models import MeetingTopic, TopicBallot, TopicRound, TopicVote
from congress.queries.network import contacts, topics
from congress.services.network import cataloguing
from congress.services.network.topic_rounds import hold, merged_into, record, topic_in
from congress.transaction import transaction

TOPICS, VOTES = table_of(MeetingTopic), table_of(TopicVote)


def propose(
    contact_id: int, round_id: int, facts: TopicFacts, *, today: date, now: datetime
) -> int:
    """Propose a topic for the own municipality; returns its number.

    Pressed twice it is proposed once. Raises TermNotInForce, NoMemberToday, NotInTime and
    TooManyTopics.
    """
    with transaction():
        contact, held = _speaking(contact_id, today), hold(round_id)
        require_phase(topics.plan_of(held), today, Phase.PROPOSING)
        own = select(MeetingTopic).where(
            MeetingTopic.round_id == round_id,
            MeetingTopic.organisation_id == contact.organisation_id,
        )
        for known in db.session.scalars(own):
            if topics.facts_of(known) == facts:
                return known.id
        if _count(round_id, contact.organisation_id) >= MOST_OF_ONE:
            raise TooManyTopics
        row = MeetingTopic(
            round_id=round_id,
            organisation_id=contact.organisation_id,
            proposed_by=contact.id,
            proposed_at=now,
        )
        describe(row, facts)
        db.session.add(row)
        db.session.flush()
        _record("topic_proposed", held, row, now)
        return row.id


def correct(
    contact_id: int,
    round_id: int,
    topic_id: int,
    facts: TopicFacts,
    *,
    version: str,
    today: date,
    now: datetime,
) -> bool:
    """Say something else of a topic of the own municipality; returns whether it is other.

    Raises TermNotInForce, NoMemberToday, NotInTime, TopicSettled and TopicEditedMeanwhile.
    """
    with transaction():
        contact, held = _speaking(contact_id, today), hold(round_id)
        row = _own(contact, held, topic_id, today)
        before = topics.facts_of(row)
        if before.version != version:
            raise TopicEditedMeanwhile
        if before == facts:
            return False
        describe(row, facts)
        _record("topic_corrected", held, row, now)
        return True


def withdraw(contact_id: int, round_id: int, topic_id: int, *, today: date, now: datetime) -> None:
    """Let a topic of the own municipality go; what was merged into it is open again.

    Raises TermNotInForce, NoMemberToday, NotInTime and TopicSettled.
    """
    with transaction():
        contact, held = _speaking(contact_id, today), hold(round_id)
        row = _own(contact, held, topic_id, today)
        for other in merged_into(row.id):
            other.state, other.merged_into_id = TopicState.OPEN, None
        _record("topic_withdrawn", held, row, now)
        db.session.flush()
        db.session.delete(row)


def vote(
    contact_id: int,
    round_id: int,
    points: Mapping[int, int],
    *,
    seen: str,
    today: date,
    now: datetime,
) -> None:
    """Vote for the own municipality; whoever speaks for it may do so again until the end.

    `seen` is the mark of the ballot that the form showed. Raises TermNotInForce, NoMemberToday,
    NotInTime, BallotChanged, TopicSettled and TooManyPoints.
    """
    with transaction():
        contact, held = _speaking(contact_id, today), hold(round_id)
        require_phase(topics.plan_of(held), today, Phase.VOTING)
        given = {topic: many for topic, many in points.items() if many > 0}
        every = topics.topics_of(round_id)
        require_ballot(given, (each.id for each in every if each.is_open), held.points)
        organisation = contact.organisation_id
        before = topics.ballots(round_id, organisation).get(organisation, {})
        shown = on_ballot(before, topics.merged(every))
        if given == shown:
            return
        if ballot_mark(shown) != seen:
            raise BallotChanged
        _write(round_id, organisation, given, now)
        record("topics_voted", held.congress_id, actor=CONTACT, now=now, organisation=organisation)


def describe(row: MeetingTopic, facts: TopicFacts) -> None:
    """Let a row say these facts."""
    row.title, row.need = facts.title, facts.need
    row.kind, row.contributes = facts.kind, facts.contributes


def _write(round_id: int, organisation_id: int, given: Mapping[int, int], now: datetime) -> None:
    ballot = db.session.scalars(
        select(TopicBallot).where(
            TopicBallot.round_id == round_id, TopicBallot.organisation_id == organisation_id
        )
    ).one_or_none()
    if ballot is None:
        ballot = TopicBallot(round_id=round_id, organisation_id=organisation_id)
        db.session.add(ballot)
    ballot.cast_at = now
    db.session.flush()
    db.session.execute(delete(VOTES).where(VOTES.c.ballot_id == ballot.id))
    db.session.add_all(
        TopicVote(ballot_id=ballot.id, topic_id=topic, points=many) for topic, many in given.items()
    )
    db.session.flush()


def _speaking(contact_id: int, today: date) -> Contact:
    cataloguing.keep_of(contact_id)
    contact = contacts.find(contact_id)
    if contact is None or not contact.term.holds_on(today):
        raise TermNotInForce
    if not topics.belongs(contact.organisation_id, today):
        raise NoMemberToday
    return contact


def _own(contact: Contact, held: TopicRound, topic_id: int, today: date) -> MeetingTopic:
    row = topic_in(held.id, topic_id)
    if row is None or row.organisation_id != contact.organisation_id:
        raise TopicSettled
    if not topics.plan_of(held).can_be_corrected(today):
        raise NotInTime
    if row.state != TopicState.OPEN or row.item_id is not None:
        raise TopicSettled
    return row


def _count(round_id: int, organisation_id: int) -> int:
    own = select(func.count()).select_from(TOPICS)
    return db.session.scalars(
        own.where(TOPICS.c.round_id == round_id, TOPICS.c.organisation_id == organisation_id)
    ).one()


def _record(verb: str, held: TopicRound, row: MeetingTopic, now: datetime) -> None:
    record(
        verb,
        held.congress_id,
        actor=CONTACT,
        now=now,
        topic=row.title,
        organisation=row.organisation_id,
    )
