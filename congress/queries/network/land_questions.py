"""Questions to the Land: lists for the office, for members and for everybody, and one of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, select

from congress.base import columns_of, table_of, values_of
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.folding import fold_sought
from congress.domain.network.land_questions import (
    Answer,
    Audience,
    QuestionFacts,
    QuestionState,
    is_public,
    may_read,
    version_of,
)
from congress.domain.network.membership import BELONGING
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import Congress, CongressDay, LandQuestion, Organisation, SameQuestion
from congress.queries.network import members

QUESTIONS, SAME = table_of(LandQuestion), table_of(SameQuestion)
ORGANISATIONS, CONGRESSES, DAYS = map(table_of, (Organisation, Congress, CongressDay))
PLAIN = "id organisation_id contact_id reason created_at"
FACTS = "state title text meeting_id is_named answer answered_by answered_on audience"
PUBLIC = and_(QUESTIONS.c.state == QuestionState.ANSWERED, QUESTIONS.c.audience == Audience.PUBLIC)
HELD = (CongressState.PUBLISHED, CongressState.FINISHED)
MOST_MEETINGS = 40  # the last ones: twenty years


@dataclass(frozen=True)
class Wanted:
    """Which questions are looked for; nothing said is all of them."""

    words: str = ""
    state: QuestionState | None = None
    meeting_id: int | None = None


@dataclass(frozen=True)
class Meeting:
    """A network meeting at which questions are collected."""

    id: int
    slug: str
    title: Texts
    day: date


@dataclass(frozen=True)
class Question:
    """A question with what is answered; who else has it is a number alone."""

    id: int
    organisation_id: int
    contact_id: int | None
    reason: str
    created_at: datetime
    organisation: str
    meeting: Texts | None
    others: int  # organisations that have the same question
    has_joined: bool  # the organisation that looks is one of them
    state: QuestionState
    facts: QuestionFacts
    answer: Answer

    @property
    def version(self) -> str:
        return version_of(self.state, self.facts, self.answer)

    @property
    def is_public(self) -> bool:
        return is_public(self.state, self.answer.audience)


def facts_of(row: Row[Any] | LandQuestion) -> QuestionFacts:
    """Return what a row says is asked."""
    return QuestionFacts(row.title, row.text, row.meeting_id, row.is_named)


def answer_of(row: Row[Any] | LandQuestion) -> Answer:
    """Return what a row says is answered, shown yet or not."""
    return Answer(row.answer, row.answered_by, row.answered_on, Audience(row.audience))


def listed(wanted: Wanted, *, limit: int, offset: int) -> tuple[list[Question], int]:
    """Return one page of all questions for the office: open ones first, then the latest."""
    is_open = case((QUESTIONS.c.state == QuestionState.OPEN, 0), else_=1)
    conditions = _sought(wanted)
    return _page(conditions, (is_open, QUESTIONS.c.id.desc()), limit=limit, offset=offset)


def published(words: str, *, limit: int, offset: int) -> tuple[list[Question], int]:
    """Return one page of what everybody may read, the latest answers first."""
    return _answered([PUBLIC, *_sought(Wanted(words))], limit=limit, offset=offset)


def answered_for(
    organisation_id: int, words: str, *, is_member: bool, limit: int, offset: int
) -> tuple[list[Question], int]:
    """Return one page of the answers that an organisation may read, the latest first."""
    seen = QUESTIONS.c.state == QuestionState.ANSWERED if is_member else PUBLIC
    conditions = [seen, *_sought(Wanted(words))]
    return _answered(conditions, limit=limit, offset=offset, viewer=organisation_id)


def own(organisation_id: int) -> list[Question]:
    """Return what an organisation has asked, the latest first."""
    mine = _questions(organisation_id).where(QUESTIONS.c.organisation_id == organisation_id)
    return _as_questions(db.session.execute(mine.order_by(QUESTIONS.c.id.desc())))


def open_ones(organisation_id: int, *, limit: int, offset: int) -> tuple[list[Question], int]:
    """Return one page of what other organisations ask and nobody has answered yet."""
    conditions = [
        QUESTIONS.c.state == QuestionState.OPEN,
        QUESTIONS.c.organisation_id != organisation_id,
    ]
    order = (QUESTIONS.c.id.desc(),)
    return _page(conditions, order, limit=limit, offset=offset, viewer=organisation_id)


def find(question_id: int) -> Question | None:
    """Return one question, whoever may read it."""
    found = _as_questions(db.session.execute(_questions(0).where(QUESTIONS.c.id == question_id)))
    return found[0] if found else None


def find_for(organisation_id: int, question_id: int, *, day: date) -> Question | None:
    """Return one question that an organisation may read; any other one is unknown to it."""
    one = _questions(organisation_id).where(QUESTIONS.c.id == question_id)
    found = _as_questions(db.session.execute(one))
    if not found:
        return None
    is_own = found[0].organisation_id == organisation_id
    is_member = is_own or belongs(organisation_id, day)
    state, audience = found[0].state, found[0].answer.audience
    return found[0] if may_read(state, audience, is_own=is_own, is_member=is_member) else None


def belongs(organisation_id: int, day: date) -> bool:
    """Return whether an organisation belongs to the network on a day."""
    return bool(members.states_on(day, states=BELONGING, of=[organisation_id]))


def same(question_id: int) -> list[tuple[int, str, int | None]]:
    """Return who has the same question: number and name, and who said so; by name."""
    statement = (
        select(SAME.c.organisation_id, ORGANISATIONS.c.name, SAME.c.contact_id)
        .join(ORGANISATIONS, ORGANISATIONS.c.id == SAME.c.organisation_id)
        .where(SAME.c.question_id == question_id)
        .order_by(ORGANISATIONS.c.search, ORGANISATIONS.c.id)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def states(numbers: Collection[int]) -> dict[int, QuestionState]:
    """Return how far some questions are."""
    asked = select(QUESTIONS.c.id, QUESTIONS.c.state).where(QUESTIONS.c.id.in_(numbers))
    return {row.id: QuestionState(row.state) for row in db.session.execute(asked)}


def count_open() -> int:
    """Return how many questions wait for an answer."""
    waiting = QUESTIONS.c.state == QuestionState.OPEN
    return db.session.scalars(select(func.count()).select_from(QUESTIONS).where(waiting)).one()


def meetings() -> list[Meeting]:
    """Return the network meetings that are or were public, the last one first."""
    starts_at = func.min(DAYS.c.starts_at)
    statement = (
        select(*columns_of(CONGRESSES, "id slug title timezone"), starts_at.label("starts_at"))
        .join(DAYS, DAYS.c.congress_id == CONGRESSES.c.id)
        .where(
            CONGRESSES.c.kind == CongressKind.NETWORK_MEETING,
            CONGRESSES.c.state.in_(HELD),
        )
        .group_by(CONGRESSES.c.id)
        .order_by(starts_at.desc(), CONGRESSES.c.id.desc())
        .limit(MOST_MEETINGS)
    )
    return [
        Meeting(
            row.id, row.slug, row.title, row.starts_at.astimezone(ZoneInfo(row.timezone)).date()
        )
        for row in db.session.execute(statement)
    ]


def _answered(
    conditions: list[ColumnElement[bool]], *, limit: int, offset: int, viewer: int = 0
) -> tuple[list[Question], int]:
    latest = (QUESTIONS.c.answered_on.desc(), QUESTIONS.c.id.desc())
    return _page(conditions, latest, limit=limit, offset=offset, viewer=viewer)


def _page(
    conditions: list[ColumnElement[bool]],
    order: tuple[ColumnElement[Any], ...],
    *,
    limit: int,
    offset: int,
    viewer: int = 0,
) -> tuple[list[Question], int]:
    counted = select(func.count()).select_from(QUESTIONS).where(*conditions)
    some = _questions(viewer).where(*conditions).order_by(*order).limit(limit).offset(offset)
    return _as_questions(db.session.execute(some)), db.session.scalars(counted).one()


def _questions(viewer: int) -> Select[*tuple[Any, ...]]:
    """Return the statement for questions as an organisation sees them; 0 is the office."""
    others = select(func.count()).where(SAME.c.question_id == QUESTIONS.c.id).scalar_subquery()
    joined = exists().where(SAME.c.question_id == QUESTIONS.c.id, SAME.c.organisation_id == viewer)
    return (
        select(
            *columns_of(QUESTIONS, f"{PLAIN} {FACTS}"),
            ORGANISATIONS.c.name.label("organisation"),
            CONGRESSES.c.title.label("meeting"),
            others.label("others"),
            joined.label("has_joined"),
        )
        .join(ORGANISATIONS, ORGANISATIONS.c.id == QUESTIONS.c.organisation_id)
        .outerjoin(
            CONGRESSES,
            and_(CONGRESSES.c.id == QUESTIONS.c.meeting_id, CONGRESSES.c.state.in_(HELD)),
        )
    )


def _as_questions(rows: Iterable[Row[Any]]) -> list[Question]:
    return [
        Question(
            **values_of(row, f"{PLAIN} organisation meeting others"),
            has_joined=bool(row.has_joined),
            state=QuestionState(row.state),
            facts=facts_of(row),
            answer=answer_of(row),
        )
        for row in rows
    ]


def _sought(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = QUESTIONS.c
    conditions: list[ColumnElement[bool]] = [
        found.search.contains(each, autoescape=True) for each in fold_sought(wanted.words).split()
    ]
    if wanted.state:
        conditions.append(found.state == wanted.state)
    if wanted.meeting_id:
        conditions.append(found.meeting_id == wanted.meeting_id)
    return conditions
