"""One project as its office sees it: described, taken further, shown, and who takes part."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.change_requests import LONGEST_REASON
from congress.domain.errors import Refused
from congress.domain.network.projects import ProjectStep, possible
from congress.queries.network import projects as queries
from congress.queries.network.projects import Project
from congress.services.network import joining_projects, projecting
from congress.web import access, languages, refusals
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.network import project_words as words
from congress.web.network.frame import done, page, zone
from congress.web.network.project_form import PartForm, ProjectForm, part_form, project_form
from congress.web.network.projects import ADDRESS
from congress.web.organiser.filters import member
from congress.web.organiser.readers import read_reason

REFUSED, LATE = 422, 409
LIST = "/projects"


def project(project_id: int) -> str:
    """Show one project."""
    return _show(get(project_id))


def add_project() -> ResponseReturnValue:
    """Show an empty form, or begin a project."""
    form = project_form()
    if request.method == "GET":
        return _form(form)
    facts = form.read(request.form)
    if facts is None:
        return _form(form), REFUSED
    added = projecting.add(facts, actor=access.actor(), now=clock.now())
    return done(_("The project is kept. Nobody else sees it until you publish it."), here(added))


def edit_project(project_id: int) -> ResponseReturnValue:
    """Show the form of a project, or save it."""
    found = get(project_id)
    form = project_form(found.facts)
    if request.method == "GET":
        return _form(form, found)
    facts = form.read(request.form)
    if facts is None:
        return _form(form, found), REFUSED
    try:
        projecting.change(
            found.id, facts, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        again = get(project_id)
        form.version = again.facts.version  # what is saved next was looked at
        return _form(form, again, refusal=refusal), LATE
    return done(_("The project is saved."), here(found.id))


def take_project(project_id: int) -> ResponseReturnValue:
    """Take a project a step further."""
    found = get(project_id)
    step = member(ProjectStep, request.form.get("step", "")) or abort(400)
    if step is ProjectStep.DECLINE:
        return decline_project(project_id)
    try:
        projecting.take(found.id, step, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(get(project_id), refusal=refusal), LATE
    return done(str(words.DONE[step]), here(found.id))


def decline_project(project_id: int) -> ResponseReturnValue:
    """Ask why a proposal is declined, and decline it."""
    found, reason = get(project_id), Entry("reason", _("Reason"), required=True)
    if request.method == "GET":
        return _decline(found, reason)
    read_reason(reason, request.form.get("reason", ""))
    if reason.errors:
        return _decline(found, reason), REFUSED
    try:
        projecting.take(
            found.id,
            ProjectStep.DECLINE,
            reason=reason.value,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _decline(found, reason, refusal), LATE
    return done(str(words.DONE[ProjectStep.DECLINE]), here(found.id))


def publish_project(project_id: int) -> ResponseReturnValue:
    """Show a project to everybody, or to the office only."""
    found, act = get(project_id), request.form.get("act")
    if act == "withdraw":
        projecting.withdraw(found.id, actor=access.actor(), now=clock.now())
        return done(_("It is no longer public. It is kept here."), here(found.id))
    if act != "publish":
        abort(400)
    try:
        projecting.show(found.id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(get(project_id), refusal=refusal), LATE
    return done(_("The project is public now."), here(found.id))


def put_in_project(project_id: int) -> ResponseReturnValue:
    """Let an organisation take part in a project, or take part otherwise."""
    found, form = get(project_id), part_form()
    read = form.read(request.form)
    if read is None:
        return _show(found, form=form), REFUSED
    organisation, facts = read
    try:
        joining_projects.put_in(
            found.id, organisation.id, facts, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _show(found, form=form, refusal=refusal), LATE
    return done(_("%(name)s is in the project now.", name=organisation.name), here(found.id))


def take_out_of_project(project_id: int, part_id: int) -> ResponseReturnValue:
    """Let an organisation take part in a project no more."""
    found = get(project_id)
    joining_projects.take_out(found.id, part_id, actor=access.actor(), now=clock.now())
    return done(_("The organisation is no longer in the project."), here(found.id))


def get(project_id: int) -> Project:
    """Return a project, or a 404."""
    return queries.find(project_id) or abort(404)


def here(project_id: int) -> str:
    """Return the page of a project, as it follows the address of the network."""
    return f"{LIST}/{project_id}"


def _form(
    form: ProjectForm, found: Project | None = None, *, refusal: Refused | None = None
) -> str:
    return page(
        "edit_project.html",
        current="projects",
        base=ADDRESS,
        found=found,
        form=form,
        kinds=list(words.KINDS.items()),
        **refusals.box(refusal or form.errors, zone()),
    )


def _decline(found: Project, reason: Entry, refusal: Refused | None = None) -> str:
    return page(
        "decline_project.html",
        current="projects",
        base=ADDRESS,
        found=found,
        reason=reason,
        longest=LONGEST_REASON,
        title=languages.text(found.facts.title),
        **refusals.box(refusal or told(reason), zone()),
    )


def _show(found: Project, *, form: PartForm | None = None, refusal: Refused | None = None) -> str:
    form = form or part_form()
    return page(
        "project.html",
        current="projects",
        base=ADDRESS,
        here=f"{ADDRESS}/{found.id}",
        found=found,
        facts=found.facts,
        documents=queries.documents(found.id),
        steps=possible(found.state),
        ProjectStep=ProjectStep,
        words=words,
        form=form,
        parts=list(words.PARTS.items()),
        **refusals.box(refusal or form.errors, zone()),
    )
