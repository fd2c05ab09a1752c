"""Documents, photos and links of a workshop or a congress: add, publish, change, delete."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendance import days_of
from congress.domain.errors import Refused
from congress.domain.planning.materials import Material, MaterialAudience
from congress.queries import congresses
from congress.queries.planning import audiences, scheduling
from congress.queries.planning import materials as queries
from congress.services.planning import collecting
from congress.web import access, refusals
from congress.web.contribution.material_form import MaterialForm, office_form
from congress.web.entries import read_id
from congress.web.handed_out import attachment
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.network.frame import today
from congress.web.organiser import frame, report
from congress.web.organiser.asking import Question, ask
from congress.web.organiser.report import Place

REFUSED, LATE = 422, 409


def add_material(code: str | None = None) -> ResponseReturnValue:
    """Show the form for a document, a photo or a link, or keep what was sent."""
    place = report.place_of(code)
    form = _form(place)
    if request.method == "GET":
        return _show(place, form)
    sent = form.read(request.form, request.files.get("file"))
    if sent is None:
        return _show(place, form), REFUSED
    try:
        collecting.add(
            access.workspace().id, place.item_id, *sent, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _show(place, form, refusal=refusal), LATE
    done = _(
        "“%(title)s” is added. Nobody sees it until you publish it.", title=form.title_de.value
    )
    return frame.done(done, place.page)


def add_congress_material() -> ResponseReturnValue:
    """Show the form for something of the congress itself, or keep what was sent."""
    return add_material()


def edit_material(material_id: int) -> ResponseReturnValue:
    """Show what is said of something in a form, or take what was entered."""
    found = _get(material_id)
    place = _place_of(found)
    form = _form(place, found)
    if request.method == "GET":
        return _show(place, form, found)
    described = form.read_words(request.form, found)
    if described is None:
        return _show(place, form, found), REFUSED
    try:
        collecting.describe(
            access.workspace().id, found.id, described, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return frame.done(refusals.text(refusal), place.page)
    return frame.done(_("“%(title)s” is saved.", title=form.title_de.value), place.page)


def publish_materials() -> ResponseReturnValue:
    """Publish what is named by the form, or show one of it no longer."""
    numbers = {read_id(each) for each in request.form.getlist("material")} - {None}
    found = [_get(each) for each in sorted(filter(None, numbers))] or abort(400)
    here, place = access.workspace().id, _place_of(found[0])
    act = request.form.get("act")
    try:
        if act == "publish":
            ids = [each.id for each in found]
            count = collecting.show(here, ids, actor=access.actor(), now=clock.now())
            done = ngettext(
                "%(num)d document, photo or link is published.",
                "%(num)d documents, photos and links are published.",
                count,
            )
        elif act == "withdraw":
            collecting.withdraw(here, found[0].id, actor=access.actor(), now=clock.now())
            done = _("It is no longer public. It is kept here.")
        else:
            abort(400)
    except Refused as refusal:
        done = refusals.text(refusal)
    return frame.done(done, place.page)


def remove_material(material_id: int) -> ResponseReturnValue:
    """Ask whether to delete something for good, and do so."""
    if request.method == "POST":
        found = queries.find(access.workspace().id, material_id)
        place = _place_of(found) if found else Place(None)
        collecting.remove(access.workspace().id, material_id, actor=access.actor(), now=clock.now())
        return frame.done(_("It is deleted."), place.page)
    found = _get(material_id)
    place = _place_of(found)
    title = found.described.title.get("de", "")
    question = Question(
        _("Delete “%(title)s”?", title=title),
        _("Public pages stop showing it at once. This cannot be undone."),
        _("Delete it"),
    )
    return ask(
        question,
        f"/materials/{found.id}/remove",
        current="programme",
        back=place.page,
        above=place.above,
    )


def material_file(material_id: int) -> Response:
    """Hand out a file to organisers, published or not."""
    found = queries.own_file(access.workspace().id, material_id) or abort(404)
    response = attachment(*found)
    response.headers["Cache-Control"] = "no-store"
    return response


def _get(material_id: int) -> Material:
    return queries.find(access.workspace().id, material_id) or abort(404)


def _form(place: Place, found: Material | None = None) -> MaterialForm:
    """Return the form; of the event itself it also asks for a publication, and the module."""
    if place.item is not None:
        return office_form(found)
    congress = congresses.get_congress(access.workspace().id)
    days = days_of(congress) if congress.is_course else ()
    return office_form(found, is_of_event=True, days=days)


def _place_of(found: Material) -> Place:
    return Place(scheduling.get_edited(found.item_id) if found.item_id else None)


def _audiences() -> list[tuple[str, str]]:
    """Return who may see something as choices, with how many people that is today."""
    many = audiences.reach(access.workspace().id, today())
    return [
        (MaterialAudience.PUBLIC, _("Everybody, on public pages")),
        (
            MaterialAudience.PARTICIPANTS,
            _(
                "Who has a place or came, on the page of their own (%(num)s today)",
                num=many[MaterialAudience.PARTICIPANTS],
            ),
        ),
        (
            MaterialAudience.MEMBERS,
            _(
                "Contact persons of members of the network, in their own view (%(num)s today)",
                num=many[MaterialAudience.MEMBERS],
            ),
        ),
    ]


def _show(
    place: Place,
    form: MaterialForm,
    material: Material | None = None,
    refusal: Refused | None = None,
) -> str:
    return frame.page(
        "material.html",
        current="programme",
        place=place,
        material=material,
        form=form,
        modules=[(day.isoformat(), frame.dates().date(day)) for day in form.days],
        audiences=_audiences(),
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
    )
