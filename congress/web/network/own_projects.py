"""Projects in the own view: those of the organisation, what can be joined, and proposing one."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.contacts import Contact
from congress.domain.network.projects import Part, ProjectState
from congress.queries.network import projects as queries
from congress.queries.network.projects import Project, Wanted
from congress.services.network import proposing_projects
from congress.web import refusals
from congress.web.languages import gettext as _
from congress.web.network import project_words as words
from congress.web.network.frame import today, zone
from congress.web.network.municipality import back, logged_in, page
from congress.web.network.project_form import ProjectForm, proposal_form
from congress.web.network.projects import PAGE, asked, pages_of

REFUSED, LATE = 422, 409
LIST = "/projects"


def own_projects(token: str) -> str:
    """Show the projects of the organisation, and those that can be joined."""
    return _show(logged_in(token), token)


def propose_project(token: str) -> ResponseReturnValue:
    """Show an empty form, or propose a project."""
    contact, form = logged_in(token), proposal_form()
    if request.method == "GET":
        return _form(contact, token, form)
    facts = form.read(request.form)
    if facts is None:
        return _form(contact, token, form), REFUSED
    try:
        proposing_projects.propose(contact.id, facts, today=today(), now=clock.now())
    except Refused as refusal:
        return _form(contact, token, form, refusal=refusal), LATE
    return back(
        token, LIST, _("Your proposal has reached the office. You receive its answer by email.")
    )


def correct_project(token: str, project_id: int) -> ResponseReturnValue:
    """Show a proposal in its form, or save it."""
    contact = logged_in(token)
    found = _own_proposal(contact, project_id) or abort(404)
    form = proposal_form(found.facts)
    if request.method == "GET":
        return _form(contact, token, form, found)
    facts = form.read(request.form)
    if facts is None:
        return _form(contact, token, form, found), REFUSED
    try:
        proposing_projects.correct(
            contact.id, found.id, facts, version=form.version, today=today(), now=clock.now()
        )
    except Refused as refusal:
        again = _own_proposal(contact, project_id)
        if again is None:
            return _show(contact, token, refusal=refusal), LATE
        form.version = again.facts.version  # what is saved next was looked at
        return _form(contact, token, form, again, refusal=refusal), LATE
    return back(token, LIST, _("Your proposal is saved."))


def join_project(token: str, project_id: int) -> ResponseReturnValue:
    """Let the organisation take part in a running project."""
    contact = logged_in(token)
    _seen_project(contact, project_id) or abort(404)
    try:
        proposing_projects.join(contact.id, project_id, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(contact, token, refusal=refusal), LATE
    return back(token, LIST, _("Your organisation takes part in the project now."))


def leave_project(token: str, project_id: int) -> ResponseReturnValue:
    """Let the organisation take part in a project no more."""
    contact = logged_in(token)
    _seen_project(contact, project_id) or abort(404)
    try:
        proposing_projects.leave(contact.id, project_id, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(contact, token, refusal=refusal), LATE
    return back(token, LIST, _("Your organisation no longer takes part in the project."))


def _seen_project(contact: Contact, project_id: int) -> Project | None:
    """Return a project that everybody sees, or in which the organisation is."""
    found = queries.find(project_id)
    if found is None or found.is_published:
        return found
    return (
        found if contact.organisation_id in {each.organisation_id for each in found.parts} else None
    )


def _own_proposal(contact: Contact, project_id: int) -> Project | None:
    """Return a project that is proposed by the organisation and not answered yet."""
    found = queries.find(project_id)
    if found is None or found.state is not ProjectState.PROPOSED:
        return None
    leading = {each.organisation_id for each in found.having(Part.LEAD)}
    return found if contact.organisation_id in leading else None


def _show(contact: Contact, token: str, *, refusal: Refused | None = None) -> str:
    own, filters = queries.of_organisation(contact.organisation_id), asked()
    running = Wanted(words=filters.wanted.words, state=ProjectState.RUNNING)
    lines, total = queries.listed(running, limit=PAGE, offset=filters.offset, is_public=True)
    return page(
        "own_projects.html",
        contact,
        token,
        mine=own,
        joined={each.id for each in own},
        lines=lines,
        number=filters.number,
        sought=filters.wanted.words,
        last_page=pages_of(total),
        words=words,
        Part=Part,
        ProjectState=ProjectState,
        **refusals.box(refusal or [], zone()),
    )


def _form(
    contact: Contact,
    token: str,
    form: ProjectForm,
    found: Project | None = None,
    *,
    refusal: Refused | None = None,
) -> str:
    return page(
        "own_project_form.html",
        contact,
        token,
        found=found,
        form=form,
        entries=form.entries,
        kinds=list(words.KINDS.items()),
        **refusals.box(refusal or form.errors, zone()),
    )
