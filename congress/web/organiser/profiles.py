"""What is said of people of a programme: entering it, and publishing what they have changed."""

from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Contributor
from congress.domain.planning.profiles import Introduced
from congress.domain.texts import Texts
from congress.queries.planning import contributors as queries
from congress.queries.planning import profiles
from congress.services.planning import introducing
from congress.web import access, refusals
from congress.web.contribution.profile_form import ProfileForm, profile_form
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.field_names import field_name

REFUSED, UNSEEN = 422, 409
LONGEST_MARK = 64


@dataclass(frozen=True)
class Line:
    """One thing that somebody wants to be said otherwise, in each language it is said in."""

    name: str
    before: str
    after: str


def edit_profile(person_id: int) -> ResponseReturnValue:
    """Show what is said of somebody in a form, or take what was entered."""
    found = _get(person_id)
    introduced = profiles.get(access.workspace().id, person_id)
    form = profile_form(introduced.wanted)
    if request.method == "GET":
        return _show(found, introduced, form, introduced.wanted.mark)
    seen = request.form.get("seen", "")[:LONGEST_MARK]
    profile = form.read(request.form, introduced.wanted)
    if profile is None:
        return _show(found, introduced, form, seen), REFUSED
    try:
        introducing.write(
            access.workspace().id,
            person_id,
            profile,
            seen=seen,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(found, introduced, form, introduced.wanted.mark, refusal), UNSEEN
    return frame.done(_("“%(title)s” is saved.", title=profile.name), "/people")


def publish_profile(person_id: int) -> ResponseReturnValue:
    """Show publicly what somebody has changed."""
    found = _get(person_id)
    here = access.workspace().id
    waits_for_release = {"name", "affiliation"} & set(profiles.get(here, person_id).changes)
    if person_id in profiles.named(here) and not waits_for_release:
        done = _("The details of %(person)s are published.", person=found.name)
    else:
        done = _(
            "The details of %(person)s are accepted. They can be seen once the person has agreed "
            "to take part and the programme is published.",
            person=found.name,
        )
    seen = request.form.get("seen", "")[:LONGEST_MARK]
    try:
        introducing.publish(here, person_id, seen=seen, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        frame.notify(refusals.text(refusal))
        return frame.go_to(f"/people/{person_id}")
    return frame.done(done, "/people")


def lines(introduced: Introduced) -> list[Line]:
    """Return what publishing a draft would change, in words."""
    draft, found = introduced.draft, []
    for name in introduced.changes:
        before, after = (getattr(each, name) for each in (introduced.current, draft))
        if isinstance(before, str):
            found.append(Line(field_name(name), before, after))
        else:
            found += _by_language(field_name(name), before, after)
    return found


def _by_language(name: str, before: Texts, after: Texts) -> list[Line]:
    changed = [each for each in ("de", "en") if before.get(each, "") != after.get(each, "")]
    words = {"de": _("German"), "en": _("English")}
    return [
        Line(f"{name} ({words[each]})", before.get(each, ""), after.get(each, ""))
        for each in changed
    ]


def _get(person_id: int) -> Contributor:
    return queries.find(access.workspace().id, person_id) or abort(404)


def _show(
    found: Contributor,
    introduced: Introduced,
    form: ProfileForm,
    seen: str,
    refusal: Refused | None = None,
) -> str:
    return frame.page(
        "edit_profile.html",
        current="programme",
        person=found,
        introduced=introduced,
        form=form,
        seen=seen,
        errors=form.errors,
        error=refusals.text(refusal) if refusal else "",
    )
