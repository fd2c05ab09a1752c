"""One note of the contact log: written, corrected, put off, done, deleted."""

from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.contact_notes import NoteGone, goes_on, is_due, postponed_to
from congress.domain.own_questions import read_date
from congress.queries.network import contact_log as queries
from congress.queries.network import register
from congress.queries.network.contact_log import Noted
from congress.queries.network.register import Named
from congress.services.network import logging_contacts
from congress.web import access, refusals
from congress.web.entries import Entry, read_id, read_line, told
from congress.web.languages import gettext as _
from congress.web.network import contact_log_words as words
from congress.web.network.contact_log import ADDRESS
from congress.web.network.contact_note_form import LONGEST_LINE, NoteForm, note_form
from congress.web.network.frame import dates, done, page, today, zone

REFUSED, LATE = 422, 409
LIST = "/contact-log"


def add_contact_note() -> ResponseReturnValue:
    """Show a form with the day of today, or note a contact."""
    number = read_id(request.args.get("organisation", ""))
    organisation = register.find_name(number) if number else None
    form = note_form(today(), access.account().id, organisation=organisation)
    if request.method == "GET":
        return _show(form)
    facts = form.read(request.form, today=today())
    if facts is None:
        return _show(form), REFUSED
    logging_contacts.add(facts, actor=access.actor(), now=clock.now())
    back = f"/organisations/{organisation.id}" if organisation else LIST
    return done(_("The contact is noted."), back)


def edit_contact_note(note_id: int) -> ResponseReturnValue:
    """Show what a note says, or correct it."""
    found = _get(note_id)
    form = _form(found)
    if request.method == "GET":
        return _show(form, found)
    facts = form.read(request.form, today=today())
    if facts is None:
        return _show(form, found), REFUSED
    try:
        logging_contacts.correct(
            note_id, facts, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        again = _get(note_id)
        form.version = again.facts.version  # what is saved next was looked at
        return _show(form, again, refusal=refusal), LATE
    return done(_("The note is saved."), LIST)


def finish_contact_note(note_id: int) -> ResponseReturnValue:
    """Say that what followed from a contact is done."""
    found = queries.find(note_id)
    try:
        logging_contacts.finish(note_id, actor=access.actor(), now=clock.now())
    except NoteGone:
        found = None
    if found is None:
        return _gone()
    return done(_("Done: %(topic)s.", topic=found.facts.topic), _back())


def postpone_contact_note(note_id: int) -> ResponseReturnValue:
    """Look at a note again on another day."""
    found = queries.find(note_id)
    if found is None:
        return _gone()
    entry = _postponing()
    read_line(
        entry,
        request.form.get(entry.name, ""),
        most=LONGEST_LINE,
        missing=_("Please enter a day, for example 21.10.2026."),
    )
    said = read_date(entry.value)
    day = date.fromisoformat(said) if said else None
    if day is None and not entry.errors:
        entry.errors.append(_("Please enter a day, for example 21.10.2026."))
    if day is not None and day <= today():
        entry.errors.append(_("This day is not in the future. Please enter a later day."))
    if day is None or entry.errors:
        return _show(_form(found), found, postponing=entry), REFUSED
    try:
        logging_contacts.postpone(note_id, day, actor=access.actor(), now=clock.now())
    except NoteGone:
        return _gone()
    return done(_("Postponed to %(day)s.", day=dates().day(day)), _back())


def delete_contact_note(note_id: int) -> ResponseReturnValue:
    """Delete a note for good."""
    logging_contacts.remove(note_id, actor=access.actor(), now=clock.now())
    return done(_("The note is deleted."), LIST)


def _get(note_id: int) -> Noted:
    return queries.find(note_id) or abort(404)


def _gone() -> Response:
    return done(_("Someone else has deleted this note, so there is nothing left to do."), _back())


def _back() -> str:
    """Return to what is due, where one came from it."""
    return f"{LIST}?follow_ups=due&mine=yes" if request.form.get("from") == "due" else LIST


def _form(found: Noted) -> NoteForm:
    named = Named(found.facts.organisation_id, found.organisation)
    return note_form(today(), access.account().id, organisation=named, facts=found.facts)


def _postponing() -> Entry:
    day = f"{postponed_to(today()):%d.%m.%Y}"
    return Entry("postponed_to", _("Follow up on another day"), day, required=True)


def _show(
    form: NoteForm,
    found: Noted | None = None,
    *,
    postponing: Entry | None = None,
    refusal: Refused | None = None,
) -> str:
    postponing, day, organisation = postponing or _postponing(), today(), form.organisation
    facts = found.facts if found else None
    is_open = bool(found and facts and facts.follow_up_on and not found.done_at)
    return page(
        "edit_contact_note.html",
        current="contact-log",
        base=ADDRESS,
        found=found,
        here=f"{ADDRESS}/{found.id}" if found else f"{ADDRESS}/new",
        query=f"?organisation={organisation.id}" if organisation and not found else "",
        form=form,
        organisation=organisation,
        kinds=list(words.KINDS.items()),
        postponing=postponing,
        is_open=is_open,
        is_due=bool(found and facts and is_due(facts.follow_up_on, found.done_at, today=day)),
        goes_on=goes_on(facts.day, facts.follow_up_on, found.done_at, zone=zone())
        if found and facts
        else None,
        **refusals.box(refusal or [*form.errors, *told(postponing)], zone()),
    )
