"""A survey after a congress: its questions, whom it asks, from when until when.

Its days are counted from the last day of the congress, so they move with it. Whoever answers says
something of the whole event and of each workshop they were in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum, auto
from typing import Any

from congress.domain.congresses import Congress, CongressState
from congress.domain.editing import version_of
from congress.domain.errors import Refused
from congress.domain.registration import end_of_day
from congress.domain.texts import Texts
from congress.domain.times import local_time

MOST_QUESTIONS, MOST_OPTIONS = 20, 12
LONGEST_LABEL, LONGEST_OPTION = 200, 100
MOST_DAYS = 60
HOUR = 9  # local time, of what begins on a day after the congress
SCALE = ("1", "2", "3", "4", "5")
ENDS_OF_SCALE = 2  # what the lowest and the highest number mean


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    ONE = "one"
    SEVERAL = "several"
    TEXT = "text"


class Part(StrEnum):
    """What a question is about."""

    EVENT = "event"
    WORKSHOP = "workshop"  # asked once of each workshop that somebody was in


class Phase(Enum):
    """Whether a survey can be answered at some moment."""

    OFF = auto()
    NOT_YET = auto()
    OPEN = auto()
    OVER = auto()


class FeedbackNotOpen(Refused):
    """The survey cannot be answered: not yet, no longer, or it was switched off."""


class AnsweredAlready(Refused):
    """The ballot of this link was used."""


class NothingAnswered(Refused):
    """A ballot on which nothing stands."""


class SurveyEditedMeanwhile(Refused):
    """Somebody else changed the survey after this form was opened."""


class SurveyHasBegun(Refused):
    """People have been asked: what is asked of them stays as it is."""


class SurveyIsOver(Refused):
    """The ballots are counted, so nothing can be set any more."""


class TooManySurveyQuestions(Refused):
    """More questions than anybody would answer."""


class NothingIsAsked(Refused):
    """A survey without a question is to be switched on."""


@dataclass(frozen=True)
class Option:
    """One of several answers; of a scale, what its first or its last number means."""

    key: str
    label: Texts


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a survey."""

    key: str
    kind: QuestionKind
    part: Part
    label: Texts
    options: tuple[Option, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys of everything that can be chosen."""
        if self.kind is QuestionKind.SCALE:
            return SCALE
        return tuple(each.key for each in self.options)

    def words_of(self, choice: str) -> Texts:
        """Return what a choice means; of a scale its ends alone have words."""
        if self.kind is not QuestionKind.SCALE:
            return next((each.label for each in self.options if each.key == choice), {})
        ends = dict(zip((SCALE[0], SCALE[-1]), self.options, strict=False))
        return ends[choice].label if choice in ends else {}

    @property
    def version(self) -> str:
        """What tells it from any other: nobody overwrites what they have not seen."""
        return version_of({"question": repr(self)})


@dataclass(frozen=True, kw_only=True)
class Survey:
    """How a congress asks: days are counted from its last day, 0 is when it ends."""

    is_on: bool = False
    days_after: int = 0
    days_open: int = 14
    reminder_days: int = 7  # after the beginning; 0 reminds nobody
    asks_all: bool = False  # everybody with a place, also where it is known who came
    questions: tuple[Question, ...] = ()
    has_begun: bool = False
    is_counted: bool = False
    is_shared: bool = False  # with dialogue partners, what was said of their own workshop

    def of_part(self, part: Part) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if each.part is part)

    def last_day(self, congress: Congress) -> date:
        """Return the last day on which it can be answered, local time."""
        return _day(congress, self.days_after + self.days_open)

    def opens_at(self, congress: Congress) -> datetime:
        """Return when people are asked: at the end of the congress, or in the morning later."""
        if not self.days_after:
            return congress.ends_at
        return local_time.at_or_after(_day(congress, self.days_after), time(HOUR), congress.zone)

    def closes_at(self, congress: Congress) -> datetime:
        """Return the first moment too late: its last day counts to its end."""
        return end_of_day(self.last_day(congress), congress.zone)

    def reminds_at(self, congress: Congress) -> datetime | None:
        """Return when whoever has not answered is reminded, once; None where nobody is."""
        if not 0 < self.reminder_days <= self.days_open:
            return None
        day = _day(congress, self.days_after + self.reminder_days)
        return local_time.at_or_after(day, time(HOUR), congress.zone)

    def phase(self, congress: Congress, now: datetime) -> Phase:
        """Return whether it can be answered."""
        held = congress.state in {CongressState.PUBLISHED, CongressState.FINISHED}
        if not self.is_on or not self.questions or not held:
            return Phase.OFF
        if now >= self.closes_at(congress) or self.is_counted:
            return Phase.OVER
        return Phase.OPEN if now >= self.opens_at(congress) else Phase.NOT_YET


def _day(congress: Congress, later: int) -> date:
    return congress.ends_at.astimezone(congress.zone).date() + timedelta(days=later)


@dataclass(frozen=True)
class Ballot:
    """Whose link this is, as far as answering needs it; what they say is kept elsewhere."""

    id: int
    registration_id: int
    congress_id: int
    slug: str
    is_used: bool
    is_online: bool = False  # so nobody ticks them off


def moved(questions: Sequence[Question], key: str, by: int) -> tuple[Question, ...]:
    """Return the questions with one before or behind its neighbour in the same part."""
    found = next((each for each in questions if each.key == key), None)
    if found is None:
        return tuple(questions)
    beside = [each for each in questions if each.part is found.part]
    to = beside.index(found) + by
    if not 0 <= to < len(beside):
        return tuple(questions)
    swapped = {found.key: beside[to], beside[to].key: found}
    return tuple(swapped.get(each.key, each) for each in questions)


def require_open_to_change(survey: Survey) -> None:
    """Refuse to change questions that somebody may have answered."""
    if survey.has_begun:
        raise SurveyHasBegun


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return the questions that a row holds."""
    return tuple(
        Question(
            key=each["key"],
            kind=QuestionKind(each["kind"]),
            part=Part(each["part"]),
            label=each["label"],
            options=tuple(Option(key, label) for key, label in each["options"]),
        )
        for each in stored
    )


def as_json(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Return questions as a row holds them."""
    return [
        {
            "key": each.key,
            "kind": each.kind.value,
            "part": each.part.value,
            "label": dict(each.label),
            "options": [[one.key, dict(one.label)] for one in each.options],
        }
        for each in questions
    ]
