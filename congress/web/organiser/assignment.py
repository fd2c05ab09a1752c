"""The assignment of workshops by wishes: asked for, watched, looked at before it is released."""

from datetime import timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.assignment.runs import WORKED_OUT, NoLongerKept, RunKind, RunState
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.slots import Slot
from congress.queries import (
    assignment_decisions,
    assignment_outcomes,
    assignment_runs,
    wishes,
)
from congress.queries.assignment_runs import Run, Since
from congress.queries.wishes import Answered
from congress.services.assigning import asking, handing_out
from congress.web import access, handed_out, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import (
    assignment_faults,
    assignment_figures,
    assignment_moves,
    assignment_words,
    frame,
)
from congress.web.organiser.assignment_choices import Choices, choices
from congress.web.organiser.filters import member

ANOTHER = 409
GONE = 410
MOST_RUNS = 20
PAGE = "/assignment"


def assignment() -> str:
    """Show what is to be assigned, how far the newest run is, and what came of it."""
    return show()


def ask_for_run() -> ResponseReturnValue:
    """Let the worker work out an assignment."""
    kind = member(RunKind, request.form.get("kind", "")) or abort(400)
    try:
        asking.ask(access.workspace().id, kind, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(error=refusals.text(refusal)), ANOTHER
    return frame.done(_("The assignment is being worked out."), PAGE)


def stop_run(run_id: int) -> ResponseReturnValue:
    """Stop a run that is not through."""
    find_run(run_id)
    try:
        asking.stop(access.workspace().id, run_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(error=refusals.text(refusal)), ANOTHER
    return frame.done(_("The calculation was stopped. Nothing has changed."), PAGE)


def compare_run(run_id: int) -> ResponseReturnValue:
    """Let the worker work out what one more place in each full workshop would change."""
    find_run(run_id)
    try:
        asking.compare(access.workspace().id, run_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(error=refusals.text(refusal)), ANOTHER
    return frame.done(_("It is being worked out what one more place would change."), PAGE)


def export_run(run_id: int) -> ResponseReturnValue:
    """Hand out what a run was made of and what came of it, without names."""
    find_run(run_id)
    try:
        exported = handing_out.export(
            access.workspace().id,
            run_id,
            language=languages.current(),
            actor=access.actor(),
            now=clock.now(),
        )
    except NoLongerKept as refusal:
        return show(error=refusals.text(refusal)), GONE
    return handed_out.made(exported)


def find_run(run_id: int) -> Run:
    """Return a run of this congress; that of another is a 404."""
    return assignment_runs.find(access.workspace().id, run_id) or abort(404)


def show(*, error: str = "") -> str:
    """Show the page, with what could not be done."""
    here, found = access.workspace().id, choices()
    run = assignment_runs.newest(here)
    result = run if run is not None and run.state in WORKED_OUT else None
    return frame.page(
        "assignment.html",
        current="attendees",
        choices=found,
        answered=_answered(found),
        closes=_closes(found.congress),
        is_closed=found.congress.wishes_close_at <= clock.now(),
        run=run,
        earlier=assignment_runs.worked_out(here) if run and not result else None,
        words=assignment_words,
        faults=assignment_faults.in_words(run.contradictions or (), found.workshops) if run else [],
        preview=assignment_figures.preview(result, found.workshops) if result else None,
        moves=assignment_moves.moves(result, found.names) if result else [],
        without=assignment_outcomes.count_in(result.id, None) if result else 0,
        decisions=len(assignment_decisions.listed(here, found.all)),
        since=_since(result) if result else None,
        runs=assignment_runs.of_congress(here, limit=MOST_RUNS),
        most_runs=MOST_RUNS,
        bar=assignment_figures.BAR,
        error=error,
    )


def _since(run: Run) -> Since | None:
    """Return what has changed since a run was asked for, as long as it can be released."""
    if run.state is RunState.RELEASED:
        return None
    return assignment_runs.since(access.workspace().id, run.asked_at)


def _answered(found: Choices) -> list[tuple[Slot, Answered]]:
    """Return how many have said what of each choice that is still to be assigned."""
    counts = wishes.counts(found.congress.id, found.open)
    return [(slot, counts[slot.key]) for slot in found.open if slot.key in counts]


def _closes(congress: Congress) -> str:
    """Return the last day on which wishes are ranked, in words."""
    return frame.dates().day(congress.wishes_close_at - timedelta(microseconds=1))
