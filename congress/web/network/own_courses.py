"""Training courses in the own view: what one can apply for, with what is known already."""

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import CONTACT
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.network.contacts import Contact
from congress.domain.network.course_applications import Applicant, Call
from congress.queries import course_applications
from congress.services.courses import applying
from congress.web import languages, refusals
from congress.web.call import course
from congress.web.call.course_form import CourseForm, course_form
from congress.web.network.municipality import logged_in, page
from congress.web.registration import form_tokens
from congress.web.registration.form_tokens import FormToken
from congress.web.registration.register import public_congress

REFUSED, LATE = 422, 409


def own_courses(token: str) -> str:
    """Show the courses that one can apply for, and what the organisation has applied with."""
    contact = logged_in(token)
    return page(
        "own_courses.html",
        contact,
        token,
        courses=course_applications.offered(contact.organisation_id, now=clock.now()),
        state_of=course.state_of,
    )


def apply_for_own(token: str, slug: str) -> ResponseReturnValue:
    """Show the form with what is known of the contact person, or take it."""
    contact, congress = logged_in(token), public_congress(slug)
    call = course.open_call(congress)
    mark = course.mark_of(congress)
    if request.method == "GET":
        form = _form(contact, call, form_tokens.issue(mark, now=clock.now()))
        return _page(contact, token, congress, call, form)
    form = _form(contact, call, form_tokens.hold(request.form.get("form_token", ""), mark))
    if not form.read(request.form) or form.token is None or form.content is None:
        return _page(contact, token, congress, call, form), REFUSED
    try:
        applied = applying.apply(
            congress.id,
            form.organisation,
            form.content,
            language=languages.current(),
            form_key=form.token.key,
            actor=CONTACT,
            now=clock.now(),
        )
    except Refused as refusal:
        refused = refusals.text(refusal, congress.zone)
        return _page(contact, token, congress, call, form, refused=refused), LATE
    if applied.token is None:
        abort(404)
    done = "same" if applied.is_other else "sent"
    return redirect(languages.link(f"{course.PAGE}/{applied.token}?done={done}"), code=303)


def _form(contact: Contact, call: Call, mark: FormToken) -> CourseForm:
    said = contact.details
    known = Applicant(said.given_name, said.family_name, said.function, said.email)
    return course_form(call, mark, known=contact.organisation, applicant=known)


def _page(
    contact: Contact,
    token: str,
    congress: Congress,
    call: Call,
    form: CourseForm,
    *,
    refused: str = "",
) -> str:
    return page(
        "own_course_apply.html", contact, token, **course.shown(congress, call, form, refused)
    )
