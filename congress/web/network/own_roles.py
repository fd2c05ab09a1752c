"""Own roles in the own view: handing over, and deputies of the organisation."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import CONTACT
from congress.domain.errors import Refused
from congress.domain.network.contacts import Contact, coming_successor
from congress.domain.network.terms import ContactRole
from congress.queries.network import contacts
from congress.services.network import appointing, own_roles
from congress.web import refusals
from congress.web.languages import gettext as _
from congress.web.network.contact_form import ContactForm, contact_form
from congress.web.network.frame import dates, today, zone
from congress.web.network.municipality import back, logged_in, page

REFUSED, LATE = 422, 409
LIST = "/people"


def own_contacts(token: str) -> str:
    """Show who speaks for the organisation, today and from a later day on."""
    return _show(logged_in(token), token)


def hand_over_role(token: str) -> ResponseReturnValue:
    """Show the form for whoever follows, and let them from a later day on."""
    contact, form = logged_in(token), contact_form()
    if request.method == "GET":
        return _form("own_hand_over.html", contact, token, form)
    posted = request.form | {"role": contact.details.role}
    details, starts_on = form.read_details(posted), form.read_day("starts_on", posted)
    if details is None or starts_on is None:
        return _form("own_hand_over.html", contact, token, form), REFUSED
    try:
        own_roles.hand_over(contact.id, details, starts_on, today=today(), now=clock.now())
    except Refused as refusal:
        return _form("own_hand_over.html", contact, token, form, refusal), LATE
    said = _(
        "%(name)s takes over from you on %(day)s. You both receive an email.",
        name=details.name,
        day=dates().date(starts_on),
    )
    return back(token, LIST, said)


def take_role_back(token: str) -> ResponseReturnValue:
    """Go on speaking for the organisation, before whoever was to follow has begun."""
    contact = logged_in(token)
    try:
        name = appointing.take_back(contact.id, actor=CONTACT, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(contact, token, refusal), LATE
    return back(token, LIST, _("You stay on. %(name)s is told by email.", name=name))


def name_deputy(token: str) -> ResponseReturnValue:
    """Show the form of a deputy, and name somebody."""
    contact, form = _contact_person(token), contact_form()
    if request.method == "GET":
        return _form("own_deputy.html", contact, token, form)
    details = form.read_details(request.form | {"role": ContactRole.DEPUTY})
    if details is None:
        return _form("own_deputy.html", contact, token, form), REFUSED
    try:
        own_roles.name_deputy(contact.id, details, today=today(), now=clock.now())
    except Refused as refusal:
        return _form("own_deputy.html", contact, token, form, refusal), LATE
    said = _("%(name)s is a deputy now and receives a link by email.", name=details.name)
    return back(token, LIST, said)


def end_deputy(token: str, deputy_id: int) -> ResponseReturnValue:
    """Ask once more, then let today be the last day of a deputy."""
    contact = _contact_person(token)
    people = contacts.of_organisation(contact.organisation_id)
    known = {each.id: each for each in own_roles.deputies(people, today())}
    deputy = known.get(deputy_id) or abort(404)
    if request.method == "GET":
        return page("own_end_deputy.html", contact, token, deputy=deputy)
    try:
        own_roles.end_deputy(contact.id, deputy.id, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(contact, token, refusal), LATE
    said = _("Today is the last day of %(name)s as a deputy.", name=deputy.name)
    return back(token, LIST, said)


def _contact_person(token: str) -> Contact:
    """Return whose link this is; a deputy names no others, so there is no page for them."""
    contact = logged_in(token)
    return contact if contact.details.role is ContactRole.CONTACT else abort(404)


def _show(contact: Contact, token: str, refusal: Refused | None = None) -> str:
    day = today()
    people = contacts.of_organisation(contact.organisation_id)
    return page(
        "own_contacts.html",
        contact,
        token,
        day=day,
        deputy=ContactRole.DEPUTY,
        people=[each for each in people if each.term.ends_on is None or each.term.ends_on >= day],
        successor=coming_successor(contact, people, day),
        **refusals.box(refusal or [], zone()),
    )


def _form(
    template: str,
    contact: Contact,
    token: str,
    form: ContactForm,
    refusal: Refused | None = None,
) -> str:
    return page(template, contact, token, form=form, **refusals.box(refusal or form.errors, zone()))
