"""Tasks of modules as pages show them: to organisers, trainers, participants, municipalities."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.congresses import Congress
from congress.domain.module_tasks import Doer, HandIn, Task, Whose, missing, of_doer
from congress.queries import module_tasks as queries


@dataclass(frozen=True)
class Shown:
    """A task with what was handed in, and for whom it is still to be done."""

    task: Task
    is_due: bool  # its day is over
    is_joint: bool  # done once for each municipality
    handed: Sequence[HandIn]
    missing: Sequence[Doer]

    def is_late(self, each: HandIn, congress: Congress) -> bool:
        """Return whether it was handed in after its day."""
        return each.done_at >= self.task.due_at(congress.zone)

    @property
    def lacking(self) -> list[str]:
        """Who is missing: people, or municipalities by their names, each once."""
        if not self.is_joint:
            return [each.name for each in self.missing]
        return list(dict.fromkeys(each.organisation or each.name for each in self.missing))


@dataclass(frozen=True)
class Own:
    """A task of somebody, and by what it is done."""

    task: Task
    is_joint: bool
    is_due: bool
    is_mine: bool  # they did it, and can say it otherwise
    handed: HandIn | None


def as_shown(
    congress: Congress, *, now: datetime, only: Collection[int] | None = None
) -> list[Shown]:
    """Return the tasks of a course, in three statements; with `only`, of these people alone."""
    tasks = queries.of_congress(congress.id)
    if not tasks:
        return []
    doers, handed = queries.doers(congress.id), queries.handed_in(congress.id)
    if only is not None:
        doers = [each for each in doers if each.id in only]
        handed = [each for each in handed if each.doer.id in only]
    return [
        Shown(
            each,
            now >= each.due_at(congress.zone),
            each.facts.whose is Whose.ORGANISATION,
            [one for one in handed if one.task_id == each.id],
            missing(each, doers, handed),
        )
        for each in tasks
    ]


def of_own(congress: Congress, registration_id: int, *, now: datetime) -> list[Own]:
    """Return the tasks of somebody with a place in a course; none of anybody else."""
    tasks = queries.of_congress(congress.id) if congress.is_course else []
    doer = queries.find_doer(registration_id) if tasks else None
    if doer is None:
        return []
    handed = queries.handed_in(congress.id)
    found = []
    for each in tasks:
        done = of_doer(each, doer, handed)
        found.append(
            Own(
                each,
                each.facts.whose is Whose.ORGANISATION,
                now >= each.due_at(congress.zone),
                done is not None and done.doer.id == doer.id,
                done,
            )
        )
    return found
