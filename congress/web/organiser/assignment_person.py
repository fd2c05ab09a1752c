"""One person in an assignment: what they wish for and get, and what is decided of it by hand."""

from collections.abc import Collection, Mapping, Sequence
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
from congress.queries.assignment_decisions import Decision
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
ALL, BACK = "all", "back-"  # all that is decided stays; one of it is taken back


@dataclass(frozen=True)
class Made:
    """A decision: about which workshop, as which option, in words, and how long it holds."""

    about: int
    option: str
    words: str
    how_long: str


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
    decided: Sequence[Made]
    is_listed: bool  # beside the options, as these alone do not tell it
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
        if chosen == ALL:
            return frame.done(_("Nothing has changed."), f"{PAGE}/people/{registration_id}")
        if chosen.startswith(BACK):
            about = read_id(chosen.removeprefix(BACK)) or 0
            deciding.take_back_one(here, registration_id, about, actor=actor, now=now)
        elif chosen == AS_WISHED:
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
    if chosen.startswith(BACK):
        return _(
            "Taken back for %(person)s. It counts once the assignment is worked out again.",
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
    held = assignment_decisions.of_person(registration_id, found.all)
    shown = []
    for slot in found.all:
        said = wishes.get(slot.key)
        offered = {each.id for each in slot.offered}
        own = (said or NO_PLACE).among(offered)
        outcome = outcomes.get(slot.key)
        made = _made(slot, held, standing, names)
        stays = len(made) > 1 or any(_is_off(each, offered) for each in made)
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
                decided=made,
                is_listed=stays or any(each.how_long for each in made),
                options=_options(slot, names, stays=stays),
                chosen=ALL if stays else made[0].option if made else AS_WISHED,
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


def _options(slot: Slot, names: Mapping[int, str], *, stays: bool) -> list[tuple[str, str]]:
    """Return what can be decided of one choice: nothing, a workshop, none, all but one.

    What none of these tells by itself, as it is several things or about what is called off, can
    stay as it is.
    """
    in_any_case, in_no_case = (
        [
            (each.id, assignment_words.decided(names[each.id], is_given=given))
            for each in slot.offered
        ]
        for given in (True, False)
    )
    return [
        *([(ALL, _("All of that, as it is"))] if stays else []),
        (AS_WISHED, _("Nothing by hand: as their wishes come true")),
        *((str(key), words) for key, words in in_any_case),
        (NOTHING, _("No workshop at this time")),
        *((f"{NOT}{key}", words) for key, words in in_no_case),
    ]


def _made(
    slot: Slot, held: Mapping[int, Decision], standing: Standing, names: Mapping[int, str]
) -> list[Made]:
    """Return what was decided of a choice, and of what was released how long it holds.

    It may be several things, where workshops have moved to one time since.
    """
    mine = {each.id: held[each.id] for each in slot.workshops if each.id in held}
    of_time = [key for key, said in mine.items() if said.decided.of_time]
    single = [key for key in mine if key not in of_time]
    has = {each.item.id for each in standing.confirmed}
    given = [key for key in single if mine[key].decided.is_given]
    ruled_out = [key for key in single if key not in given]
    found = [
        *((key, str(key), assignment_words.decided(names[key], is_given=True)) for key in given),
        *((key, NOTHING, _("No workshop at this time")) for key in of_time[:1]),
        *(
            (key, f"{NOT}{key}", assignment_words.decided(names[key], is_given=False))
            for key in ruled_out
        ),
    ]
    return [
        Made(about, option, words, _how_long(mine[about], has) if mine[about].is_released else "")
        for about, option, words in found
    ]


def _is_off(made: Made, offered: Collection[int]) -> bool:
    """Return whether a decision is about a workshop that does not take place."""
    return made.option != NOTHING and made.about not in offered


def _how_long(decision: Decision, has: Collection[int]) -> str:
    """Say how long something holds that was released."""
    if decision.decided.is_given:
        return _("It holds as long as they have this place.")
    if decision.decided.of_time:
        return _("It holds as long as they have none then.")
    if decision.item_id not in has:
        return _("It holds until you take it back.")
    return _(
        "It holds until you take it back. They have a place there all the same; a calculation with "
        "as little change as possible would take it from them."
    )
