"""An organiser writes to the people of a list or to one person: typed, looked at, sent."""

from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import allocation
from congress.domain.attendee_list import Wanted
from congress.domain.congresses import CongressState, OrganisationRole
from congress.domain.errors import Refused
from congress.domain.mails.circulars import NotForDrafts, ReadersUnseen
from congress.formats.attendee_list import kinds
from congress.queries import addressees, congresses, neighbours
from congress.services.mails import writing
from congress.services.mails.writing import Written
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.mode_words import MODES
from congress.web.organiser import filters, frame
from congress.web.organiser.attendees import states
from congress.web.organiser.circular_form import CircularForm, is_key, new_key
from congress.web.organiser.filters import Filters

REFUSED, UNSEEN = 422, 409


@dataclass(frozen=True)
class Chosen:
    """Who is written to, in words, and the addresses of where they stand and of the form."""

    wanted: Wanted
    back: str  # what follows the address of the congress
    here: str
    name: str = ""  # of one person
    filters: tuple[str, ...] = ()
    mailing: str | None = None  # what follows the address of a new info mail to the same people


def write_to_attendees() -> ResponseReturnValue:
    """Write to everybody whom the filters in the address show."""
    found = filters.from_address(access.workspace())
    query = found.query()
    here = f"/attendees/write{query}"
    chosen = Chosen(
        found,
        f"/attendees{query}",
        here,
        filters=in_words(found),
        mailing=found.query(sort=None, columns=None) if _has_audience(found) else None,
    )
    return _write(chosen)


def write_to_attendee(registration_id: int) -> ResponseReturnValue:
    """Write to one person."""
    [person] = neighbours.people(access.workspace().id, [registration_id]) or abort(404)
    page = f"/attendees/{registration_id}"
    wanted = Wanted(registration_id=registration_id)
    return _write(Chosen(wanted, page, f"{page}/write", name=person.name))


def _has_audience(found: Filters) -> bool:
    """Return whether an info mail can be to the people whom these filters show."""
    is_silence = found.answered is not None and not found.answered[1]
    marks = (
        found.ids,
        found.unchosen,
        found.silent and allocation.is_assigned(found.silent),
        is_silence,
        found.has_no_address,
        found.has_dead_mailbox,
    )
    is_invited = found.is_invited is not None
    counted = (found.quota_key, found.on_reserve, found.group_id, is_invited)
    others = (found.is_unconfirmed, found.has_declined, found.has_overlap, found.is_substituted)
    return not any((*marks, *counted, *others))


def _write(chosen: Chosen) -> ResponseReturnValue:
    """Show the form; show what was typed as it will look; send what was looked at."""
    form = CircularForm()
    if request.method == "GET":
        return _form(chosen, form)
    is_fine = form.read(request.form)
    if access.workspace().state is CongressState.DRAFT:
        return _form(chosen, form, NotForDrafts()), UNSEEN
    if not is_fine:
        return _form(chosen, form), REFUSED
    match request.form.get("step"):
        case "edit":
            return _form(chosen, form)
        case "send":
            return _send(chosen, form)
    return _ask(chosen, form)


def _send(chosen: Chosen, form: CircularForm) -> ResponseReturnValue:
    key = request.form.get("form_key", "")
    if not is_key(key):
        return _ask(chosen, form, ReadersUnseen()), UNSEEN
    try:
        written = writing.write(
            access.workspace().id,
            chosen.wanted,
            form.to_circular(),
            seen=request.form.get("seen", ""),
            form_key=key,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _ask(chosen, form, refusal), UNSEEN
    return frame.done(_done(written, chosen), chosen.back)


def _form(chosen: Chosen, form: CircularForm, refusal: Refused | None = None) -> str:
    workspace = access.workspace()
    people = addressees.readers(workspace.id, chosen.wanted)
    congress = congresses.with_content(workspace)
    hosts = congress.named(OrganisationRole.HOST)
    return frame.page(
        "write.html",
        current="attendees",
        chosen=chosen,
        form=form,
        readers=people,
        host=hosts[0].name if hosts else languages.text(congress.title),
        contact=congress.contact_email,
        error=refusals.text(refusal) if refusal else "",
    )


def _ask(chosen: Chosen, form: CircularForm, refusal: Refused | None = None) -> str:
    preview = writing.preview(
        access.workspace().id, chosen.wanted, form.to_circular(), now=clock.now()
    )
    return frame.page(
        "write_check.html",
        current="attendees",
        chosen=chosen,
        form=form,
        preview=preview,
        readers=preview.readers,
        key=new_key(),
        error=refusals.text(refusal) if refusal else "",
    )


def _done(written: Written, chosen: Chosen) -> str:
    if chosen.name:
        return _("%(person)s will receive your email shortly.", person=chosen.name)
    done = ngettext(
        "%(num)d person will receive your email shortly.",
        "%(num)d people will receive your email shortly.",
        written.told,
    )
    if written.without_mailbox:
        done += " " + ngettext(
            "%(num)d person without an email address has yet to be told in another way.",
            "%(num)d people without an email address have yet to be told in another way.",
            written.without_mailbox,
        )
    if written.dead:
        done += " " + ngettext(
            "The email address of %(num)d person takes no email; they have to be told in another "
            "way.",
            "The email addresses of %(num)d people take no email; they have to be told in another "
            "way.",
            written.dead,
        )
    return done


def in_words(found: Filters) -> tuple[str, ...]:
    """Name the filters as the list does."""

    def named(sentence: str, part: str) -> str:
        item = getattr(found, part)
        return sentence % {"workshop": languages.short_name(item.number, item.face)} if item else ""

    said = (
        _("Search: %(words)s", words=found.search) if found.words else "",
        states()[found.state][1] if found.state else "",
        named(_("Place in: %(workshop)s"), "workshop"),
        named(_("Waiting for: %(workshop)s"), "waiting_for"),
        named(_("Cancelled and not chosen again: %(workshop)s"), "unchosen"),
        filters.silent_in_words(found),
        named(_("Was in: %(workshop)s"), "was_in"),
        named(_("Had a place and was not there: %(workshop)s"), "missed"),
        "" if found.has_come is None else _("was there") if found.has_come else _("was not there"),
        ngettext("%(num)d person marked", "%(num)d people marked", len(found.ids))
        if found.ids
        else "",
        _("Without an email address") if found.has_no_address else "",
        _("Email does not arrive") if found.has_dead_mailbox else "",
        _("Not confirmed") if found.is_unconfirmed else "",
        _("Declined in the calendar") if found.has_declined else "",
        _("Two items at the same time") if found.has_overlap else "",
        _("Represented by someone else") if found.is_substituted else "",
        _("People of one group") if found.group_id else "",
        _("Counted as: %(name)s", name=filters.counted_as(found)) if found.quota_key else "",
        _("On a reserve list") if found.on_reserve else "",
        _("Priority group: %(name)s", name=found.priority_group) if found.priority_group else "",
        filters.invited_in_words(found),
        _("Attending as: %(kind)s", kind=kinds(languages.current())[found.kind])
        if found.kind
        else "",
        str(MODES[found.mode]) if found.mode else "",
        found.answer,
    )
    return tuple(each for each in said if each)
