"""What a contact person sees of their organisation: who is registered, and what remains."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain import conditions, modules
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall
from congress.domain.handing_over import accept_until
from congress.domain.network.contacts import Contact
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.domain.standing import Standing
from congress.queries import congresses, wishes
from congress.queries.network import own_people
from congress.services.network import acting
from congress.web import refusals
from congress.web.languages import gettext as _
from congress.web.module_task_words import as_shown
from congress.web.network.frame import today
from congress.web.network.municipality import back, logged_in, page
from congress.web.registration.cards import State
from congress.web.registration.naming import colleague_form
from congress.web.registration.occasion import OPEN, door
from congress.web.registration.standing_words import state_of, what_ends, workshop_in_words

REFUSED = 422


@dataclass(frozen=True)
class Colleague:
    """Somebody of the organisation at one event, in words, and what can be done for them."""

    id: int
    name: str
    state: State
    workshops: tuple[tuple[str, State], ...]
    may_withdraw: bool
    may_swap: bool


def own_events(token: str) -> str:
    """Show for which events people of the organisation are registered, and how many."""
    contact, now = logged_in(token), clock.now()
    events = own_people.events(contact.organisation_id, now=now)
    shown = [each for each in events if each.state is not CongressState.CANCELLED or each.placed]
    return page("own_events.html", contact, token, events=shown, now=now)


def own_colleagues(token: str, slug: str) -> str:
    """Show who of the organisation is registered for one event, and where they stand."""
    contact = logged_in(token)
    return _colleagues(contact, token, _congress(slug))


def withdraw_colleague(token: str, slug: str, registration_id: int) -> ResponseReturnValue:
    """Ask once more, then end somebody's registration."""
    contact, congress = logged_in(token), _congress(slug)
    standing = _standing(contact, congress, registration_id)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            acting.withdraw(contact.id, registration_id, today=today(), now=clock.now())
        except Refused as refusal:
            refused = refusal
        else:
            return _done(token, slug, standing)
    shut = _why_not(conditions.WITHDRAWING, congress, standing)
    shown = page(
        "own_withdraw.html",
        contact,
        token,
        congress=congress,
        standing=standing,
        shut=refusals.text(shut, congress.zone) if shut else "",
        what_ends=what_ends(standing),
        **refusals.box(refused or [], congress.zone),
    )
    return (shown, REFUSED) if refused else shown


def swap_colleague(token: str, slug: str, registration_id: int) -> ResponseReturnValue:
    """Ask who comes instead of somebody, or send them a link; nothing changes until they accept."""
    contact, congress = logged_in(token), _congress(slug)
    standing = _standing(contact, congress, registration_id)
    form = colleague_form(congress)
    refused: Refused | None = None
    if request.method == "POST":
        form.read(request.form)
        if not form.errors:
            try:
                colleague = Details.of(form.checked)
                acting.name_colleague(
                    contact.id, registration_id, colleague, today=today(), now=clock.now()
                )
            except Refused as refusal:
                refused = refusal
            else:
                return _done(token, slug, standing)
    shut = _why_not(conditions.NAMING, congress, standing)
    shown = page(
        "own_swap.html",
        contact,
        token,
        congress=congress,
        standing=standing,
        person=form,
        shut=refusals.text(shut, congress.zone) if shut else "",
        until=accept_until(congress, clock.now()),
        has_wishes=wishes.still_count(congress, standing),
        modules_held=len(modules.begun(congress, clock.now())),
        **refusals.box(refused or form.errors, congress.zone),
    )
    return (shown, REFUSED) if refused or form.errors else shown


def _colleagues(contact: Contact, token: str, congress: Congress) -> str:
    people = own_people.people(contact.organisation_id, congress.id)
    may_register = door(congress, clock.now()) in OPEN
    return page(
        "own_colleagues.html",
        contact,
        token,
        congress=congress,
        people=[_colleague(each, congress) for each in people],
        tasks=as_shown(congress, now=clock.now(), only={each.id for each in people})
        if congress.is_course
        else [],
        quota=own_people.quota(contact.organisation_id, congress),
        may_register=may_register,
        may_register_group=may_register and congress.rules.group_most > 1,
    )


def _colleague(standing: Standing, congress: Congress) -> Colleague:
    is_here = standing.state is not RegistrationState.CANCELLED
    return Colleague(
        standing.id,
        standing.name,
        state_of(standing),
        tuple(map(workshop_in_words, standing.bookings)) if is_here else (),
        may_withdraw=is_here and _why_not(conditions.WITHDRAWING, congress, standing) is None,
        may_swap=is_here and _why_not(conditions.NAMING, congress, standing) is None,
    )


def _why_not(
    doors: Iterable[conditions.Condition], congress: Congress, standing: Standing
) -> Refused | None:
    items = [each.item for each in standing.bookings]
    hall = Hall.of(congress, items, now=clock.now())
    return conditions.first_reason(doors, hall, standing.person, CONGRESS)


def _congress(slug: str) -> Congress:
    return congresses.with_content(congresses.find_public(slug) or abort(404))


def _standing(contact: Contact, congress: Congress, registration_id: int) -> Standing:
    """Return somebody of the organisation; whoever is of another one is not found."""
    return own_people.find(contact.organisation_id, congress.id, registration_id) or abort(404)


def _done(token: str, slug: str, standing: Standing) -> Response:
    sentence = _("%(name)s is told by email of what has changed.", name=standing.name)
    return back(token, f"/registrations/{slug}", sentence)
