"""What the office does with topics: words, merging, declining, the programme, and back again.

Each act holds the meeting first and its round then, as every other that needs both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

from sqlalchemy import update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.network.topics import (
    TopicEditedMeanwhile,
    TopicFacts,
    TopicReleased,
    TopicSettled,
    TopicState,
)
from congress.domain.planning.item_plan import ItemPlan
from congress.extensions import db
from congress.models import Congress, MeetingTopic, ProgrammeItem, TopicRound
from congress.models.revisions import ANEW
from congress.queries.network import topics
from congress.services.network import topic_letters, topic_rounds
from congress.services.network.proposing_topics import describe
from congress.services.planning import publishing, reworking
from congress.transaction import transaction

CONGRESSES = table_of(Congress)


def edit(
    congress_id: int,
    topic_id: int,
    facts: TopicFacts,
    *,
    version: str,
    actor: Actor,
    now: datetime,
) -> bool:
    """Put a topic in other words; returns whether they are others.

    Raises TopicEditedMeanwhile, and TopicSettled where it was withdrawn.
    """
    with _held(congress_id, topic_id) as (_round, row):
        before = topics.facts_of(row)
        if before.version != version:
            raise TopicEditedMeanwhile
        if before == facts:
            return False
        describe(row, facts)
        _record("topic_edited", congress_id, row, actor, now)
        return True


def merge(congress_id: int, topic_id: int, into_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a topic go on in another one, with its votes and all that was merged into it.

    Who proposed it is told where the other one is in the programme already.
    Raises TopicSettled where either is not open, or the first one is in the programme.
    """
    with _held(congress_id, topic_id) as (held, row):
        into = topic_rounds.topic_in(held.id, into_id)
        if row.merged_into_id is not None and row.merged_into_id == into_id:
            return
        _require_free(row)
        if into is None or into.id == row.id or into.state != TopicState.OPEN:
            raise TopicSettled
        going = [row, *topic_rounds.merged_into(row.id)]
        for each in going:
            each.state, each.merged_into_id = TopicState.MERGED, into.id
        if into.item_id is not None and row.told != "taken":
            row.told = "taken"
            topic_letters.answered(congress_id, going, is_taken=True, reason="", now=now)
        _show_anew(congress_id, is_named=into.names_proposer)
        _record("topic_merged", congress_id, row, actor, now, into=into.title)


def decline(congress_id: int, topic_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Decline a topic; who proposed it, or what was merged into it, is told why.

    Raises TopicSettled where it is not open or stands in the programme.
    """
    with _held(congress_id, topic_id) as (held, row):
        if row.state == TopicState.DECLINED:
            return
        _require_free(row)
        row.state, row.reason = TopicState.DECLINED, reason
        _answer(held, row, TopicState.DECLINED, now)
        _record("topic_declined", congress_id, row, actor, now)


def reopen(congress_id: int, topic_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a topic be open again that was declined or merged; again changes nothing.

    Raises TopicSettled where it was withdrawn.
    """
    with _held(congress_id, topic_id) as (held, row):
        if row.state == TopicState.OPEN:
            return
        into = topic_rounds.topic_in(held.id, row.merged_into_id or 0)
        row.state, row.reason, row.merged_into_id = TopicState.OPEN, "", None
        _show_anew(congress_id, is_named=into is not None and into.names_proposer)
        _record("topic_reopened", congress_id, row, actor, now)


def take(congress_id: int, topic_id: int, plan: ItemPlan, *, actor: Actor, now: datetime) -> str:
    """Add an item to the programme that treats a topic; returns its code.

    The public sees it after the next release; the proposers are told. Pressed twice there is one
    item. Raises TopicSettled, and what the editor raises: EndsBeforeStart, OutsideCongress,
    TitleMissing.
    """
    with _held(congress_id, topic_id) as (held, row):
        if row.item_id is not None:
            return db.session.get_one(ProgrammeItem, row.item_id).code
        _require_free(row)
        congress, seen = publishing.hold(congress_id)
        reworking.require_makes_sense(plan, seen)
        item = reworking.add(congress, plan, str(uuid4()), actor=actor, now=now)
        row.item_id, row.names_proposer = item.id, False
        if row.told != "taken":
            _answer(held, row, "taken", now)
        _record("topic_taken", congress_id, row, actor, now)
        return item.code


def take_out(congress_id: int, topic_id: int, *, actor: Actor, now: datetime) -> None:
    """Take the item of a topic out of the programme, so that the topic is open again.

    Raises TopicReleased once the item was released; again changes nothing.
    """
    with _held(congress_id, topic_id) as (_round, row):
        if row.item_id is None:
            return
        item = reworking.hold(row.item_id)
        if item.row.released is not None:
            raise TopicReleased
        row.item_id, row.names_proposer = None, False
        db.session.flush()
        reworking.remove(item, actor=actor, now=now)
        _record("topic_taken_out", congress_id, row, actor, now)


def name_proposers(
    congress_id: int, topic_id: int, *, is_named: bool, actor: Actor, now: datetime
) -> None:
    """Say on the page of the item which municipality proposed its topic, or no longer.

    Raises TopicSettled where the topic is in no programme.
    """
    with _held(congress_id, topic_id) as (_round, row):
        if row.item_id is None:
            raise TopicSettled
        if row.names_proposer != is_named:
            row.names_proposer = is_named
            _show_anew(congress_id, is_named=True)
            verb = "topic_named" if is_named else "topic_unnamed"
            _record(verb, congress_id, row, actor, now)


@contextmanager
def _held(congress_id: int, topic_id: int) -> Iterator[tuple[TopicRound, MeetingTopic]]:
    with transaction():
        publishing.hold(congress_id)
        found = topic_rounds.find(congress_id)
        if found is None:
            raise TopicSettled
        held = topic_rounds.hold(found.id)
        row = topic_rounds.topic_in(held.id, topic_id)
        if row is None:
            raise TopicSettled
        yield held, row


def _require_free(row: MeetingTopic) -> None:
    """Refuse what is only possible with an open topic outside of the programme."""
    if row.state != TopicState.OPEN or row.item_id is not None:
        raise TopicSettled


def _answer(held: TopicRound, row: MeetingTopic, answer: str, now: datetime) -> None:
    """Tell everybody who proposed it; each reads the title that they gave it."""
    row.told = answer
    proposed = [row, *topic_rounds.merged_into(row.id)]
    topic_letters.answered(
        held.congress_id, proposed, is_taken=answer == "taken", reason=row.reason, now=now
    )


def _show_anew(congress_id: int, *, is_named: bool) -> None:
    """Let the page of the item be made anew, where it names who proposed the topic."""
    if is_named:
        db.session.flush()
        db.session.execute(update(CONGRESSES).where(CONGRESSES.c.id == congress_id).values(ANEW))


def _record(
    verb: str, congress_id: int, row: MeetingTopic, actor: Actor, now: datetime, **more: str
) -> None:
    db.session.flush()
    topic_rounds.record(
        verb,
        congress_id,
        actor=actor,
        now=now,
        topic=row.title,
        organisation=row.organisation_id,
        **more,
    )
