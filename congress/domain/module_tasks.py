"""Tasks of the modules of a course: what is to be done by when, and who has done it.

A task is for each participant or for each organisation that sent some; then it is done once one
of its people has done it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.retention import KEPT_A_MONTH
from congress.domain.texts import Texts
from congress.domain.times import local_time

LONGEST_TITLE, LONGEST_TEXT = 200, 4000  # characters
MOST_TASKS = 60  # of one course
REMINDED_HOUR = 9  # on the day before


class Whose(StrEnum):
    """Who has to do a task."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class TaskFacts:
    """What organisers say of a task; the names are those of the columns."""

    day: date  # of its module
    title: Texts
    due_on: date  # until the end of this day
    text: Texts
    whose: Whose = Whose.PERSON

    @property
    def version(self) -> str:
        """What tells these facts from others: nobody saves over what they have not seen."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]

    def changes_to(self, other: "TaskFacts") -> list[str]:
        """Return the names of what another one says differently."""
        names = (each.name for each in fields(self))
        return [name for name in names if getattr(self, name) != getattr(other, name)]


@dataclass(frozen=True)
class Task:
    """A task of a module."""

    id: int
    facts: TaskFacts

    def due_at(self, zone: ZoneInfo) -> datetime:
        """Return the first moment that is too late."""
        return local_time.at_or_after(self.facts.due_on + timedelta(days=1), time(0), zone)

    def reminded_at(self, zone: ZoneInfo) -> datetime:
        """Return when whoever has not done it is reminded: in the morning of the day before."""
        return local_time.at_or_after(
            self.facts.due_on - timedelta(days=1), time(REMINDED_HOUR), zone
        )


@dataclass(frozen=True)
class Doer:
    """Somebody with a place; people of one organisation have the same `party`."""

    id: int
    name: str
    organisation: str
    party: str


@dataclass(frozen=True)
class HandIn:
    """That somebody has done a task, and what they say of it."""

    task_id: int
    doer: Doer
    done_at: datetime
    text: str = ""
    url: str = ""


class TaskEditedMeanwhile(Refused):
    """Somebody else has changed the task since the page was opened."""


class TaskGone(Refused):
    """The task was deleted since the page was opened, or its module was."""


class TooManyTasks(Refused):
    """A course has as many tasks as it may have."""


class NothingTaken(Refused):
    """Nothing is handed in any more, or not by this person."""


def takes_hand_ins(congress: Congress, now: datetime) -> bool:
    """Return whether tasks are taken, late ones too: until a month after the last module."""
    if congress.state in {CongressState.DRAFT, CongressState.CANCELLED}:
        return False
    return now < congress.ends_at + KEPT_A_MONTH


def of_doer(task: Task, doer: Doer, handed: Iterable[HandIn]) -> HandIn | None:
    """Return by what a task is done for somebody: of their own, or of their organisation."""
    mine = [each for each in handed if each.task_id == task.id]
    own = [each for each in mine if each.doer.id == doer.id]
    if task.facts.whose is Whose.ORGANISATION:
        own += [each for each in mine if each.doer.party == doer.party]
    return own[0] if own else None


def missing(task: Task, doers: Iterable[Doer], handed: Iterable[HandIn]) -> list[Doer]:
    """Return for whom a task is not done yet."""
    known = tuple(handed)
    return [each for each in doers if of_doer(task, each, known) is None]


def moved(day: date, moves: Mapping[date, date | None]) -> date | None:
    """Return the day of a module once days have moved; None, where it is no more."""
    return moves.get(day, day)
