"""Who gets what by an assignment, and why not what they wished for more; what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, request

from congress.domain.programme import ProgrammeItem
from congress.queries import assignment_decisions, assignment_outcomes, assignment_runs
from congress.queries.assignment_decisions import Decision
from congress.queries.assignment_outcomes import Outcome
from congress.queries.assignment_runs import Run
from congress.web import access
from congress.web.languages import gettext as _
from congress.web.organiser import assignment_words, frame
from congress.web.organiser.assignment import PAGE, find_run
from congress.web.organiser.assignment_choices import Choices, choices, when

AT_ONCE = 50


@dataclass(frozen=True)
class Line:
    """Somebody in a list of outcomes, in words."""

    outcome: Outcome
    when: str
    how: str
    reasons: Sequence[str]


def in_workshop(code: str, run_id: int | None = None) -> str:
    """Show who gets a workshop, and by which wish: by the newest result, or by an earlier one."""
    found, run = choices(), _run(run_id)
    item = next((each for each in found.workshops.values() if each.code == code), None)
    if item is None:
        abort(404)
    here = _address(run_id)
    return _listed("assignment_workshop.html", found, run, item, here, f"{here}/workshops/{code}")


def without(run_id: int | None = None) -> str:
    """Show whose wishes were met by nothing at some time, and why: newest result, or earlier."""
    here, run = _address(run_id), _run(run_id)
    return _listed("assignment_without.html", choices(), run, None, here, f"{here}/without")


def decisions() -> str:
    """Show everything that was decided by hand."""
    found = choices()
    made = assignment_decisions.listed(access.workspace().id, found.all)
    names, times = found.names, {slot.key: when(slot) for slot in found.all}
    return frame.page(
        "assignment_decisions.html",
        current="attendees",
        decisions=[
            (each, _decided(each, names[each.item_id], times[found.choice_of[each.item_id]]))
            for each in made
        ],
    )


def _decided(decision: Decision, workshop: str, time: str) -> str:
    if decision.decided.of_time:
        return _("%(time)s: no workshop", time=time)
    return assignment_words.decided(workshop, is_given=decision.decided.is_given)


def _run(run_id: int | None) -> Run:
    """Return a run of which it is kept who gets what; by default the newest that has a result."""
    if run_id is None:
        return assignment_runs.worked_out(access.workspace().id) or abort(404)
    run = find_run(run_id)
    return run if assignment_outcomes.are_kept(run.id) else abort(404)


def _address(run_id: int | None) -> str:
    """Return the page to which a list belongs."""
    return PAGE if run_id is None else f"{PAGE}/runs/{run_id}"


def _listed(
    template: str, found: Choices, run: Run, item: ProgrammeItem | None, back: str, address: str
) -> str:
    key = item.id if item else None
    total = assignment_outcomes.count_in(run.id, key)
    last = max(1, -(-total // AT_ONCE))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    lines = assignment_outcomes.people_in(run.id, key, offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    names, times = found.names, {slot.key: when(slot) for slot in found.all}
    newest = assignment_runs.newest(access.workspace().id)
    return frame.page(
        template,
        current="attendees",
        item=item,
        run=run,
        is_newest=newest is not None and newest.id == run.id,
        back=back,
        list=address,
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
        assignment_words.how(outcome.how, outcome.rank, is_other=outcome.any_other),
        assignment_words.reasons(outcome.reasons, names),
    )
