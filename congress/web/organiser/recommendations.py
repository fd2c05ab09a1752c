"""What a congress recommends, to whom, and what became of it: written by organisers."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.planning.recommendations import Recommendation
from congress.domain.texts import shortened
from congress.formats.recommendation_words import state_words
from congress.queries import programme
from congress.queries.planning import recommendations as queries
from congress.services.planning import recommending
from congress.web import access, languages, refusals
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.asking import Question, ask
from congress.web.organiser.recommendation_form import RecommendationForm, recommendation_form

REFUSED, ANOTHER = 422, 409
PAGE = "/results"
LONGEST_QUOTE = 80  # characters


def new_recommendation() -> ResponseReturnValue:
    """Write a new recommendation."""
    return _edit(None)


def edit_recommendation(recommendation_id: int) -> ResponseReturnValue:
    """Change a recommendation, or enter what became of it."""
    return _edit(_get(recommendation_id))


def remove_recommendation(recommendation_id: int) -> ResponseReturnValue:
    """Ask whether to delete a recommendation, and do so."""
    here = access.workspace().id
    if request.method == "POST":
        recommending.remove(here, recommendation_id, actor=access.actor(), now=clock.now())
        return frame.done(_("It is deleted."), PAGE)
    found = _get(recommendation_id)
    title = shortened(found.said.text.get("de", ""), LONGEST_QUOTE)
    question = Question(
        _("Delete “%(title)s”?", title=title),
        _("Public pages stop showing it at once. This cannot be undone."),
        _("Delete it"),
    )
    return ask(
        question,
        f"/recommendations/{found.id}/remove",
        current="programme",
        back=PAGE,
        above=_("Results of the event"),
    )


def _get(recommendation_id: int) -> Recommendation:
    return queries.find(access.workspace().id, recommendation_id) or abort(404)


def _edit(found: Recommendation | None) -> ResponseReturnValue:
    here = access.workspace().id
    codes = {each.id: each.code for each in programme.released_items(here)}
    form = recommendation_form(found, codes)
    version = found.version if found else 0
    if request.method == "GET":
        return _show(form, found, version)
    ids = {code: number for number, code in codes.items()}
    said = form.read(request.form, ids, found.said if found else None)
    seen = read_id(request.form.get("version", "")) or 0
    if said is None:
        return _show(form, found, seen), REFUSED
    try:
        recommending.save(
            here,
            said,
            recommendation_id=found.id if found else None,
            version=seen,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(form, found, version, refusal), ANOTHER
    return frame.done(_("The recommendation is saved."), PAGE)


def _show(
    form: RecommendationForm,
    found: Recommendation | None,
    version: int,
    refusal: Refused | None = None,
) -> str:
    items = programme.released_items(access.workspace().id)
    return frame.page(
        "recommendation.html",
        current="programme",
        form=form,
        version=version,
        found=found,
        items=[(each.code, languages.item_name(each)) for each in items],
        states=list(state_words(languages.current()).items()),
        stored=found.said if found and refusal else None,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
    )
