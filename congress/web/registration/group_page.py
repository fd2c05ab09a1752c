"""The page of the contact of a group: who has a place, and what can be done for each of them.

It shows names, states and workshops, and leads to nobody's own page: what people say of themselves
there is not for the contact.
"""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import conditions
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.groups import GroupLinkOver, InWorkshops
from congress.domain.hall import CONGRESS, Hall
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.queries import congresses, registrations, wishes
from congress.queries import groups as queries
from congress.queries.groups import Group
from congress.queries.registrations import Opened
from congress.services import contacts
from congress.web import languages, refusals
from congress.web.entries import Entry, read_id
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.mode_words import MODES
from congress.web.registration import cards, choice_words
from congress.web.registration.cards import State
from congress.web.registration.occasion import OPEN, Occasion, door, occasion
from congress.web.registration.opened import opened
from congress.web.registration.register import REFUSED
from congress.web.registration.standing_words import state_of, what_ends, workshop_in_words

OVER = 404
SEATED = "in_workshops"


@dataclass(frozen=True)
class Member:
    """One person of a group in words, and what the contact can do for them."""

    id: int
    name: str
    mode: str  # how they take part, where there are two ways
    state: State
    workshops: tuple[tuple[str, State], ...]
    may_change: bool
    may_withdraw: bool
    asks: bool  # whether they take part, and nobody has answered yet
    offers: tuple[tuple[str, str], ...]  # what can be accepted: the words, and the workshop


def own_group(token: str) -> ResponseReturnValue:
    """Show everybody of a group."""
    group = queries.find(token)
    if group is None:
        return render_template("registration/no_group.html"), OVER
    return _page(group, token)


def accept_in_group(token: str, registration_id: int) -> ResponseReturnValue:
    """Take what is offered to one person, and so to all who come only together."""
    own, wanted = opened_in_group(token, registration_id), request.form.get("workshop", "")
    item_id = read_id(wanted) if wanted else None
    if wanted and own.registration.standing.person.booked(item_id) is None:
        abort(OVER)
    try:
        contacts.accept(token, registration_id, item_id, now=clock.now())
    except GroupLinkOver:
        abort(OVER)
    except Refused as refusal:
        return _page(queries.get_opened(token), token, refusal), REFUSED
    return back(token)


def _page(group: Group, token: str, refused: Refused | None = None) -> str:
    congress, now = _congress(group), clock.now()
    words = occasion(congress)
    people = queries.shown(group.id)
    active = [each for each in people if each.state is not RegistrationState.CANCELLED]
    may_add = group.left(congress.rules.group_most, people) > 0 and door(congress, now) in OPEN
    return render_template(
        "registration/own_group.html",
        congress=congress,
        occasion=words,
        token=token,
        group=group,
        people=[_member(each, congress, together=group.together) for each in people],
        waits=_waits_together(group, active),
        offer=_offer(group, active, words),
        first_asked=next((each.id for each in active if each.offered_until is not None), None),
        may_add=may_add,
        is_new=request.args.get("done") == "registered",
        has_parted=request.args.get("done") == "parted" and not group.together,
        has_changed=request.args.get("done") == "changed",
        is_seated=request.args.get("done") == "seated",
        seated=_seated(group, congress),
        seats=_seats(),
        may_seat=now < congress.wishes_close_at,
        **refusals.box(refused or [], congress.zone),
        only_workshops=choice_words.only_workshops(
            each.item for person in people for each in person.bookings
        ),
    )


def withdraw_in_group(token: str, registration_id: int) -> ResponseReturnValue:
    """Ask once more, then end the registration of one person."""
    own = opened_in_group(token, registration_id)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            contacts.withdraw(token, registration_id, now=clock.now())
        except GroupLinkOver:
            abort(OVER)
        except Refused as refusal:
            refused = refusal
        else:
            return back(token)
    zone, standing = own.congress.zone, own.registration.standing
    hall = Hall.of(own.congress, own.items, now=clock.now())
    shut = conditions.first_reason(conditions.WITHDRAWING, hall, standing.person, CONGRESS)
    page = render_template(
        "registration/withdraw_in_group.html",
        congress=own.congress,
        occasion=occasion(own.congress),
        token=token,
        standing=standing,
        shut=refusals.text(shut, zone) if shut else "",
        what_ends=what_ends(standing),
        **refusals.box(refused or [], zone),
    )
    return (page, REFUSED) if refused else page


def part_group(token: str) -> ResponseReturnValue:
    """Let everybody of a group come on their own from now on."""
    try:
        contacts.part(token, now=clock.now())
    except GroupLinkOver:
        abort(OVER)
    return redirect(languages.link(f"/group/{token}?done=parted"), code=303)


def seat_group(token: str) -> ResponseReturnValue:
    """Take how a group wants to sit where workshops are given by wishes."""
    wanted = request.form.get(SEATED, "")
    if wanted not in set(InWorkshops):
        abort(400)
    try:
        contacts.seat(token, InWorkshops(wanted), now=clock.now())
    except GroupLinkOver:
        abort(OVER)
    except Refused as refusal:
        return _page(queries.get_opened(token), token, refusal), REFUSED
    return redirect(languages.link(f"/group/{token}?done=seated"), code=303)


def _seated(group: Group, congress: Congress) -> Entry | None:
    """Return how a group wants to sit; nothing where no workshops are given by wishes."""
    is_ahead = congress.state is CongressState.PUBLISHED and clock.now() < congress.starts_at
    if not is_ahead or not wishes.taking_wishes(congress):
        return None
    return Entry(SEATED, _("Where workshops are given by wishes"), group.in_workshops)


def _seats() -> list[tuple[str, str]]:
    return [
        (InWorkshops.ANYHOW, _("it does not matter who is where")),
        (InWorkshops.TOGETHER, _("everyone in the same workshop, or no one")),
        (InWorkshops.APART, _("everyone in a different workshop")),
    ]


def leave_group(token: str) -> ResponseReturnValue:
    """Let the owner of a page be of no group any more."""
    own = opened(token)
    contacts.leave_group(own.registration.id, now=clock.now())
    return redirect(languages.link(f"/registration/{token}"), code=303)


def _congress(group: Group) -> Congress:
    return congresses.with_content(congresses.find_public(group.slug) or abort(OVER))


def opened_in_group(token: str, registration_id: int) -> Opened:
    """Return one person of a group; whoever is in none of this link's is not found."""
    group = queries.find(token) or abort(OVER)
    if registration_id not in {each.id for each in queries.shown(group.id)}:
        abort(OVER)
    _congress(group)
    return registrations.get_opened(registration_id)


def back(token: str) -> ResponseReturnValue:
    """Return to the page of the group, which says that somebody is told."""
    return redirect(languages.link(f"/group/{token}?done=changed"), code=303)


def _member(standing: Standing, congress: Congress, *, together: bool) -> Member:
    items = [each.item for each in standing.bookings]
    hall, person = Hall.of(congress, items, now=clock.now()), standing.person
    is_here = standing.state is not RegistrationState.CANCELLED
    is_off = is_here and congress.state is CongressState.CANCELLED
    off: State = ("off", _("Cancelled: not taking place"))
    doors = (conditions.CHOOSING, conditions.WITHDRAWING)
    why_not = [conditions.first_reason(each, hall, person, CONGRESS) for each in doors]
    return Member(
        standing.id,
        standing.name,
        str(MODES[standing.mode]) if congress.rules.is_hybrid and is_here else "",
        off if is_off else state_of(standing),
        tuple(
            (name, off if is_off else state)
            for name, state in map(workshop_in_words, standing.bookings)
        ),
        may_change=is_here and why_not[0] is None,
        may_withdraw=is_here and why_not[1] is None,
        asks=not standing.is_decided,
        offers=_offers(standing, congress, together=together),
    )


def _offers(
    standing: Standing, congress: Congress, *, together: bool
) -> tuple[tuple[str, str], ...]:
    """Return what the contact can accept for somebody alone, each with its workshop."""
    if congress.state is not CongressState.PUBLISHED:
        return ()
    found = []
    if standing.offered_until is not None and not together:
        found.append((_("Accept the place for %(name)s", name=standing.name), ""))
    for each in standing.offered:
        if not each.item.face.cancelled:
            title = cards.short_name(each.item)
            words = _("Accept “%(title)s” for %(name)s", title=title, name=standing.name)
            found.append((words, str(each.item.id)))
    return tuple(found)


def _offer(group: Group, active: list[Standing], words: Occasion) -> str:
    """Say what is offered to a group that comes only together; nothing where nothing is."""
    asked = [each.offered_until for each in active if each.offered_until is not None]
    if not group.together or not asked:
        return ""
    return ngettext(
        "A place is held for %(num)d person of your group until %(moment)s. You can accept it "
        "here, and they can accept or decline it with the link in their own email; if nobody "
        "answers, it goes to the next person in line and their registration ends.",
        "Places are held for %(num)d people of your group until %(moment)s, as one offer: you can "
        "accept here, and each of them with the link in their own email; whoever does so first "
        "accepts for everyone. Whoever declines does so for themselves alone. If nobody accepts "
        "in time, the places go to the next in line and all these registrations end.",
        len(asked),
        moment=words.dates.moment(min(asked)),
    )


def _waits_together(group: Group, active: list[Standing]) -> str:
    """Say when whoever of a group comes only together moves up; nothing where nobody waits."""
    waiting = [each for each in active if each.state is RegistrationState.WAITING]
    if not group.together or not waiting:
        return ""
    return ngettext(
        "You come only together: %(num)d person of your group is waiting and moves up when it is "
        "their turn.",
        "You come only together: %(num)d people of your group are waiting and move up when it is "
        "their turn and there are places for all of them. Until then people behind them may move "
        "up first.",
        len(waiting),
    )
