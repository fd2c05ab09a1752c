"""Rounds of topics: the meetings they belong to, what was proposed, and how the vote stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, select

from congress.base import columns_of, table_of
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.network.membership import BELONGING
from congress.domain.network.topics import CallFor, RoundPlan, TopicFacts, TopicState
from congress.domain.programme import ItemKind
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import (
    Congress,
    CongressDay,
    MeetingTopic,
    Organisation,
    ProgrammeItem,
    TopicBallot,
    TopicCall,
    TopicRound,
    TopicVote,
)
from congress.queries.network import members
from congress.queries.network.members import Delegate

CONGRESSES, DAYS, ITEMS = map(table_of, (Congress, CongressDay, ProgrammeItem))
ROUNDS, TOPICS, ORGANISATIONS = map(table_of, (TopicRound, MeetingTopic, Organisation))
BALLOTS, VOTES, CALLS = map(table_of, (TopicBallot, TopicVote, TopicCall))
PLAN = "proposals_until votes_from votes_until points shows_results"
ALIVE = (CongressState.DRAFT, CongressState.PUBLISHED)  # what takes topics
FACTS = "id organisation_id title need kind contributes state reason merged_into_id"


@dataclass(frozen=True)
class Meeting:
    """A network meeting, a draft or not, with the round of topics it may have."""

    id: int
    slug: str
    title: Texts
    state: CongressState
    first_day: date
    last_day: date
    round_id: int | None = None
    plan: RoundPlan | None = None


@dataclass(frozen=True)
class InProgramme:
    """Where a topic stands in the programme."""

    id: int
    code: str
    title: Texts
    starts_at: datetime
    is_released: bool
    cancelled: bool


@dataclass(frozen=True)
class Topic:
    """A topic, with the municipality that proposed it and what has become of it."""

    id: int
    organisation_id: int
    organisation: str
    facts: TopicFacts
    state: TopicState
    reason: str
    merged_into: int | None
    item: InProgramme | None
    names_proposer: bool

    @property
    def is_open(self) -> bool:
        return self.state is TopicState.OPEN


def find_meeting(slug: str) -> Meeting | None:
    """Return a network meeting by its address."""
    return next(iter(_meetings(CONGRESSES.c.slug == slug)), None)


def get_meeting(congress_id: int) -> Meeting:
    """Return a network meeting that is there."""
    return next(iter(_meetings(CONGRESSES.c.id == congress_id)))


def of_rounds(numbers: Collection[int]) -> dict[int, Meeting]:
    """Return the meetings of some rounds, by the round."""
    found = _meetings(ROUNDS.c.id.in_(numbers))
    return {each.round_id: each for each in found if each.round_id is not None}


def coming(day: date, *, with_round: bool = False) -> list[Meeting]:
    """Return the meetings that are not over on a day, drafts included, the next one first."""
    rounds = [ROUNDS.c.id.is_not(None)] if with_round else []
    found = _meetings(CONGRESSES.c.state.in_(ALIVE), *rounds)
    return [each for each in found if each.last_day >= day]


def topics_of(round_id: int) -> list[Topic]:
    """Return what was proposed in a round, in the order in which it was."""
    return [_topic(row) for row in db.session.execute(_topics(TOPICS.c.round_id == round_id))]


def find_topic(round_id: int, topic_id: int) -> Topic | None:
    """Return one topic of a round."""
    row = db.session.execute(
        _topics(TOPICS.c.round_id == round_id, TOPICS.c.id == topic_id)
    ).one_or_none()
    return _topic(row) if row else None


def facts_of(row: Any) -> TopicFacts:  # noqa: ANN401 - a row, of the session or of a statement
    """Return what a row says of a topic."""
    return TopicFacts(row.title, row.need, ItemKind(row.kind), row.contributes)


def plan_of(row: Any) -> RoundPlan:  # noqa: ANN401 - likewise
    """Return what a row says of a round."""
    return RoundPlan(*(getattr(row, name) for name in PLAN.split()))


def merged(topics: Iterable[Topic]) -> dict[int, int]:
    """Return which topics went into which."""
    return {each.id: each.merged_into for each in topics if each.merged_into is not None}


def ballots(round_id: int, organisation_id: int | None = None) -> Mapping[int, dict[int, int]]:
    """Return the points that municipalities have given, of all or of one, by organisation."""
    statement = (
        select(BALLOTS.c.organisation_id, VOTES.c.topic_id, VOTES.c.points)
        .outerjoin(VOTES, VOTES.c.ballot_id == BALLOTS.c.id)
        .where(BALLOTS.c.round_id == round_id)
    )
    if organisation_id is not None:
        statement = statement.where(BALLOTS.c.organisation_id == organisation_id)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for organisation, topic, points in db.session.execute(statement):
        own = found[organisation]
        if topic is not None:
            own[topic] = points
    return found


def belongs(organisation_id: int, day: date) -> bool:
    """Return whether an organisation is a member or partner on a day."""
    return bool(members.states_on(day, states=BELONGING, of=[organisation_id]))


def to_call(round_id: int, step: CallFor, day: date) -> list[Delegate]:
    """Return who speaks for members today and was not written to for this yet."""
    told = set(
        db.session.scalars(
            select(CALLS.c.contact_id).where(CALLS.c.round_id == round_id, CALLS.c.step == step)
        )
    )
    found = members.delegates_on(day)
    return [each for each in found if each.email and each.id not in told]


def count_called(round_id: int, step: CallFor) -> int:
    """Return how many were written to for this."""
    told = select(func.count()).select_from(CALLS)
    return db.session.scalars(told.where(CALLS.c.round_id == round_id, CALLS.c.step == step)).one()


def named_for(item_id: int) -> list[str]:
    """Return which municipalities the page of an item names as those that proposed its topic."""
    shown = (
        select(TOPICS.c.id).where(TOPICS.c.item_id == item_id, TOPICS.c.names_proposer).subquery()
    )
    into = select(shown.c.id)
    names = (
        select(ORGANISATIONS.c.name)
        .join(TOPICS, TOPICS.c.organisation_id == ORGANISATIONS.c.id)
        .where(TOPICS.c.id.in_(into) | TOPICS.c.merged_into_id.in_(into))
        .order_by(TOPICS.c.id)
    )
    return list(dict.fromkeys(db.session.scalars(names)))


def of_item(item_id: int) -> str | None:
    """Return the title of the topic that an item of the programme came of."""
    return db.session.scalars(
        select(TOPICS.c.title).where(TOPICS.c.item_id == item_id).order_by(TOPICS.c.id).limit(1)
    ).one_or_none()


def _meetings(*which: ColumnElement[bool]) -> list[Meeting]:
    first, last = func.min(DAYS.c.starts_at), func.max(DAYS.c.ends_at)
    statement = (
        select(
            *columns_of(CONGRESSES, "id slug title state timezone"),
            first.label("first"),
            last.label("last"),
            ROUNDS.c.id.label("round_id"),
            *columns_of(ROUNDS, PLAN),
        )
        .join(DAYS, DAYS.c.congress_id == CONGRESSES.c.id)
        .outerjoin(ROUNDS, ROUNDS.c.congress_id == CONGRESSES.c.id)
        .where(CONGRESSES.c.kind == CongressKind.NETWORK_MEETING, *which)
        .group_by(CONGRESSES.c.id, ROUNDS.c.id)
        .order_by(first, CONGRESSES.c.id)
    )
    return [_meeting(row) for row in db.session.execute(statement)]


def _meeting(row: Row[*tuple[Any, ...]]) -> Meeting:
    zone = ZoneInfo(row.timezone)
    return Meeting(
        row.id,
        row.slug,
        row.title,
        CongressState(row.state),
        row.first.astimezone(zone).date(),
        row.last.astimezone(zone).date(),
        row.round_id,
        plan_of(row) if row.round_id is not None else None,
    )


def _topics(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *columns_of(TOPICS, f"{FACTS} names_proposer item_id"),
            ORGANISATIONS.c.name.label("organisation"),
            *columns_of(ITEMS, "code starts_at cancelled"),
            ITEMS.c.title.label("item_title"),
            ITEMS.c.released_starts_at.is_not(None).label("is_released"),
        )
        .join(ORGANISATIONS, ORGANISATIONS.c.id == TOPICS.c.organisation_id)
        .outerjoin(ITEMS, ITEMS.c.id == TOPICS.c.item_id)
        .where(*which)
        .order_by(TOPICS.c.id)
    )


def _topic(row: Row[*tuple[Any, ...]]) -> Topic:
    item = None
    if row.item_id is not None:
        shown = row.code, row.item_title, row.starts_at, row.is_released, row.cancelled
        item = InProgramme(row.item_id, *shown)
    return Topic(
        row.id,
        row.organisation_id,
        row.organisation,
        facts_of(row),
        TopicState(row.state),
        row.reason,
        row.merged_into_id,
        item,
        row.names_proposer,
    )
