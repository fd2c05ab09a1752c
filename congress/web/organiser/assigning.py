"""An organiser gives an attendee another workshop, or takes one away."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import allocation, overlaps
from congress.domain.errors import Refused
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.slots import in_slots
from congress.domain.standing import Standing, StandingBooking
from congress.queries import attendees as queries
from congress.queries import congresses, dead_mailboxes, programme
from congress.queries.attendees import Attendee
from congress.services import changing
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame, seats
from congress.web.organiser.seats import SeatChoice
from congress.web.registration import choice_words
from congress.web.registration.cards import Card, full_name
from congress.web.registration.choice_words import spoken_name
from congress.web.registration.forms import NOTHING, asks_no_more, check_choices
from congress.web.registration.occasion import Occasion, occasion

REFUSED = 422
Errors = list[tuple[str | None, str]]


def assign_workshops(registration_id: int) -> ResponseReturnValue:
    """Show the workshops one can give somebody, and change them."""
    workspace = access.workspace()
    found = queries.find_attendee(workspace.id, registration_id) or abort(404)
    standing = found.own.standing
    choices = _choices(standing)
    if request.method == "GET":
        return _page(found, choices, [])
    for choice in choices:
        choice.read(request.form)
    errors = [error for choice in choices for error in choice.errors]
    if asks_no_more([each.choice for each in choices], request.form):
        errors.append((None, check_choices()))
    if errors:
        return _page(found, choices, errors), REFUSED
    now = clock.now()
    try:
        is_changed = changing.assign_workshops(
            registration_id,
            [choice.wish for choice in choices if choice.wish is not None],
            _given_up(choices, standing),
            by_hand=seats.by_hand(choices),
            actor=access.actor(),
            now=now,
        )
    except Refused as refusal:
        errors = [(None, refusals.reason(refusal, workspace.zone))]
        heading = refusals.heading(refusal, workspace.zone)
        # Read again: places may have gone since.
        again = _choices(standing)
        for choice in again:
            choice.read(request.form)
        seats.ask_whether_alone(again, refusal)
        return _page(found, again, errors, heading), REFUSED
    done = _("Nothing was changed.")
    if is_changed:
        done = _("%(person)s’s selection has been changed.", person=standing.name)
        done = f"{done} {frame.told(standing)}"
    return frame.done(done, f"/attendees/{registration_id}", at=now)


def _choices(standing: Standing) -> list[SeatChoice]:
    items = programme.current_items(access.workspace())
    is_asked = standing.state is RegistrationState.CONFIRMED
    found = seats.seat_choices(in_slots(items), is_asked=is_asked)
    congress = congresses.with_content(access.workspace())
    ranked = allocation.unassigned(items, congress.rules.allocation)
    for choice in found:
        choice.takes_wishes = any(item.id in ranked for item in choice.offered)
    doubled = {each.id for pair in overlaps.of(standing) for each in (pair.first, pair.second)}
    for choice in found:
        choice.overlapping = [each for each in _mine(choice, standing) if each.id in doubled]
    return found


def _mine(choice: SeatChoice, standing: Standing) -> list[StandingBooking]:
    here = {item.id for item in choice.offered}
    return [each for each in standing.bookings if each.item.id in here]


def _given_up(choices: list[SeatChoice], standing: Standing) -> list[int]:
    """Return what is to go: all of a slot that is to be without one, or one of several there."""
    emptied = [choice for choice in choices if choice.choice.choice.value == NOTHING]
    found = [each.item.id for choice in emptied for each in _mine(choice, standing)]
    return [*found, *(each.given_up.item.id for each in choices if each.given_up is not None)]


def _page(found: Attendee, choices: list[SeatChoice], errors: Errors, heading: str = "") -> str:
    standing = found.own.standing
    congress = congresses.with_content(access.workspace())
    words = occasion(congress, standing)
    shown = [(choice, _cards(choice, standing, words)) for choice in choices]
    return frame.page(
        "assign_workshops.html",
        current="attendees",
        own_registration=found.own,
        dead=dead_mailboxes.find(found.own.id) is not None,
        occasion=words,
        only_workshops=choice_words.only_workshops(
            item for choice, _cards in shown for item in choice.offered
        ),
        slots=[(choice, cards) for choice, cards in shown if len(cards) > 1],
        when_full=seats.when_full(),
        when_full_of_wishes=seats.when_full_of_wishes(),
        is_late=clock.now() >= words.congress.period.changes_close_at,
        errors=errors,
        heading=heading,
    )


def _cards(choice: SeatChoice, standing: Standing, words: Occasion) -> list[Card]:
    """Return what can be chosen: all as it is, one of several less, another workshop, or none."""
    mine = _mine(choice, standing)
    state_of = {each.item.id: each.state for each in mine}
    now = ", ".join(map(_in_words, mine)) or choice_words.none_of(choice.choice.slot)
    cards = [Card("", _("No change"), more=now)]
    cards += [_without(each, mine) for each in choice.overlapping]
    doubled = {each.item.id for each in choice.overlapping}
    for item in choice.offered:
        state = state_of.get(item.id)
        if state is None:
            cards.append(seats.card(item, choice, words))
        elif item.id in doubled:
            continue  # each of them can be given up by itself
        elif state is BookingState.CONFIRMED and BookingState.WAITING in state_of.values():
            cards.append(Card(item.code, full_name(item), more=_("Keep this place, stop waiting")))
    return (
        [*cards, Card(NOTHING, choice_words.none_at_this_time(choice.choice.slot))]
        if mine
        else cards
    )


def _without(given_up: StandingBooking, mine: list[StandingBooking]) -> Card:
    """Return the card that gives up one of several workshops at one time."""
    kept = [each for each in mine if each.id != given_up.id]
    label = _(
        "Keep %(kept)s, give up %(given_up)s",
        kept=", ".join(spoken_name(each.item) for each in kept),
        given_up=spoken_name(given_up.item),
    )
    return Card(seats.gives_up(given_up), label, more=", ".join(map(_in_words, kept)))


def _in_words(booking: StandingBooking) -> str:
    name = full_name(booking.item)
    if booking.state is BookingState.WAITING:
        return _("waiting for %(workshop)s", workshop=name)
    return name
