"""What was told of a workshop by those who carry it, and what came of the congress itself.

Room needs to see; results to write, publish, withdraw or discard.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.archive import examples
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import EditedItem
from congress.domain.programme import ItemKind
from congress.formats.recommendation_words import BADGES, state_words
from congress.queries import archive, programme
from congress.queries.planning import (
    materials,
    recommendations,
    scheduling,
    workshop_reports,
)
from congress.services.planning import reporting
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.asking import Question, ask
from congress.web.organiser.outcome_form import OutcomeForm, outcome_form

REFUSED, UNSEEN = 422, 409
LONGEST_MARK = 64
BARE = frozenset({ItemKind.BREAK, ItemKind.MEAL, ItemKind.DAY})  # of which nothing is to be told


@dataclass(frozen=True)
class Place:
    """Of what results are told: of a workshop, or of the congress itself."""

    item: EditedItem | None

    @property
    def item_id(self) -> int | None:
        return self.item.id if self.item else None

    @property
    def page(self) -> str:
        """Return its page, after the address of the congress."""
        return f"/programme/{self.item.plan.code}/report" if self.item else "/results"

    @property
    def above(self) -> str:
        """Return what its page is called."""
        return _("Room needs and results") if self.item else _("Results")


def place_of(code: str | None) -> Place:
    """Return where an address leads; without a code it is the congress itself."""
    if code is None:
        return Place(None)
    return Place(scheduling.find_edited(access.workspace().id, code) or abort(404))


def report(code: str | None = None) -> ResponseReturnValue:
    """Show what was told, and settle it as it was seen."""
    place = place_of(code)
    if request.method == "GET":
        return show(place)
    acts: dict[str, tuple[Callable[..., None], str]] = {
        "publish": (reporting.publish, _("The results are published.")),
        "withdraw": (
            reporting.withdraw,
            _("The results are no longer public. They are kept here as a draft."),
        ),
    }
    if place.item:
        acts["seen"] = (reporting.see_needs, _("Noted: you know what the room needs."))
    act, done = acts.get(request.form.get("act", "")) or abort(400)
    return _settle(place, act, done)


def congress_results() -> ResponseReturnValue:
    """Show what came of the congress itself, and of which workshops there is something."""
    return report()


def edit_congress_results() -> ResponseReturnValue:
    """Show the form for what came of the congress itself, or keep it as a draft."""
    return edit_results()


def discard_congress_results() -> ResponseReturnValue:
    """Ask whether to discard what is said of the congress itself, and do so."""
    return discard_results()


def edit_results(code: str | None = None) -> ResponseReturnValue:
    """Show the form for results, or keep what was entered as a draft."""
    place = place_of(code)
    told = workshop_reports.of(access.workspace().id, place.item_id)
    form = outcome_form(told.wanted)
    if request.method == "GET":
        return _edit(place, form, told.mark)
    seen = request.form.get("seen", "")[:LONGEST_MARK]
    results = form.read(request.form, told.wanted)
    if results is None:
        return _edit(place, form, seen), REFUSED
    try:
        reporting.write(
            access.workspace().id,
            place.item_id,
            results,
            seen=seen,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _edit(place, form, told.mark, refusal), UNSEEN
    return frame.done(
        _("The results are saved. Please publish them when they are right."), place.page
    )


def discard_results(code: str | None = None) -> ResponseReturnValue:
    """Ask whether to discard the results that are not published, and do so."""
    place = place_of(code)
    if request.method == "POST":
        return _settle(place, reporting.discard, _("The results that were sent were discarded."))
    told = workshop_reports.of(access.workspace().id, place.item_id)
    if told.draft is None:
        return frame.go_to(place.page)
    question = Question(
        _("Discard the results that were sent?"),
        _(
            "What was sent is deleted, and what is published stays as it is. No email is "
            "sent. This cannot be undone."
        ),
        _("Discard the results"),
        {"seen": told.mark},
    )
    return ask(
        question,
        f"{place.page}/discard",
        current="programme",
        back=place.page,
        above=place.above,
    )


def show(place: Place, refusal: Refused | None = None) -> str:
    """Render the page of a workshop's results, or of the congress's."""
    here = access.workspace().id
    more: Mapping[str, object] = {} if place.item else _of_workshops(here)
    return frame.page(
        "report.html" if place.item else "results.html",
        current="programme",
        item=place.item,
        report=workshop_reports.of(here, place.item_id),
        materials=materials.of(here, place.item_id),
        place=place,
        error=refusals.text(refusal) if refusal else "",
        **more,
    )


def _of_workshops(congress_id: int) -> dict[str, object]:
    """Return the released items, and of which of them something is published or waits to be."""
    added = materials.of_congress(congress_id)
    with_results = {
        *workshop_reports.published(congress_id),
        *(each.item_id for each in added if each.is_published),
    }
    waiting = {
        *workshop_reports.drafted(congress_id),
        *(each.item_id for each in added if not each.is_published),
    }
    released = programme.released_items(congress_id)
    items = [
        each for each in released if each.kind not in BARE or each.id in with_results | waiting
    ]
    return {
        "items": items,
        "with_results": with_results,
        "waiting": waiting,
        "recommended": recommendations.of_congress(congress_id),
        "badges": BADGES,
        "states": state_words(languages.current()),
    }


def _settle(place: Place, act: Callable[..., None], done: str) -> ResponseReturnValue:
    seen = request.form.get("seen", "")[:LONGEST_MARK]
    here = access.workspace().id
    try:
        act(here, place.item_id, seen=seen, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(place, refusal), UNSEEN
    return frame.done(done, place.page)


def _edit(place: Place, form: OutcomeForm, seen: str, refusal: Refused | None = None) -> str:
    here = access.workspace().id
    return frame.page(
        "edit_results.html",
        current="programme",
        place=place,
        form=form,
        seen=seen,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
        stored=workshop_reports.of(here, place.item_id).wanted,
        topics=sorted({each.topic for each in examples(archive.everything())}),
    )
