"""One invitation: whom it is for, what became of it, sending it again, taking it back."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.invitations import Invitation, may_be_sent
from congress.domain.people import fold_email
from congress.formats.attendee_list import kinds
from congress.queries import congresses, dead_mailboxes
from congress.queries import invitations as queries
from congress.services.invitations import keeping, sending
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame, invitation_words
from congress.web.organiser.guest_form import GuestForm, guest_form

REFUSED, LATE = 422, 409
LIST = "/invitations"


def add_invitation() -> ResponseReturnValue:
    """Show an empty form, or invite somebody; nothing is sent by that."""
    form = guest_form()
    if request.method == "GET":
        return _form(form)
    guest = form.read(request.form)
    if guest is None:
        return _form(form), REFUSED
    workspace, actor, now = access.workspace(), access.actor(), clock.now()
    try:
        number = keeping.add(workspace.id, guest, actor=actor, now=now)
    except Refused as refusal:
        return _form(form, refusal=refusal), LATE
    done = _("The invitation for %(name)s is saved. It has not been sent yet.", name=guest.called)
    return frame.done(done, LIST if request.form.get("then") == "list" else f"{LIST}/{number}")


def invitation(invitation_id: int) -> ResponseReturnValue:
    """Show one invitation, and take whom it is for."""
    found = _get(invitation_id)
    if request.method == "GET":
        return _show(found, guest_form(found.guest))
    form = guest_form(found.guest)
    guest = form.read(request.form)
    if guest is None:
        return _show(found, form), REFUSED
    try:
        has_ended = keeping.change(
            found.congress_id,
            found.id,
            guest,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        again = _get(invitation_id)
        form.version = again.guest.version  # what is saved next was looked at
        return _show(again, form, refusal=refusal), LATE
    done = _("The invitation is saved.")
    if has_ended:
        moved = _("The link sent to the old address no longer opens. Please send it again.")
        done = f"{done} {moved}"
    return frame.done(done, f"{LIST}/{found.id}")


def send_invitation(invitation_id: int) -> ResponseReturnValue:
    """Send one invitation, or send it once more."""
    found = _get(invitation_id)
    try:
        sending.send(found.congress_id, found.id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        again = _get(invitation_id)
        return _show(again, guest_form(again.guest), refusal=refusal), LATE
    done = _("The invitation to %(address)s is on its way.", address=found.guest.email)
    return frame.done(done, f"{LIST}/{found.id}")


def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    """Ask whether to take an invitation back, and do it."""
    found = _get(invitation_id)
    if request.method == "GET":
        return frame.page("withdraw_invitation.html", current="attendees", invitation=found)
    is_told = request.form.get("is_told") == "y"
    hears = keeping.withdraw(
        found.congress_id, found.id, is_told=is_told, actor=access.actor(), now=clock.now()
    )
    done = _("The invitation for %(name)s is withdrawn.", name=found.guest.called)
    said = _("They will receive an email shortly.") if hears else _("No email is sent.")
    return frame.done(f"{done} {said}", LIST)


def _get(invitation_id: int) -> Invitation:
    return queries.find(access.workspace().id, invitation_id) or abort(404)


def _form(form: GuestForm, *, refusal: Refused | None = None) -> str:
    return frame.page(
        "new_invitation.html",
        current="attendees",
        form=form,
        kinds=kinds(languages.current()),
        **refusals.box(refusal or form.errors, access.workspace().zone),
    )


def _show(found: Invitation, form: GuestForm, *, refusal: Refused | None = None) -> str:
    congress = congresses.get_congress(found.congress_id)
    return frame.page(
        "invitation.html",
        current="attendees",
        invitation=found,
        guest=found.guest,
        form=form,
        kinds=kinds(languages.current()),
        badge_of=invitation_words.badge(found),
        why=invitation_words.why(found),
        then=invitation_words.what_next(found, congress, now=clock.now()),
        dead=bool(dead_mailboxes.among({fold_email(found.guest.email)})),
        can_send=may_be_sent(congress, now=clock.now()) and sending.can_be_sent(found),
        **refusals.box(refusal or form.errors, access.workspace().zone),
    )
