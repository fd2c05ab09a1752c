"""One person in an assignment: what they wish for and get, and what is decided of it by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import ranking
from congress.domain.errors import Refused
from congress.domain.ranking import NO_PLACE
from congress.domain.registration import RegistrationState
from congress.domain.slots import Slot
from congress.domain.standing import Standing
from congress.queries import (
    assignment_decisions,
    assignment_outcomes,
    assignment_runs,
    neighbours,
    registrations,
)
from congress.queries.assignment_decisions import Decided
from congress.queries.assignment_outcomes import Outcome
from congress.queries.neighbours import Neighbour
from congress.services.assigning import deciding
from congress.web import access, refusals
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser import assignment_words, frame
from congress.web.organiser.assignment import PAGE
from congress.web.organiser.assignment_choices import choices, when

ANOTHER, REFUSED = 409, 422
# Each has a value: browsers do not send an empty one that has to be chosen.
AS_WISHED, NOTHING, NOT = "wishes", "nothing", "not-"


@dataclass(frozen=True)
class OfChoice:
    """What is to be said of one person and one choice, and what can be decided of it."""

    slot: Slot
    when: str
    wished: Sequence[str]
    has_any_other: bool
    wants_none: bool  # as they said
    is_gone: bool  # nothing of what they wished for takes place
    outcome: str
    since: str  # what they have by now, where that is something else
    reasons: Sequence[str]
    decided: str
    options: Sequence[tuple[str, str]]  # value and words
    chosen: str


def one_person(registration_id: int) -> str:
    """Show what somebody wishes for and gets, and what can be decided of it by hand."""
    return _person(registration_id)


def decide(registration_id: int) -> ResponseReturnValue:
    """Keep what was decided of somebody and one choice, or take it back."""
    [person] = _people(registration_id)
    found = choices()
    slot = next((each for each in found.all if str(each.key) == request.form.get("slot")), None)
    if slot is None:
        abort(400)
    chosen, offered = request.form.get("decision", ""), {each.id for each in slot.offered}
    here, actor, now = access.workspace().id, access.actor(), clock.now()
    item = read_id(chosen.removeprefix(NOT))
    try:
        if chosen == AS_WISHED:
            deciding.take_back(here, registration_id, min(offered), actor=actor, now=now)
        elif chosen == NOTHING:
            deciding.bar_all(here, registration_id, min(offered), actor=actor, now=now)
        elif item not in offered:
            return _person(registration_id, error=_("Please choose one of the answers.")), REFUSED
        elif chosen.startswith(NOT):
            deciding.bar(here, registration_id, item, actor=actor, now=now)
        else:
            deciding.give(here, registration_id, item, actor=actor, now=now)
    except Refused as refusal:
        return _person(
            registration_id, error=refusals.text(refusal, access.workspace().zone)
        ), ANOTHER
    return frame.done(_done(chosen, person.name), f"{PAGE}/people/{registration_id}")


def _done(chosen: str, person: str) -> str:
    if chosen == AS_WISHED:
        return _(
            "Nothing is decided by hand for %(person)s at this time any more. Wishes count once "
            "the assignment is worked out again.",
            person=person,
        )
    return _(
        "Kept for %(person)s. It counts once the assignment is worked out again.", person=person
    )


def _person(registration_id: int, *, error: str = "") -> str:
    here = access.workspace().id
    [person] = _people(registration_id)
    found = choices()
    names = found.names
    [standing] = registrations.standings([registration_id])
    wishes = ranking.by_choice(found.all, standing.wishes)
    run = assignment_runs.worked_out(here)
    outcomes = assignment_outcomes.of_person(run.id, registration_id) if run else {}
    decided = assignment_decisions.of_person(registration_id, found.workshops)
    shown = []
    for slot in found.all:
        said = wishes.get(slot.key)
        offered = {each.id for each in slot.offered}
        own = (said or NO_PLACE).among(offered)
        outcome = outcomes.get(slot.key)
        chosen = _chosen(slot, decided)
        options = _options(slot, names)
        shown.append(
            OfChoice(
                slot=slot,
                when=when(slot),
                wished=[names[key] for key in own.ranked],
                has_any_other=own.any_other,
                wants_none=said == NO_PLACE,
                is_gone=said is not None and ranking.still(said, offered) is None,
                outcome=_outcome(outcome, names),
                since=_since(standing, slot, outcome, names) if run and run.released_at else "",
                reasons=assignment_words.reasons(outcome.reasons, names) if outcome else [],
                decided=dict(options)[chosen] if chosen != AS_WISHED else "",
                options=options,
                chosen=chosen,
            )
        )
    return frame.page(
        "assignment_person.html",
        current="attendees",
        person=person,
        has_place=person.state is RegistrationState.CONFIRMED,
        lot=next((each.lot for each in outcomes.values()), None),
        run=run,
        shown=shown,
        error=error,
    )


def _people(registration_id: int) -> tuple[Neighbour, ...]:
    return neighbours.people(access.workspace().id, [registration_id]) or abort(404)


def _outcome(outcome: Outcome | None, names: Mapping[int, str]) -> str:
    if outcome is None:
        return ""
    if outcome.item_id is None:
        return _("gets no place")
    how = assignment_words.how(outcome.how, outcome.rank, is_other=outcome.any_other)
    return f"{names.get(outcome.item_id, '')} ({how})"


def _since(
    standing: Standing, slot: Slot, outcome: Outcome | None, names: Mapping[int, str]
) -> str:
    """Return what somebody has of a choice, unless that is what they got of it."""
    among = {item.id for item in slot.workshops if not item.face.cancelled}
    has = [each.item.id for each in standing.confirmed if each.item.id in among]
    got = [] if outcome is None or outcome.item_id is None else [outcome.item_id]
    if has == got:
        return ""
    return ", ".join(names[key] for key in has) or _("no place")


def _options(slot: Slot, names: Mapping[int, str]) -> list[tuple[str, str]]:
    """Return what can be decided of one choice: nothing, a workshop, none, all but one."""
    in_any_case, in_no_case = (
        [
            (each.id, assignment_words.decided(names[each.id], is_given=given))
            for each in slot.offered
        ]
        for given in (True, False)
    )
    return [
        (AS_WISHED, _("Nothing by hand: as their wishes come true")),
        *((str(key), words) for key, words in in_any_case),
        (NOTHING, _("No workshop at this time")),
        *((f"{NOT}{key}", words) for key, words in in_no_case),
    ]


def _chosen(slot: Slot, decided: Mapping[int, Decided]) -> str:
    """Return which of the options was decided."""
    if any(decided[each.id].of_time for each in slot.workshops if each.id in decided):
        return NOTHING
    said = {each.id: decided[each.id].is_given for each in slot.offered if each.id in decided}
    if not said:
        return AS_WISHED
    key = max(said, key=lambda each: said[each])
    return str(key) if said[key] else f"{NOT}{key}"
