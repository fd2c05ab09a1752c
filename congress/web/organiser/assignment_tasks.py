"""What is to be done about the assignment by wishes, from the day on which wishes close."""

from collections.abc import Iterator, Sequence

from congress import clock
from congress.domain import allocation
from congress.domain.access import Right
from congress.domain.assignment.runs import RunState
from congress.domain.congresses import Congress, CongressState
from congress.domain.programme import ProgrammeItem
from congress.queries import assignment_runs
from congress.web.languages import gettext as _
from congress.web.organiser.task import Task, if_may

IN_VAIN = (RunState.CONTRADICTION, RunState.FAILED)


def of_today(congress: Congress, items: Sequence[ProgrammeItem]) -> Iterator[Task]:
    """Return that the assignment is to be looked at and released, until it is."""
    slots = allocation.taking_wishes(items, congress.rules.allocation)
    is_due = congress.state is CongressState.PUBLISHED and congress.wishes_close_at <= clock.now()
    if not slots or not is_due or congress.is_over(clock.now()):
        return
    workshops = [item.id for slot in slots for item in slot.workshops]
    if not assignment_runs.has_wishes(congress.id, workshops):
        return
    run = assignment_runs.newest(congress.id)
    if run is not None and run.state in IN_VAIN:
        words = _("The assignment by wishes could not be worked out: see why")
    elif run is not None and run.is_under_way:
        words = _("Wishes are closed: the assignment is being worked out")
    else:
        words = _("Wishes are closed: look at the assignment and release it")
    yield Task(words, if_may(Right.SEE_ATTENDEES, "/assignment"), "assignment")
