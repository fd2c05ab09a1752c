"""The boxes that ballots are put into, one for the event and one for each workshop.

Whoever calls this holds the congress, so ballots come one after the other.
"""

from collections.abc import Sequence

from sqlalchemy import select

from congress.domain.feedback import counting
from congress.domain.feedback.counting import Answers
from congress.domain.feedback.survey import Part, Survey
from congress.extensions import db
from congress.models import FeedbackBox
from congress.services.feedback import sealing


def make(congress_id: int, items: Sequence[int]) -> None:
    """Make the boxes of a survey that begins, empty."""
    for item_id in (None, *items):
        _make(congress_id, item_id)


def put(congress_id: int, item_id: int | None, survey: Survey, ballot: Answers) -> None:
    """Put a ballot into its box, and count five of those in it once there are ten."""
    found = select(FeedbackBox).where(FeedbackBox.congress_id == congress_id)
    of_subject = found.where(FeedbackBox.item_id.is_not_distinct_from(item_id))
    # A workshop that is on again since the survey began has none yet.
    row = db.session.scalars(of_subject).one_or_none() or _make(congress_id, item_id)
    ballots = sealing.unseal(_name(congress_id, item_id), row.sealed)
    _keep(row, survey, [*ballots, ballot], is_last=False)


def empty(congress_id: int, survey: Survey) -> None:
    """Count what is left in all boxes; fewer than five that were all there were are dropped."""
    found = select(FeedbackBox).where(FeedbackBox.congress_id == congress_id)
    for row in db.session.scalars(found.order_by(FeedbackBox.id)).all():
        ballots = sealing.unseal(_name(congress_id, row.item_id), row.sealed)
        _keep(row, survey, ballots, is_last=True)


def _make(congress_id: int, item_id: int | None) -> FeedbackBox:
    sealed = sealing.seal(_name(congress_id, item_id), [])
    row = FeedbackBox(congress_id=congress_id, item_id=item_id, sums={}, sealed=sealed)
    db.session.add(row)
    return row


def _keep(row: FeedbackBox, survey: Survey, ballots: Sequence[Answers], *, is_last: bool) -> None:
    ballots = sealing.shuffled(ballots)
    many = counting.group_of(len(ballots), is_last=is_last)
    questions = survey.of_part(Part.EVENT if row.item_id is None else Part.WORKSHOP)
    sums = counting.counted(counting.from_json(row.sums), questions, ballots[:many])
    row.sums = counting.as_json(sums, questions)
    rest = [] if is_last else ballots[many:]
    row.sealed = sealing.seal(_name(row.congress_id, row.item_id), rest)


def _name(congress_id: int, item_id: int | None) -> str:
    return f"{congress_id}:{item_id or ''}"
