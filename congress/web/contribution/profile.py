"""What somebody in a programme says of themselves: a form, whose answers wait for organisers."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.contributors import answers_count
from congress.queries import congresses
from congress.queries.planning import contributors, profiles
from congress.queries.planning.contributors import Opened
from congress.services.planning import introducing
from congress.web import languages, refusals
from congress.web.contribution.photo_form import PhotoForm
from congress.web.contribution.profile_form import ProfileForm, profile_form
from congress.web.registration.occasion import occasion

REFUSED, LATE = 422, 409


def edit_profile(token: str) -> ResponseReturnValue:
    """Show what is said of somebody in a form, or keep what they want to be said."""
    opened = contributors.find_by_token(token) or abort(404)
    if not can_edit(opened):
        return redirect(languages.link(f"/contribution/{token}"), code=303)
    wanted = profiles.get(opened.congress_id, opened.person.person_id).wanted
    form = profile_form(wanted)
    if request.method == "GET":
        return show("profile.html", opened, token, form)
    profile = form.read(request.form, wanted)
    if profile is None:
        return show("profile.html", opened, token, form), REFUSED
    try:
        introducing.suggest(opened.contributor_id, profile, now=clock.now())
    except Refused as refusal:
        return show("profile.html", opened, token, form, refusal), LATE
    return redirect(languages.link(f"/contribution/{token}#profile"), code=303)


def can_edit(opened: Opened) -> bool:
    """Return whether somebody is in the programme of a congress that is still to come."""
    congress = congresses.get_congress(opened.congress_id)
    is_in = any(part.is_on for part in opened.person.parts)
    return is_in and answers_count(congress.state, is_over=congress.is_over(clock.now()))


def show(
    template: str,
    opened: Opened,
    token: str,
    form: ProfileForm | PhotoForm,
    refusal: Refused | None = None,
) -> str:
    """Show a form of what somebody says of themselves."""
    congress = congresses.get_congress(opened.congress_id)
    return render_template(
        f"contribution/{template}",
        congress=congress,
        occasion=occasion(congress),
        is_draft=congress.state is CongressState.DRAFT,
        token=token,
        form=form,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
    )
