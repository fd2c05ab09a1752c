"""Local partners of a municipality for themed workshops: named, looked at, taken back."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.kinds import PersonKind
from congress.domain.network.contacts import Contact
from congress.domain.network.membership import BELONGING
from congress.domain.network.partners import asks_for_partners
from congress.queries import congresses, invitations
from congress.queries.network import register
from congress.services.network import partners
from congress.web import refusals
from congress.web.languages import gettext as _
from congress.web.network.frame import today
from congress.web.network.municipality import back, logged_in, page
from congress.web.organiser import invitation_words
from congress.web.organiser.guest_form import GuestForm, guest_form

REFUSED, LATE = 422, 409


def own_partner_events(token: str) -> str:
    """Show the themed workshops for which the municipality may name partners."""
    contact, now = logged_in(token), clock.now()
    found = register.find(contact.organisation_id, day=today())
    belongs = found is not None and found.state in BELONGING
    asking = [each for each in congresses.public_congresses() if asks_for_partners(each, now=now)]
    asking.sort(key=lambda each: each.starts_at)
    return page(
        "own_partner_events.html",
        contact,
        token,
        events=asking if belongs else [],
        belongs=belongs,
    )


def own_partners(token: str, slug: str) -> ResponseReturnValue:
    """Show whom the municipality has named for one workshop, or invite one more."""
    contact, congress = logged_in(token), _congress(slug)
    form = guest_form()
    form.entries["organisation"].required = True
    if request.method == "GET":
        return _show(contact, token, congress, form)
    fixed = {"places": "1", "kind": PersonKind.ATTENDEE}
    guest = form.read(request.form.to_dict() | fixed)
    if guest is not None and guest.is_organisation:
        form.entries["given_name"].errors.append(_("Please enter the name of a person."))
    if guest is not None and not guest.organisation:
        form.entries["organisation"].errors.append(_("Please enter the organisation."))
    if guest is None or form.errors:
        return _show(contact, token, congress, form), REFUSED
    try:
        partners.name(contact.id, congress.id, guest, today=today(), now=clock.now())
    except Refused as refusal:
        return _show(contact, token, congress, form, refusal), LATE
    return back(token, f"/partners/{slug}", _("%(name)s is invited by email.", name=guest.name))


def take_partner_back(token: str, slug: str, invitation_id: int) -> ResponseReturnValue:
    """Withdraw the invitation of a partner whom the municipality has named."""
    contact, congress = logged_in(token), _congress(slug)
    mine = invitations.named_by(contact.organisation_id, congress.id)
    found = next((each for each in mine if each.id == invitation_id), None) or abort(404)
    partners.take_back(contact.id, congress.id, found.id, today=today(), now=clock.now())
    said = _("%(name)s is no longer invited.", name=found.guest.called)
    return back(token, f"/partners/{slug}", said)


def _congress(slug: str) -> Congress:
    congress = congresses.with_content(congresses.find_public(slug) or abort(404))
    if not asks_for_partners(congress, now=clock.now()):
        abort(404)
    return congress


def _show(
    contact: Contact,
    token: str,
    congress: Congress,
    form: GuestForm,
    refusal: Refused | None = None,
) -> str:
    named = invitations.named_by(contact.organisation_id, congress.id)
    return page(
        "own_partners.html",
        contact,
        token,
        congress=congress,
        named=named,
        badge_of=invitation_words.badge,
        most=congress.rules.partners_most,
        form=form,
        **refusals.box(refusal or form.errors, congress.zone),
    )
