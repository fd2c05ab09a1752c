"""Asking organisers for a change after the last day for it, behind the page of one's own."""

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import ATTENDEE
from congress.domain.change_requests import (
    LONGEST_NOTE,
    ChangeRequest,
    NothingAsked,
    RequestAnswer,
    RequestAnswered,
    RequestKind,
    has_all,
    may_ask,
    why_shut,
)
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.hall import Hall
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.queries import change_requests
from congress.queries.registrations import Opened
from congress.services import requesting
from congress.web import languages, refusals
from congress.web.entries import Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.registration import cards, choice_words
from congress.web.registration.forms import (
    Errors,
    SlotChoice,
    choices_in,
    read_choices,
    wishes_of,
)
from congress.web.registration.occasion import occasion
from congress.web.registration.opened import opened
from congress.web.registration.register import REFUSED


def ask_for_workshops(token: str) -> ResponseReturnValue:
    """Show the workshops one can ask for, or take a request."""
    own, note = opened(token), _note()
    choices = choices_in(own.congress, own.items)
    if request.method == "GET":
        return _page(own, RequestKind.WORKSHOPS, choices, note, [])
    errors = read_choices(choices, request.form)
    return _ask(own, RequestKind.WORKSHOPS, choices, note, errors)


def ask_to_withdraw(token: str) -> ResponseReturnValue:
    """Ask once more what is to be given up, or take a request to end the registration."""
    own, note = opened(token), _note()
    if request.method == "GET":
        return _page(own, RequestKind.WITHDRAWAL, [], note, [])
    return _ask(own, RequestKind.WITHDRAWAL, [], note, [])


def take_back_request(token: str) -> ResponseReturnValue:
    """Take back what was asked for; where it was answered meanwhile, the page says so."""
    own = opened(token)
    with suppress(RequestAnswered):
        requesting.take_back(own.registration.id, actor=ATTENDEE, now=clock.now())
    return _back(token)


def of_own_page(own: Opened, hall: Hall) -> dict[str, object]:
    """Return what the page of one's own says of requests, and which one can ask."""
    person = own.registration.standing.person
    is_here = own.registration.standing.state is not RegistrationState.CANCELLED
    has_any = is_here and own.registration.has_requested
    latest = change_requests.latest_of(own.registration.id) if has_any else None
    is_shown = latest is not None and latest.answer is not RequestAnswer.ACCEPTED
    has_it = latest is not None and has_all(latest, person)
    is_to_come = hall.state is CongressState.PUBLISHED and hall.now < hall.starts_at
    return {
        "asked": latest if is_shown and is_to_come and not has_it else None,
        "asked_is_open": latest is not None and why_shut(latest.kind, hall, person) is None,
        "asked_words": wanted(latest, own) if latest else "",
        "may_ask_workshops": may_ask(RequestKind.WORKSHOPS, hall, person)
        and bool(_offered(own, choices_in(own.congress, own.items))),
        "may_ask_withdrawal": may_ask(RequestKind.WITHDRAWAL, hall, person),
    }


def wanted(asked: ChangeRequest, own: Opened) -> str:
    """Return what somebody asked for, in words."""
    if asked.kind is RequestKind.WITHDRAWAL:
        return _("to cancel your registration")
    names = {item.id: cards.full_name(item) for item in own.items}
    places = [names[wish.item_id] for wish in asked.wishes if wish.item_id in names]
    return _("a place in %(workshops)s", workshops=", ".join(places))


def _ask(
    own: Opened, kind: RequestKind, choices: list[SlotChoice], note: Entry, errors: Errors
) -> ResponseReturnValue:
    read_text(note, request.form.get(note.name, ""), most=LONGEST_NOTE)
    wishes = wishes_of(choices)
    errors = [*errors, *told(note)]
    if not errors and kind is RequestKind.WORKSHOPS and not wishes:
        first = choices[0].choice.id if choices else None
        errors = [(first, _("Please choose what you would like instead."))]
    if errors:
        return _page(own, kind, choices, note, errors), REFUSED
    try:
        requesting.ask(
            own.registration.id, kind, wishes, note=note.value, actor=ATTENDEE, now=clock.now()
        )
    except NothingAsked as refusal:
        return _page(own, kind, choices, note, [(None, refusals.reason(refusal))]), REFUSED
    except Refused as refusal:
        return _page(own, kind, choices, note, refusal), REFUSED
    return _back(own.token)


def _page(
    own: Opened,
    kind: RequestKind,
    choices: list[SlotChoice],
    note: Entry,
    wrong: Errors | Refused,
) -> str:
    congress, now = own.congress, clock.now()
    words, hall = occasion(congress), Hall.of(congress, own.items, now=now)
    slots = [
        (choice, [_card(item, words.own_time(item, choice.slot)) for item in items])
        for choice, items in _offered(own, choices)
    ]
    has_any = own.registration.has_requested
    latest = change_requests.latest_of(own.registration.id) if has_any else None
    return render_template(
        "registration/ask_for_change.html",
        congress=congress,
        occasion=words,
        own=own.registration,
        token=own.token,
        kind=kind.value,
        slots=slots,
        **choice_words.of_page(own.items),
        note=note,
        may_ask=may_ask(kind, hall, own.registration.standing.person),
        replaces=latest is not None and latest.is_open,
        **refusals.box(wrong, congress.zone),
    )


def _offered(
    own: Opened, choices: list[SlotChoice]
) -> list[tuple[SlotChoice, list[ProgrammeItem]]]:
    """Return what can be asked for at each time: what somebody neither has nor waits for."""
    mine = {booking.item.id for booking in own.registration.standing.bookings}
    found = [(each, [item for item in each.items if item.id not in mine]) for each in choices]
    return [(choice, items) for choice, items in found if items]


def _card(item: ProgrammeItem, own_time: str) -> cards.Card:
    """A full one can be asked for as well: organisers may have a place."""
    return cards.card_of(item, (own_time, languages.text(item.face.room)), waits=False)


def _note() -> Entry:
    return Entry("note", _("Why, in a sentence or two"))


def _back(token: str) -> ResponseReturnValue:
    return redirect(languages.link(url_for(".own_page", token=token)), code=303)
