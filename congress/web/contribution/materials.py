"""What a dialogue partner hands in of their workshop: behind the personal link and a code."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Part
from congress.queries import congresses
from congress.queries.planning import materials
from congress.queries.planning.contributors import Opened
from congress.services.planning import collecting
from congress.web import languages, refusals
from congress.web.contribution.material_form import MaterialForm, material_form
from congress.web.contribution.workshops import is_in, open_readable
from congress.web.registration.occasion import occasion

REFUSED, LATE = 422, 409


def hand_in(token: str, code: str) -> ResponseReturnValue:
    """Show what was handed in of one's own workshop, and take more of it."""
    opened, part = _open(token, code)
    if not is_in(opened):
        return redirect(languages.link(f"/contribution/{token}/login"), code=303)
    form = material_form()
    if request.method == "GET":
        return _show(opened, token, part, form)
    sent = form.read(request.form, request.files.get("file"))
    if sent is None:
        return _show(opened, token, part, form), REFUSED
    try:
        collecting.send(opened.contributor_id, part.item_id, *sent, now=clock.now())
    except Refused as refusal:
        return _show(opened, token, part, form, refusal), LATE
    return _back(token, code)


def take_back_material(token: str, code: str, material_id: int) -> ResponseReturnValue:
    """Remove what was handed in and is not published yet."""
    opened, part = _open(token, code)
    if not is_in(opened):
        return redirect(languages.link(f"/contribution/{token}/login"), code=303)
    try:
        collecting.take_back(opened.contributor_id, part.item_id, material_id, now=clock.now())
    except Refused as refusal:
        return _show(opened, token, part, material_form(), refusal), LATE
    return _back(token, code)


def _open(token: str, code: str) -> tuple[Opened, Part]:
    opened, parts = open_readable(token)
    return opened, next((each for each in parts if each.code == code), None) or abort(404)


def _back(token: str, code: str) -> ResponseReturnValue:
    page = f"/contribution/{token}/workshops/{code}/materials"
    return redirect(languages.link(page), code=303)


def _show(
    opened: Opened, token: str, part: Part, form: MaterialForm, refusal: Refused | None = None
) -> str:
    congress = congresses.get_congress(opened.congress_id)
    return render_template(
        "contribution/materials.html",
        congress=congress,
        occasion=occasion(congress),
        is_draft=congress.state is CongressState.DRAFT,
        token=token,
        part=part,
        found=materials.of(opened.congress_id, part.item_id),
        form=form,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
    )
