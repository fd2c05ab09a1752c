"""What people asked for after the last day for changes: the list, a yes, or a no with a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.change_requests import RequestKind
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.programme import ProgrammeItem
from congress.domain.room import ByHand
from congress.domain.standing import StandingBooking
from congress.queries import admissions as admission_queries
from congress.queries import change_requests as queries
from congress.queries import programme
from congress.queries.change_requests import Asked
from congress.services import deciding
from congress.web import access, refusals
from congress.web.entries import Entry, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import admissions, frame, seats
from congress.web.organiser.readers import read_reason
from congress.web.organiser.seats import BEYOND, WAIT
from congress.web.registration.cards import full_name, state_of

REFUSED, ANOTHER = 422, 409
PAGE = "/requests"


@dataclass
class RequestForm:
    """What is to be decided about one request, as typed."""

    asked: Asked
    wanted: list[ProgrammeItem]
    gives_up: list[StandingBooking]  # what somebody has at the same time
    full: Entry
    reason: Entry
    is_full: bool = False
    has_it: bool = False  # what was asked for came about in another way
    errors: list[tuple[str | None, str]] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.asked.request.id

    @property
    def gives_up_words(self) -> str:
        return ", ".join(full_name(booking.item) for booking in self.gives_up)


def to_do() -> Iterator[tuple[str, str, str]]:
    """Say how much there is to decide, with the page where it is done and a mark."""
    here = access.workspace().id
    if not _is_on() or not access.may(Right.CHANGE_ATTENDEES):
        return
    number = admission_queries.count_open(here)
    if number and admissions.is_ahead():
        words = ngettext(
            "%(num)d person has asked for a place and waits for your answer",
            "%(num)d people have asked for a place and wait for your answer",
            number,
        )
        yield words, PAGE, "asking"
    if number := queries.count_open(here):
        words = ngettext(
            "%(num)d request for a change to decide",
            "%(num)d requests for a change to decide",
            number,
        )
        yield words, PAGE, "requests"


def change_requests() -> str:
    """Show what is to be decided, and what was."""
    return _page(_forms())


def grant_request(request_id: int) -> ResponseReturnValue:
    """Do what somebody asked for."""
    forms = _forms()
    form = _form(forms, request_id)
    if form is None:
        return _gone(request_id)
    form.full.value = request.form.get(form.full.name, "")
    if form.is_full and form.full.value not in {WAIT, BEYOND}:
        form.full.errors.append(_("Please choose what should happen."))
        form.errors = told(form.full)
        return _page(forms), REFUSED
    keys = frozenset(item.id for item in form.wanted)
    by_hand = ByHand(
        beyond=keys if form.full.value == BEYOND else frozenset(),
        waits=keys if form.full.value == WAIT else frozenset(),
    )
    now, standing = clock.now(), form.asked.standing
    try:
        is_changed = deciding.accept(
            access.workspace().id, request_id, by_hand=by_hand, actor=access.actor(), now=now
        )
    except Refused as refusal:
        form.errors = [(None, refusals.reason(refusal, access.workspace().zone))]
        return _page(_kept(forms, form), error=refusals.text(refusal)), ANOTHER
    done = _("The request of %(person)s is granted.", person=standing.name)
    said = frame.told(standing) if is_changed else _("Nothing changes, so no email is sent.")
    return frame.done(f"{done} {said}", PAGE, at=now)


def decline_request(request_id: int) -> ResponseReturnValue:
    """Say no with a reason."""
    forms = _forms()
    form = _form(forms, request_id)
    if form is None:
        return _gone(request_id)
    read_reason(form.reason, request.form.get(form.reason.name, ""))
    form.errors = told(form.reason)
    if form.errors:
        return _page(forms), REFUSED
    now, standing = clock.now(), form.asked.standing
    try:
        deciding.decline(
            access.workspace().id, request_id, form.reason.value, actor=access.actor(), now=now
        )
    except Refused as refusal:
        return _page(_kept(_forms(), form), error=refusals.text(refusal)), ANOTHER
    done = _("The request of %(person)s is declined.", person=standing.name)
    return frame.done(f"{done} {frame.told(standing)}", PAGE)


def _gone(request_id: int) -> ResponseReturnValue:
    """Say that somebody was faster: another organiser, or whoever asked; or that it is off."""
    queries.find(access.workspace().id, request_id) or abort(404)
    if not _is_on():
        said, so = _("The event is not taking place."), _("Nothing was changed.")
        return _page([], error=f"{said} {so}"), ANOTHER
    said = _("This request has been answered or taken back in the meantime. Nothing was changed.")
    return _page(_forms(), error=said), ANOTHER


def _kept(forms: list[RequestForm], typed: RequestForm) -> list[RequestForm]:
    """Keep what was typed for one, where it is still to be decided."""
    return [typed if each.id == typed.id else each for each in forms]


def _is_on() -> bool:
    """Return whether anything is to be decided: of what is called off nothing is."""
    return access.workspace().state is CongressState.PUBLISHED


def _forms() -> list[RequestForm]:
    if not _is_on():
        return []
    items = {item.id: item for item in programme.current_items(access.workspace())}
    return [_of(each, items) for each in queries.open_ones(access.workspace().id)]


def _form(forms: list[RequestForm], request_id: int) -> RequestForm | None:
    return next((each for each in forms if each.id == request_id), None)


def _of(asked: Asked, items: Mapping[int, ProgrammeItem]) -> RequestForm:
    number, standing = asked.request.id, asked.standing
    wanted = [items[wish.item_id] for wish in asked.request.wishes if wish.item_id in items]
    mine = {booking.item.id for booking in standing.confirmed}
    return RequestForm(
        asked,
        wanted,
        [
            booking
            for booking in standing.confirmed
            if booking.item.id not in {item.id for item in wanted}
            and any(booking.item.meets(item) for item in wanted)
        ],
        Entry(f"full-{number}", _("There is no free place. What should happen?"), required=True),
        Entry(f"reason-{number}", _("Reason"), required=True),
        has_it=bool(wanted) and mine.issuperset(item.id for item in wanted),
        is_full=any(not item.places.has_free_place for item in wanted if item.id not in mine),
    )


def _page(forms: list[RequestForm], *, error: str = "") -> str:
    return frame.page(
        "requests.html",
        current="attendees",
        forms=forms,
        asking=admissions.forms(),
        many_asking=admission_queries.count_open(access.workspace().id),
        answered=queries.answered(access.workspace().id),
        items={item.id: item for item in programme.kept_items(access.workspace())},
        withdrawal=RequestKind.WITHDRAWAL,
        when_full=seats.when_full(),
        name_of=full_name,
        state_of=state_of,
        errors=[fault for each in forms for fault in each.errors],
        error=error,
    )
