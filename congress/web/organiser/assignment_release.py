"""Releasing an assignment: what it will do is shown before, and what it did after."""

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.assignment.runs import RunKind, RunState
from congress.domain.errors import Refused
from congress.queries import assignment_decisions, assignment_runs
from congress.services.assigning import releasing
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import assignment_moves, assignment_words, frame
from congress.web.organiser.assignment import PAGE, find_run
from congress.web.organiser.assignment_choices import choices

ANOTHER = 409


def release_run(run_id: int) -> ResponseReturnValue:
    """Show what the release of a run does, and release it."""
    run = find_run(run_id)
    if run.state is RunState.RELEASED:  # pressed twice
        return frame.go_to(PAGE)
    if request.method == "GET":
        return _ask(run_id)
    now = clock.now()
    try:
        done = releasing.release(
            access.workspace().id,
            run_id,
            seen_hash=request.form.get("seen", ""),
            actor=access.actor(),
            now=now,
        )
    except Refused as refusal:
        return _ask(run_id, refusal), ANOTHER
    places = ngettext("%(num)d place is given", "%(num)d places are given", done.places)
    letters = ngettext(
        "%(num)d letter is on its way", "%(num)d letters are on their way", done.letters
    )
    said = _("The assignment is released: %(places)s, %(letters)s.", places=places, letters=letters)
    return frame.done(said, PAGE, at=now)


def _ask(run_id: int, refusal: Refused | None = None) -> str:
    here, run, found = access.workspace().id, find_run(run_id), choices()
    closes_at = found.congress.wishes_close_at
    is_early = run.kind is RunKind.FIRST and clock.now() < closes_at
    foreseen = None
    if refusal is None:
        try:
            foreseen = releasing.foresee(here, run_id, now=clock.now())
        except Refused as why:
            refusal = why
    return frame.page(
        "assignment_release.html",
        current="attendees",
        run=run,
        words=assignment_words,
        foreseen=foreseen,
        since=assignment_runs.since(here, run.asked_at),
        decisions=len(assignment_decisions.listed(here, found.all)),
        told_until=frame.dates().deadline(closes_at) if is_early else "",
        moves=assignment_moves.moves(run, found.names),
        heading=refusals.heading(refusal) if refusal else "",
        error=refusals.reason(refusal) if refusal else "",
    )
