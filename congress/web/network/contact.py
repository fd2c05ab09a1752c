"""One contact person at the office: named, corrected, ended, followed by somebody else."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.contacts import Contact, coming_successor
from congress.domain.network.terms import ContactRole
from congress.queries.network import contacts, register
from congress.services.network import appointing, contact_sending
from congress.web import access, refusals
from congress.web.entries import TICKED, read_id
from congress.web.languages import gettext as _
from congress.web.network.contact_form import ContactForm, contact_form
from congress.web.network.contacts import ADDRESS
from congress.web.network.frame import dates, done, page, today, zone

REFUSED, LATE = 422, 409


def contact(contact_id: int) -> str:
    """Show somebody who speaks, spoke or is to speak for an organisation."""
    return _show(_get(contact_id))


def name_contact() -> ResponseReturnValue:
    """Show the form for somebody new, or let them speak for an organisation."""
    number = read_id(request.args.get("organisation", ""))
    known = register.find(number, day=today()) if number else None
    form = contact_form(organisation=known.facts.name if known else "")
    if request.method == "GET":
        form.entries["starts_on"].value = f"{today():%d.%m.%Y}"
        return _form("edit_contact.html", form)
    organisation_id, said = form.read_organisation(request.form), form.read(request.form)
    if organisation_id is None or said is None:
        return _form("edit_contact.html", form), REFUSED
    try:
        added = appointing.name(
            organisation_id, *said, is_told=form.is_told, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _form("edit_contact.html", form, refusal=refusal), LATE
    return done(_("%(name)s is named.", name=said[0].name), f"/contacts/{added}")


def edit_contact(contact_id: int) -> ResponseReturnValue:
    """Show the form of somebody, or save it."""
    found = _get(contact_id)
    form = contact_form(found, organisation=found.organisation)
    if request.method == "GET":
        return _form("edit_contact.html", form, found)
    said = form.read(request.form)
    if said is None:
        return _form("edit_contact.html", form, found), REFUSED
    try:
        has_moved = appointing.change(
            found.id, *said, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        form.version = _get(contact_id).version  # what is saved next was looked at
        return _form("edit_contact.html", form, found, refusal), LATE
    sentence = _("%(name)s is saved.", name=said[0].name)
    if has_moved:
        sentence += " " + _("The link to the earlier address opens nothing any more.")
    return done(sentence, f"/contacts/{found.id}")


def end_contact(contact_id: int) -> ResponseReturnValue:
    """Ask for the last day of a term, and end it."""
    found = _get(contact_id)
    form = contact_form(found)
    form.entries["ends_on"].required = True
    if request.method == "GET":
        if found.term.ends_on is None:
            form.entries["ends_on"].value = f"{today():%d.%m.%Y}"
        return _form("end_contact.html", form, found)
    form.is_told = request.form.get("is_told") == TICKED
    day = form.read_day("ends_on", request.form)
    if day is None:
        return _form("end_contact.html", form, found), REFUSED
    try:
        appointing.end(
            found.id,
            day,
            is_told=form.is_told,
            actor=access.actor(),
            today=today(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _form("end_contact.html", form, found, refusal), LATE
    said = _("The term of %(name)s ends on %(day)s.", name=found.name, day=dates().date(day))
    return done(said, f"/contacts/{found.id}")


def hand_over_contact(contact_id: int) -> ResponseReturnValue:
    """Show the form for whoever follows, and let them."""
    found = _get(contact_id)
    form = contact_form(organisation=found.organisation)
    form.entries["role"].value = found.details.role
    if request.method == "GET":
        form.entries["starts_on"].value = f"{today():%d.%m.%Y}"
        return _form("hand_over_contact.html", form, found)
    posted = request.form | {"role": found.details.role}
    details, starts_on = form.read_details(posted), form.read_day("starts_on", posted)
    if details is None or starts_on is None:
        return _form("hand_over_contact.html", form, found), REFUSED
    try:
        number = appointing.hand_over(
            found.id, details, starts_on, actor=access.actor(), today=today(), now=clock.now()
        )
    except Refused as refusal:
        return _form("hand_over_contact.html", form, found, refusal), LATE
    said = _("%(name)s takes over from %(before)s.", name=details.name, before=found.name)
    return done(said, f"/contacts/{number}")


def take_back_hand_over(contact_id: int) -> ResponseReturnValue:
    """Let somebody go on whom another one was to follow."""
    found = _get(contact_id)
    try:
        name = appointing.take_back(found.id, actor=access.actor(), today=today(), now=clock.now())
    except Refused as refusal:
        return _show(found, refusal), LATE
    said = _("%(name)s stays on, %(other)s does not take over.", name=found.name, other=name)
    return done(said, f"/contacts/{found.id}")


def send_contact_link(contact_id: int) -> ResponseReturnValue:
    """Send somebody the link to their own view."""
    found = _get(contact_id)
    try:
        contact_sending.send_link(found.id, actor=access.actor(), today=today(), now=clock.now())
    except Refused as refusal:
        return _show(found, refusal), LATE
    said = _("The link is on its way to %(email)s.", email=found.details.email)
    return done(said, f"/contacts/{found.id}")


def _get(contact_id: int) -> Contact:
    return contacts.find(contact_id) or abort(404)


def _show(found: Contact, refusal: Refused | None = None) -> str:
    people = contacts.of_organisation(found.organisation_id)
    return page(
        "contact.html",
        current="contacts",
        base=ADDRESS,
        here=f"{ADDRESS}/{found.id}",
        contact=found,
        day=today(),
        deputy=ContactRole.DEPUTY,
        others=[each for each in people if each.id != found.id],
        successor=coming_successor(found, people, today()),
        **refusals.box(refusal or [], zone()),
    )


def _form(
    template: str, form: ContactForm, found: Contact | None = None, refusal: Refused | None = None
) -> str:
    return page(
        template,
        current="contacts",
        base=ADDRESS,
        here=f"{ADDRESS}/{found.id}" if found else ADDRESS,
        contact=found,
        form=form,
        roles=[(ContactRole.CONTACT, _("Contact person")), (ContactRole.DEPUTY, _("Deputy"))],
        **refusals.box(refusal or form.errors, zone()),
    )
