"""Who gets what by an assignment, and why not what they wished for more; what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, request

from congress.domain.programme import ProgrammeItem
from congress.queries import assignment_decisions, assignment_outcomes, assignment_runs
from congress.queries.assignment_outcomes import Outcome
from congress.queries.assignment_runs import Run
from congress.web import access
from congress.web.organiser import assignment_words, frame
from congress.web.organiser.assignment_choices import Choices, choices, when

AT_ONCE = 50


@dataclass(frozen=True)
class Line:
    """Somebody in a list of outcomes, in words."""

    outcome: Outcome
    when: str
    how: str
    reasons: Sequence[str]


def in_workshop(code: str) -> str:
    """Show who gets a workshop, and by which wish."""
    found, run = choices(), _worked_out()
    item = next((each for each in found.workshops.values() if each.code == code), None)
    if item is None:
        abort(404)
    return _listed("assignment_workshop.html", found, run, item)


def without() -> str:
    """Show whose wishes were met by nothing at some time, and why."""
    return _listed("assignment_without.html", choices(), _worked_out(), None)


def decisions() -> str:
    """Show everything that was decided by hand."""
    found = choices()
    return frame.page(
        "assignment_decisions.html",
        current="attendees",
        decisions=assignment_decisions.of_congress(access.workspace().id, found.workshops),
        names=found.names,
        said=assignment_words.decided,
    )


def _worked_out() -> Run:
    return assignment_runs.worked_out(access.workspace().id) or abort(404)


def _listed(template: str, found: Choices, run: Run, item: ProgrammeItem | None) -> str:
    key = item.id if item else None
    total = assignment_outcomes.count_in(run.id, key)
    last = max(1, -(-total // AT_ONCE))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    lines = assignment_outcomes.people_in(run.id, key, offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    names, times = found.names, {slot.key: when(slot) for slot in found.all}
    return frame.page(
        template,
        current="attendees",
        item=item,
        run=run,
        words=assignment_words,
        total=total,
        lines=[_line(each, names, times) for each in lines],
        page=number,
        last_page=last,
    )


def _line(outcome: Outcome, names: Mapping[int, str], times: Mapping[int, str]) -> Line:
    return Line(
        outcome,
        times.get(outcome.slot, ""),
        assignment_words.how(outcome.how, outcome.rank),
        assignment_words.reasons(outcome.reasons, names),
    )
