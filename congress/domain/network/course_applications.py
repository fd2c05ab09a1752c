"""Applying for places in a training course: what is asked, what is said, and how far it is."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.names import full_name
from congress.domain.people import fold_name

LONGEST_MOTIVATION, LONGEST_REASON = 3000, 2000
USUAL_PEOPLE, MOST_PEOPLE, MOST_MUNICIPALITIES, LAST_RANK = 2, 10, 500, 999
# Whoever did not get in may ask why while the course begins; then nobody needs it any more.
KEPT_AFTER_BEGIN = timedelta(weeks=6)


class State(StrEnum):
    """How far an application is; `reserve` is accepted once a place is free."""

    NEW = "new"
    ACCEPTED = "accepted"
    RESERVE = "reserve"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


# What the office can answer after what. Whoever is accepted has places: these end in other ways.
ANSWERS: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.ACCEPTED, State.RESERVE, State.DECLINED}),
    State.RESERVE: frozenset({State.ACCEPTED, State.DECLINED}),
    State.DECLINED: frozenset({State.ACCEPTED, State.RESERVE}),
    State.ACCEPTED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
UNDECIDED = frozenset({State.NEW, State.RESERVE})


class NotATraining(Refused):
    """Applications are taken for training courses alone."""


class CourseCallEdited(Refused):
    """Somebody else saved the call after the form was opened."""


class CourseCallClosed(Refused):
    """Nothing can be applied for: the deadline has passed, or the office closed it."""


class CourseApplicationSettled(Refused):
    """It was withdrawn or answered, or the deadline has passed: it stays as it is."""


class CourseIsOver(Refused):
    """The course is over or called off: nobody is answered any more."""


class CourseApplicationsUnseen(Refused):
    """The applications, or their answers, are other than what was looked at."""


class NothingChosen(Refused):
    """No answer is chosen, so there is none to send."""


class NotEnoughPlaces(Refused):
    """Fewer places are free than people would be registered."""

    def __init__(self, free: int, wanted: int) -> None:
        self.free, self.wanted = free, wanted


class NamedTwice(Refused):
    """The same person is named twice."""


class OtherPeople(Refused):
    """Another number of people is to be named by now."""

    def __init__(self, people: int) -> None:
        self.people = people


@dataclass(frozen=True)
class Call:
    """What can be applied for and when; `closes_at` is the first moment too late."""

    opens_at: datetime | None
    closes_at: datetime
    people: int  # of each municipality
    municipalities: int | None  # how many are wanted; None is not said
    is_open: bool

    @property
    def version(self) -> str:
        """What tells it from any other: two people at the office do not overwrite each other."""
        moments = [
            each and each.astimezone(UTC).isoformat() for each in (self.opens_at, self.closes_at)
        ]
        values = (moments, self.people, self.municipalities, self.is_open)
        return hashlib.sha256(repr(values).encode()).hexdigest()[:16]

    def turns(self, now: datetime) -> list[datetime]:
        """Return the moments to come at which a page has to say something else."""
        return [each for each in (self.opens_at, self.closes_at) if each and each > now]

    def takes(self, state: CongressState, *, is_over: bool, now: datetime) -> bool:
        """Return whether one can apply now."""
        is_public = state is CongressState.PUBLISHED and not is_over
        has_begun = self.opens_at is None or self.opens_at <= now
        return is_public and self.is_open and has_begun and now < self.closes_at


@dataclass(frozen=True)
class Applicant:
    """Who applies for a municipality."""

    given_name: str
    family_name: str
    function: str
    email: str

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class Named(Applicant):
    """Somebody who is to take part; without a name they have objected."""

    id: int = 0
    objected_at: datetime | None = None
    registration_id: int | None = None

    @property
    def takes_part(self) -> bool:
        """Whether they have not objected."""
        return self.objected_at is None


@dataclass(frozen=True)
class Content:
    """What an application says; address and municipality stay those of the first form."""

    applicant: Applicant
    people: tuple[Applicant, ...]
    motivation: str


@dataclass(frozen=True)
class Application:
    """An application as it is stored; `chosen` is an answer that nobody has been told yet."""

    id: int
    congress_id: int
    state: State
    organisation: str  # as it was typed
    organisation_id: int | None
    registered: str  # its name in the register
    applicant: Applicant
    people: tuple[Named, ...]
    motivation: str
    language: str
    created_at: datetime
    changed_at: datetime
    chosen: State | None = None
    rank: int | None = None  # on the reserve list
    reason: str = ""
    answered_at: datetime | None = None

    @property
    def called(self) -> str:
        """The municipality, as the register knows it."""
        return self.registered or self.organisation

    @property
    def coming(self) -> tuple[Named, ...]:
        """Who is to take part and has not objected."""
        return tuple(each for each in self.people if each.takes_part)

    @property
    def to_answer(self) -> State | None:
        """The chosen answer, where it can be given after what was said before."""
        return self.chosen if self.chosen in ANSWERS[self.state] else None

    @property
    def may_be_withdrawn(self) -> bool:
        return self.state in {*UNDECIDED, State.ACCEPTED}

    def may_be_corrected(self, call: Call | None, *, now: datetime) -> bool:
        """Return whether whoever sent it can still change it."""
        return call is not None and self.state is State.NEW and now < call.closes_at

    @property
    def version(self) -> str:
        """What tells it from what it was before: an answer is to what was read."""
        said = (self.applicant, self.people, self.motivation)
        decided = (self.state, self.chosen, self.rank, self.reason)
        values = (self.changed_at.astimezone(UTC).isoformat(), said, decided)
        return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Answers:
    """What would be answered, and what follows from it."""

    given: tuple[Application, ...]
    seen: str

    def of(self, state: State) -> tuple[Application, ...]:
        return tuple(each for each in self.given if each.chosen is state)

    @property
    def accepted(self) -> tuple[Application, ...]:
        """Whose people would be registered."""
        return self.of(State.ACCEPTED)

    @property
    def people(self) -> int:
        """How many people would be registered."""
        return sum(len(each.coming) for each in self.accepted)

    @property
    def mails(self) -> int:
        """How many mails to read go: to each who applied, and to each who is registered.

        Entries for calendars go beside them (`services.courses.foreseeing`).
        """
        return len(self.given) + self.people


def answers(applications: Iterable[Application]) -> Answers:
    """Return the answers that are chosen and not told yet, as they stand."""
    given = tuple(each for each in applications if each.to_answer is not None)
    return Answers(given, mark_of(given))


def applied_twice(applications: Iterable[Application]) -> frozenset[int]:
    """Return the applications beside which the same municipality has another one that stands."""
    standing = [each for each in applications if each.state is not State.WITHDRAWN]
    many = Counter(fold_name(each.called) for each in standing)
    return frozenset(each.id for each in standing if many[fold_name(each.called)] > 1)


def as_next(application: Application) -> Answers:
    """Return the answer by which who is next on the reserve list is accepted."""
    return answers([replace(application, chosen=State.ACCEPTED)])


def mark_of(applications: Iterable[Application]) -> str:
    """Return what tells these applications, as they are, from any others or later versions."""
    values = [(each.id, each.version) for each in sorted(applications, key=lambda each: each.id)]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def reserve(applications: Iterable[Application]) -> list[Application]:
    """Return the reserve list in its order: by rank, and the earlier first."""
    waiting = (each for each in applications if each.state is State.RESERVE)
    return sorted(waiting, key=lambda each: (each.rank or LAST_RANK + 1, each.id))


def next_to_accept(applications: Iterable[Application], free: int | None) -> Application | None:
    """Return who is next on the reserve list, if there is room for all of theirs."""
    line = reserve(applications)
    if not line or (free is not None and free < len(line[0].coming)):
        return None
    return line[0]


def require_takes_place(state: CongressState, *, is_over: bool) -> None:
    """Refuse to answer for a course that is over or called off."""
    if is_over or state in {CongressState.CANCELLED, CongressState.FINISHED}:
        raise CourseIsOver


def require_people(people: Sequence[Applicant], wanted: int) -> None:
    """Refuse another number of people than is asked for, and the same one twice."""
    if len(people) != wanted:
        raise OtherPeople(wanted)
    keys = {(each.email.casefold(), each.name.casefold()) for each in people}
    if len(keys) != len(people):
        raise NamedTwice
