"""A congress that asks for feedback: its people, its workshop, and what they answer."""

from datetime import datetime, timedelta
from typing import Any

from congress.domain.feedback import counting
from congress.domain.feedback.survey import Option, Part, Question, QuestionKind, Survey, as_json
from congress.domain.tokens import FeedbackLink
from congress.extensions import db
from congress.models import (
    Attendance,
    Congress,
    FeedbackBallot,
    FeedbackBox,
    FeedbackSurvey,
    ProgrammeItem,
)
from congress.queries import feedback as queries
from congress.services.feedback import answering, asking, links
from congress.services.feedback.setting import SETTINGS
from congress.services.tokens import fresh
from tests.builders import BEGUN, ENDS, a_booking, a_congress, a_registration, a_workshop, add

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CLOSES = datetime.fromisoformat("2015-11-05T00:00:00+01:00")  # the 4th counts to its end
REMINDS = datetime.fromisoformat("2015-10-28T09:00:00+01:00")
POOR, GOOD = Option("poor", {"de": "schlecht"}), Option("good", {"de": "gut"})


def question(key: str, kind: QuestionKind, part: Part = Part.EVENT, **values: Any) -> Question:  # noqa: ANN401
    label = {"de": f"Frage {key}", "en": f"Question {key}"}
    return Question(key=key, kind=kind, part=part, label=label, **values)


QUESTIONS = (
    question("whole", QuestionKind.SCALE, options=(POOR, GOOD)),
    question("gained", QuestionKind.SEVERAL, options=(POOR, GOOD)),
    question("said", QuestionKind.TEXT),
    question("useful", QuestionKind.SCALE, Part.WORKSHOP, options=(POOR, GOOD)),
)


class Asking:
    """A congress whose survey is on, with so many people, all in its one workshop."""

    def __init__(self, people: int, **values: Any) -> None:  # noqa: ANN401 - columns of a row
        named = {
            "slug": values.pop("slug", "fachkongress"),
            "state": values.pop("state", "published"),
        }
        self.congress: Congress = a_congress(**named)
        self.id = self.congress.id
        workshop: ProgrammeItem = a_workshop(self.congress, code="ws", capacity=None)
        self.workshop = workshop.id
        self.people = [self.another() for _each in range(people)]
        _a_setting(self.id, **{"is_on": True} | values)

    def another(self, **values: Any) -> int:  # noqa: ANN401
        """Return one more person, with a place in the workshop."""
        person = a_registration(db.session.get_one(Congress, self.id), **values)
        a_booking(person, db.session.get_one(ProgrammeItem, self.workshop))
        return int(person.id)

    def came(self, *people: int, item_id: int | None = None) -> None:
        """Tick people off on the day."""
        for each in people:
            row = Attendance(registration_id=each, item_id=item_id, day=ENDS.date(), came_at=BEGUN)
            add(row)

    def token(self, person: int) -> str:
        """Return what the link of somebody holds."""
        ballot = queries.find_ballot_of(person)
        assert ballot is not None
        token = links.token_of(ballot.id)
        assert token is not None
        return token

    def says(self, person: int, number: int, *, now: datetime) -> None:
        """Let somebody answer everything; the number says what."""
        choice, grade = ("good", "poor")[number % 2], str(number % 5 + 1)
        event = {"whole": (grade,), "gained": (choice,), "said": (f"Satz {number:03} von mir",)}
        given = {None: event, self.workshop: {"useful": (grade,)}}
        answering.answer(self.token(person), given, now=now)


def _a_setting(congress_id: int, **values: Any) -> None:  # noqa: ANN401
    usual = {name: getattr(Survey(), name) for name in SETTINGS}
    asks = {"questions": as_json(QUESTIONS)}
    add(FeedbackSurvey(congress_id=congress_id, **usual | asks | values))


def a_survey(congress: Congress, item: ProgrammeItem, registration_id: int) -> None:
    """Store a survey that is off, an empty box and a ballot."""
    _a_setting(congress.id)
    add(FeedbackBox(congress_id=congress.id, item_id=item.id, sums={}, sealed=b"-"))
    whose = {"congress_id": congress.id, "registration_id": registration_id}
    add(FeedbackBallot(**whose, **fresh(FeedbackLink.BALLOT)[1]))


def said_of(congress_id: int, item_id: int, many: int, *, is_shared: bool) -> None:
    """Store that so many have said something of a workshop, and whether partners see it."""
    _a_setting(congress_id, is_shared=is_shared)
    of_workshop = [each for each in QUESTIONS if each.part is Part.WORKSHOP]
    sums = counting.counted(counting.Sums(), of_workshop, [{"useful": ("4",)}] * many)
    kept = counting.as_json(sums, of_workshop)
    add(FeedbackBox(congress_id=congress_id, item_id=item_id, sums=kept, sealed=b"-"))


def work(now: datetime) -> None:
    """Do what the worker does in a minute."""
    while asking.next_step(now=now):
        pass
