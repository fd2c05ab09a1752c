"""One calculation of an assignment, to be read long after: what went in, and what is kept of it."""

from flask.typing import ResponseReturnValue

from congress.queries import assignment_outcomes, assignment_runs
from congress.web import access
from congress.web.organiser import (
    assignment_faults,
    assignment_figures,
    assignment_moves,
    assignment_words,
    frame,
)
from congress.web.organiser.assignment import PAGE, find_run
from congress.web.organiser.assignment_choices import choices


def one_run(run_id: int) -> ResponseReturnValue:
    """Show a run that is through; nothing is done here. One under way is watched elsewhere."""
    run = find_run(run_id)
    if run.is_under_way:
        return frame.go_to(PAGE)
    found = choices()
    faults = assignment_faults.in_words(run.contradictions or (), found.workshops)
    are_kept = assignment_outcomes.are_kept(run.id)
    newest = assignment_runs.newest(access.workspace().id)
    return frame.page(
        "assignment_run.html",
        current="attendees",
        run=run,
        words=assignment_words,
        is_newest=newest is not None and newest.id == run.id,
        faults=faults,
        preview=assignment_figures.preview(run, found.workshops),
        are_kept=are_kept,
        moves=assignment_moves.moves(run, found.names) if are_kept else [],
        without=assignment_outcomes.count_in(run.id, None),
        bar=assignment_figures.BAR,
    )
