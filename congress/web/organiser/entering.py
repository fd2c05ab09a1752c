"""An organiser registers somebody who phoned or came by."""

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.quotas import QuotaReached
from congress.domain.registration import Phase, RegisteredAlready, RegistrationState, SameName
from congress.formats.attendee_list import kinds
from congress.queries import congresses, neighbours, positions, programme
from congress.queries.neighbours import Neighbour
from congress.services import entering
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame, seats
from congress.web.organiser.attendees import states
from congress.web.organiser.entry_form import EntryForm, entry_form
from congress.web.organiser.seats import SeatChoice
from congress.web.registration import choice_words, ranking_words
from congress.web.registration.cards import Card, full_name, mode_cards
from congress.web.registration.forms import NOTHING
from congress.web.registration.occasion import Occasion, occasion

REFUSED = 422


def enter_attendee() -> ResponseReturnValue:
    """Show the form, or register somebody and lead to their page."""
    workspace = access.workspace()
    form = _form()
    if request.method == "GET":
        return _page(form)
    if not form.read(request.form):
        return _page(form), REFUSED
    wanted, told, now = form.to_request(), form.to_entering(), clock.now()
    try:
        number = entering.enter(workspace.id, wanted, told, actor=access.actor(), now=now)
    except Refused as refusal:
        again = _form()  # read anew: places may have gone since
        again.read(request.form)
        seats.ask_whether_alone(again.seats, refusal)
        return _page(again, refusal), REFUSED
    is_told = told.is_told and bool(wanted.email)
    return frame.done(_done(number, is_told=is_told), f"/attendees/{number}", at=now)


def _form() -> EntryForm:
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    return entry_form(congress, programme.current_items(workspace), now=clock.now())


def _done(number: int, *, is_told: bool) -> str:
    [found] = neighbours.people(access.workspace().id, [number])
    waits = found.state is RegistrationState.WAITING
    if waits and positions.congress_positions([number])[number].on_reserve:
        if is_told:
            return _(
                "%(person)s is on the reserve list and will receive an email shortly.",
                person=found.name,
            )
        return _("%(person)s is on the reserve list. No email is sent.", person=found.name)
    if waits and is_told:
        return _(
            "%(person)s is on the waiting list and will receive an email shortly.",
            person=found.name,
        )
    if waits:
        return _("%(person)s is on the waiting list. No email is sent.", person=found.name)
    if is_told:
        return _(
            "%(person)s is registered and will receive the confirmation shortly.", person=found.name
        )
    return _("%(person)s is registered. No email is sent.", person=found.name)


def _page(form: EntryForm, refusal: Refused | None = None) -> str:
    congress, now, zone = form.congress, clock.now(), access.workspace().zone
    words = occasion(congress)
    known: Sequence[Neighbour] = ()
    if isinstance(refusal, RegisteredAlready):
        known = neighbours.people(congress.id, refusal.people)
    phase = congress.period.phase(now)
    return frame.page(
        "enter_attendee.html",
        current="attendees",
        form=form,
        errors=[(None, refusals.reason(refusal, zone))] if refusal else form.errors,
        heading=refusals.heading(refusal, zone) if refusal else None,
        known=known,
        is_beyond_quota=isinstance(refusal, QuotaReached) or form.asks_beyond,
        asks_for_another=isinstance(refusal, SameName) or form.is_another,
        states=states(),
        modes=mode_cards(congress) if form.mode.is_shown else (),
        slots=[(seat, _cards(seat, words), _backups(seat)) for seat in form.seats],
        ranked=ranking_words.of_form(
            form.rankings, congress, programme.kept_items(congress), words
        ),
        ranking_words=ranking_words,
        when_full=seats.when_full(),
        languages=[("de", _("German")), ("en", _("English"))],
        kinds=kinds(languages.current()),
        occasion=words,
        priority_choices=[(name, name) for name in congress.rules.priority_groups.names],
        is_open=congress.state is CongressState.PUBLISHED,
        is_early=phase is Phase.NOT_YET,
        is_late=phase is Phase.CLOSED,
    )


def _cards(seat: SeatChoice, words: Occasion) -> list[Card]:
    if not seat.choice.choice.value:
        seat.choice.choice.value = NOTHING
    offered = [seats.card(item, seat, words) for item in seat.offered]
    return [Card(NOTHING, choice_words.none_of(seat.choice.slot)), *offered]


def _backups(seat: SeatChoice) -> list[tuple[str, str]]:
    """Return what somebody can have while waiting for another."""
    free = [(item.code, full_name(item)) for item in seat.choice.safe_items]
    return [("", _("no place meanwhile")), *free]
