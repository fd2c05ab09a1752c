"""Asking people by mail, in steps: ballots with the letters, one reminder, and the counting.

Ballots are made for everybody who is asked, in the order of their registrations, so that their
rows say nothing of when who answered. Whoever was entered as present later is asked later.
"""

import functools
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from congress.base import table_of
from congress.domain.access import SYSTEM
from congress.domain.congresses import Congress
from congress.domain.feedback.survey import Phase, Survey
from congress.domain.mails.feedback_letters import FeedbackFacts
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.retention import KEPT_A_MONTH
from congress.domain.standing import Standing
from congress.domain.tokens import FeedbackLink
from congress.extensions import db
from congress.models import FeedbackBallot, FeedbackSurvey
from congress.queries import congresses, feedback
from congress.queries.registrations import standings
from congress.services import auditing, tokens
from congress.services.feedback import boxes
from congress.services.mails import drafting, facts, telling
from congress.transaction import transaction

BALLOTS, SURVEYS = table_of(FeedbackBallot), table_of(FeedbackSurvey)
STEP = 100  # letters at once


def next_step(*, now: datetime) -> bool:
    """Ask or remind the next people, or count a survey that is over; returns whether it did."""
    for congress_id in feedback.under_way():
        congress = congresses.get_congress(congress_id)
        survey = feedback.survey_of(congress_id)
        if _is_over(survey, congress, now):
            _count(congress_id, now=now)
            return True
        if survey.phase(congress, now) is Phase.OPEN and _has_readers(survey, congress, now):
            _write(congress_id, now=now)
            return True
    return False


def forget_old(*, now: datetime) -> int:
    """Delete a month after a survey who was asked and has answered; returns how many people."""
    over = select(SURVEYS.c.congress_id).where(SURVEYS.c.counted_at < now - KEPT_A_MONTH)
    with transaction():
        result = db.session.execute(BALLOTS.delete().where(BALLOTS.c.congress_id.in_(over)))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def stated(
    congress: Congress, survey: Survey, reader: Standing, ballot_id: int, *, is_reminder: bool
) -> FeedbackFacts:
    """Return what the letter to somebody states."""
    letter: FeedbackFacts = {
        "congress": facts.of_congress(congress, reader.language),
        "given_name": reader.given_name,
        "family_name": reader.family_name,
        "ballot": ballot_id,
        "answer_by": survey.closes_at(congress).astimezone(UTC).isoformat(),
    }
    if is_reminder:
        letter["is_reminder"] = True
    return letter


def _is_over(survey: Survey, congress: Congress, now: datetime) -> bool:
    return survey.has_begun and not survey.is_counted and now >= survey.closes_at(congress)


def _is_reminded(survey: Survey, congress: Congress, now: datetime) -> bool:
    """Whether whoever has not answered is reminded by now."""
    at = survey.reminds_at(congress)
    return at is not None and at <= now


def _has_readers(survey: Survey, congress: Congress, now: datetime) -> bool:
    found = [feedback.to_be_asked(congress.id, survey)]
    if _is_reminded(survey, congress, now):
        found.append(feedback.to_be_reminded(congress.id))
    return any(db.session.scalars(each.limit(1)).first() is not None for each in found)


def _write(congress_id: int, *, now: datetime) -> None:
    """Write the next letters: to who was not asked yet, then to who is to be reminded."""
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        survey = feedback.survey_of(congress_id)
        if survey.phase(congress, now) is not Phase.OPEN:
            return  # an organiser was faster
        if not survey.has_begun:
            _begin(congress, now=now)
        is_late = _is_reminded(survey, congress, now)
        numbers = db.session.scalars(feedback.to_be_asked(congress_id, survey).limit(STEP)).all()
        if numbers:
            ballots = _new_ballots(congress_id, numbers, is_reminded=is_late)
        elif is_late:
            waiting = feedback.to_be_reminded(congress_id).limit(STEP)
            ballots = _reminded(db.session.scalars(waiting).all())
        else:
            return
        write = functools.partial(
            _letter, congress, survey, ballots=ballots, is_reminder=not numbers
        )
        mails = [write(each) for each in standings(list(ballots)) if each.gets_mails]
        telling.store(mails, now=now, later=LATER)


def _begin(congress: Congress, *, now: datetime) -> None:
    db.session.execute(
        update(SURVEYS).where(SURVEYS.c.congress_id == congress.id).values(has_begun=True)
    )
    boxes.make(congress.id, [each.id for each in feedback.subjects(congress)])
    auditing.record("feedback_begun", actor=SYSTEM, now=now, congress_id=congress.id)


def _new_ballots(congress_id: int, numbers: Sequence[int], *, is_reminded: bool) -> dict[int, int]:
    """Make ballots; return their numbers by registration."""
    same = {"congress_id": congress_id, "is_used": False, "is_reminded": is_reminded}
    rows = [
        same | {"registration_id": each} | tokens.fresh(FeedbackLink.BALLOT)[1] for each in numbers
    ]
    db.session.execute(insert(BALLOTS), rows)
    return _numbers(numbers)


def _reminded(numbers: Sequence[int]) -> dict[int, int]:
    whose = BALLOTS.c.registration_id.in_(numbers)
    db.session.execute(update(BALLOTS).where(whose).values(is_reminded=True))
    return _numbers(numbers)


def _numbers(registration_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(BALLOTS.c.registration_id, BALLOTS.c.id).where(
            BALLOTS.c.registration_id.in_(registration_ids)
        )
    )
    return {row.registration_id: row.id for row in rows}


def _letter(
    congress: Congress,
    survey: Survey,
    reader: Standing,
    *,
    ballots: dict[int, int],
    is_reminder: bool,
) -> drafting.Row:
    said = stated(congress, survey, reader, ballots[reader.id], is_reminder=is_reminder)
    return drafting.row(congress, reader, MessageKind.FEEDBACK_ASKED, said)


def _count(congress_id: int, *, now: datetime) -> None:
    """Count what is left and close the survey."""
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        survey = feedback.survey_of(congress_id)
        if not _is_over(survey, congress, now):
            return  # another worker was faster
        boxes.empty(congress_id, survey)
        db.session.execute(
            update(SURVEYS).where(SURVEYS.c.congress_id == congress_id).values(counted_at=now)
        )
        answered, asked = feedback.answered(congress_id)
        auditing.record(
            "feedback_counted",
            actor=SYSTEM,
            now=now,
            congress_id=congress_id,
            details={"answered": answered, "asked": asked},
        )
