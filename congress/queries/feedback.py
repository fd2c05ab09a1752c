"""The surveys of congresses: how each is set, who is asked, what was counted."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from congress.base import columns_of, table_of, values_of
from congress.domain import tokens
from congress.domain.congresses import Congress
from congress.domain.feedback import counting
from congress.domain.feedback.counting import Sums
from congress.domain.feedback.survey import Ballot, Phase, Survey, from_json
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import (
    Attendance,
    Booking,
    FeedbackBallot,
    FeedbackBox,
    FeedbackSurvey,
    Registration,
)
from congress.models import Congress as CongressRow
from congress.queries import attendances, programme

SURVEYS, BOXES, BALLOTS = map(table_of, (FeedbackSurvey, FeedbackBox, FeedbackBallot))
PEOPLE, CAME, BOOKED = map(table_of, (Registration, Attendance, Booking))
CONGRESSES = table_of(CongressRow)
SETTINGS = "is_on days_after days_open reminder_days asks_all has_begun is_shared"
HAS_PLACE = (PEOPLE.c.state == RegistrationState.CONFIRMED) & PEOPLE.c.unconfirmed_until.is_(None)
IS_ONLINE = PEOPLE.c.mode == Mode.ONLINE
OTHERS, MERGED = BALLOTS.alias("others"), PEOPLE.alias("merged")
# By another registration of the same person, which was merged with this one.
ANSWERED_BEFORE = exists().where(
    MERGED.c.merged_into_id == PEOPLE.c.id,
    OTHERS.c.registration_id == MERGED.c.id,
    OTHERS.c.is_used,
)
IS_USED = BALLOTS.c.is_used | ANSWERED_BEFORE
OPEN = select(
    *columns_of(BALLOTS, "id registration_id congress_id"),
    IS_USED.label("is_used"),
    CONGRESSES.c.slug,
    IS_ONLINE.label("is_online"),
).select_from(
    BALLOTS.join(PEOPLE, (PEOPLE.c.id == BALLOTS.c.registration_id) & HAS_PLACE).join(
        CONGRESSES, CONGRESSES.c.id == BALLOTS.c.congress_id
    )
)


def of_row(row: FeedbackSurvey) -> Survey:
    """Return a survey as its row keeps it."""
    return Survey(
        **values_of(row, SETTINGS),
        questions=from_json(row.questions),
        is_counted=row.counted_at is not None,
    )


def survey_of(congress_id: int) -> Survey:
    """Return the survey of a congress; one that is off and asks nothing where there is none."""
    found = select(FeedbackSurvey).where(FeedbackSurvey.congress_id == congress_id)
    row = db.session.scalars(found, execution_options={"populate_existing": True}).one_or_none()
    return of_row(row) if row else Survey()


def under_way() -> list[int]:
    """Return the congresses whose survey is on, or has begun, and is not counted yet."""
    is_wanted = or_(SURVEYS.c.is_on, SURVEYS.c.has_begun)
    found = select(SURVEYS.c.congress_id).where(is_wanted, SURVEYS.c.counted_at.is_(None))
    return list(db.session.scalars(found.order_by(SURVEYS.c.congress_id)))


def to_be_asked(congress_id: int, survey: Survey) -> Select[*tuple[int]]:
    """Return the statement that finds who is asked and has no ballot yet, by their numbers.

    Whoever was there or took part online, or everybody with a place where that is not known.
    """
    which = [PEOPLE.c.congress_id == congress_id, HAS_PLACE]
    if not survey.asks_all and attendances.is_recorded(congress_id):
        which.append(and_(*attendances.of_whom(came=True)) | IS_ONLINE)
    has_ballot = exists().where(BALLOTS.c.registration_id == PEOPLE.c.id)
    return select(PEOPLE.c.id).where(*which, ~has_ballot, ~ANSWERED_BEFORE).order_by(PEOPLE.c.id)


def to_be_reminded(congress_id: int) -> Select[*tuple[int]]:
    """Return the statement that finds whose ballot is not used and who was not reminded."""
    return (
        select(BALLOTS.c.registration_id)
        .join(PEOPLE, PEOPLE.c.id == BALLOTS.c.registration_id)
        .where(
            BALLOTS.c.congress_id == congress_id,
            ~IS_USED,
            ~BALLOTS.c.is_reminded,
            HAS_PLACE,
        )
        .order_by(BALLOTS.c.registration_id)
    )


def count_to_be_asked(congress_id: int, survey: Survey) -> int:
    """Return how many would be asked now who have no ballot yet."""
    found = to_be_asked(congress_id, survey).order_by(None).subquery()
    return db.session.scalars(select(func.count()).select_from(found)).one()


def answered(congress_id: int) -> tuple[int, int]:
    """Return how many have answered, and how many were asked."""
    used = func.count().filter(BALLOTS.c.is_used)
    found = select(used, func.count()).where(BALLOTS.c.congress_id == congress_id)
    row = db.session.execute(found).one()
    return row[0], row[1]


def find_ballot(token: str) -> Ballot | None:
    """Return what a link opens; None for whoever has no place any more."""
    return _ballot(BALLOTS.c.digest == tokens.digest(token))


def find_ballot_of(registration_id: int) -> Ballot | None:
    """Return the ballot of somebody; None while they are not asked."""
    return _ballot(BALLOTS.c.registration_id == registration_id)


def _ballot(which: ColumnElement[bool]) -> Ballot | None:
    row = db.session.execute(OPEN.where(which)).one_or_none()
    return Ballot(**row._mapping) if row else None  # noqa: SLF001 - what SQLAlchemy calls it


def unused(numbers: Collection[int], now: datetime, congress: Congress) -> set[int]:
    """Return which of some ballots of a congress can be used now."""
    if survey_of(congress.id).phase(congress, now) is not Phase.OPEN:
        return set()
    rows = db.session.execute(OPEN.where(BALLOTS.c.id.in_(numbers), ~IS_USED))
    return {row.id for row in rows}


def subjects(congress: Congress) -> list[ProgrammeItem]:
    """Return the workshops of a congress about which people are asked: those that took place."""
    return [each for each in programme.kept_workshops(congress) if not each.face.cancelled]


def workshops_of(ballot: Ballot, congress: Congress) -> list[ProgrammeItem]:
    """Return the workshops that somebody was in, or had a place in where nobody was ticked off."""
    items = subjects(congress)
    numbers = [each.id for each in items]
    is_mine = case((CAME.c.registration_id == ballot.registration_id, 1), else_=0)
    rows = db.session.execute(
        select(CAME.c.item_id, func.max(is_mine))
        .where(CAME.c.item_id.in_(numbers))
        .group_by(CAME.c.item_id)
    )
    was_there = {} if ballot.is_online else {item_id: bool(came) for item_id, came in rows}
    has_place = set(
        db.session.scalars(
            select(BOOKED.c.item_id).where(
                BOOKED.c.registration_id == ballot.registration_id,
                BOOKED.c.state == BookingState.CONFIRMED,
            )
        )
    )
    return [each for each in items if was_there.get(each.id, each.id in has_place)]


def sums_of(congress_id: int) -> Mapping[int | None, Sums]:
    """Return what was counted, by the workshop it is about; of the event by None."""
    found = select(BOXES.c.item_id, BOXES.c.sums).where(BOXES.c.congress_id == congress_id)
    return {row.item_id: counting.from_json(row.sums) for row in db.session.execute(found)}
