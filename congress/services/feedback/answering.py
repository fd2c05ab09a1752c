"""Using a ballot, once: what it says goes into boxes, that it was used stays with the person.

No line of the log is written, since it would say who answered when. Of a ballot nothing is kept
that ties its parts together: which workshops somebody was in would say who they are.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.feedback.counting import Answers, meant
from congress.domain.feedback.survey import (
    AnsweredAlready,
    FeedbackNotOpen,
    NothingAnswered,
    Part,
    Phase,
)
from congress.extensions import db
from congress.models import FeedbackBallot
from congress.queries import congresses, feedback
from congress.services.feedback import boxes
from congress.transaction import transaction

BALLOTS = table_of(FeedbackBallot)


def answer(token: str, given: Mapping[int | None, Answers], *, now: datetime) -> None:
    """Take what somebody says, by workshop, and of the event by None.

    An answer about a workshop they were not in counts for nothing. Raises FeedbackNotOpen,
    AnsweredAlready and NothingAnswered.
    """
    with transaction():
        asked = feedback.find_ballot(token)
        if asked is None:
            raise FeedbackNotOpen
        congress = congresses.with_content(congresses.hold(asked.congress_id))
        ballot = feedback.find_ballot(token)  # as it is now that nobody else uses it
        survey = feedback.survey_of(congress.id)
        if ballot is None or survey.phase(congress, now) is not Phase.OPEN:
            raise FeedbackNotOpen
        if ballot.is_used:
            raise AnsweredAlready
        workshops = [each.id for each in feedback.workshops_of(ballot, congress)]
        said = {None: meant(survey.of_part(Part.EVENT), given.get(None, {}))} | {
            each: meant(survey.of_part(Part.WORKSHOP), given.get(each, {})) for each in workshops
        }
        if not any(said.values()):
            raise NothingAnswered
        for subject, answers in said.items():
            if answers:
                boxes.put(congress.id, subject, survey, answers)
        is_mine = BALLOTS.c.id == ballot.id
        db.session.execute(update(BALLOTS).where(is_mine).values(is_used=True))
