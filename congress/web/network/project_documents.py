"""Documents, photos and links of a project at the office: added, described, deleted."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.planning.materials import Material
from congress.queries.network import projects as queries
from congress.queries.network.projects import Project
from congress.services.network import project_documents as services
from congress.web import access, languages, refusals
from congress.web.contribution.material_form import MaterialForm, material_form
from congress.web.handed_out import attachment
from congress.web.languages import gettext as _
from congress.web.network.frame import done, page
from congress.web.network.project import get, here
from congress.web.network.projects import ADDRESS

REFUSED, LATE = 422, 409


def add_project_document(project_id: int) -> ResponseReturnValue:
    """Show the form for a document, a photo or a link, or keep what was sent."""
    found, form = get(project_id), material_form()
    if request.method == "GET":
        return _show(found, form)
    sent = form.read(request.form, request.files.get("file"))
    if sent is None:
        return _show(found, form), REFUSED
    try:
        services.add(found.id, *sent, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(found, form, refusal=refusal), LATE
    return done(_("“%(title)s” is added.", title=form.title_de.value), here(found.id))


def edit_project_document(project_id: int, document_id: int) -> ResponseReturnValue:
    """Show what is said of something in a form, or take what was entered."""
    found, document = get(project_id), _get(project_id, document_id)
    form = material_form(document)
    if request.method == "GET":
        return _show(found, form, document)
    described = form.read_words(request.form, document)
    if described is None:
        return _show(found, form, document), REFUSED
    try:
        services.describe(found.id, document.id, described, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return done(refusals.text(refusal), here(found.id))
    return done(_("“%(title)s” is saved.", title=form.title_de.value), here(found.id))


def remove_project_document(project_id: int, document_id: int) -> ResponseReturnValue:
    """Ask whether to delete something for good, and do so."""
    found = get(project_id)
    if request.method == "POST":
        services.remove(found.id, document_id, actor=access.actor(), now=clock.now())
        return done(_("It is deleted."), here(found.id))
    document = _get(project_id, document_id)
    return page(
        "remove_project_document.html",
        current="projects",
        base=ADDRESS,
        found=found,
        document=document,
        title=languages.text(document.described.title),
    )


def project_file(project_id: int, document_id: int) -> Response:
    """Hand out a file of a project to the office, shown to everybody or not."""
    response = attachment(*(queries.file(project_id, document_id) or abort(404)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _get(project_id: int, document_id: int) -> Material:
    return queries.find_document(project_id, document_id) or abort(404)


def _show(
    found: Project,
    form: MaterialForm,
    document: Material | None = None,
    *,
    refusal: Refused | None = None,
) -> str:
    return page(
        "project_document.html",
        current="projects",
        base=ADDRESS,
        found=found,
        document=document,
        form=form,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
    )
