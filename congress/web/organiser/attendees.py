"""The attendee list and its files, both following the filters in the address."""

from collections.abc import Sequence

from flask import abort
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.access import Right
from congress.domain.attendee_list import ListedAttendee, ListedBooking, Sort, visible
from congress.domain.congresses import CongressState
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.formats import attendee_list
from congress.queries import attendees as queries
from congress.queries import audit
from congress.services import exporting
from congress.services.exporting import FileFormat
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.organiser import filters, frame
from congress.web.organiser.log import in_words

PAGE = 50
LATEST = 5
LONGEST_NAMES = 60  # characters, in two lines
MARKS = {
    RegistrationState.CONFIRMED: "ok",
    RegistrationState.WAITING: "wait",
    RegistrationState.CANCELLED: "off",
}


def attendees() -> str:
    """Show one page of the list."""
    congress_id = access.workspace().id
    chosen = filters.from_address(congress_id)
    counts = queries.counts_by_state(congress_id, chosen)
    total = counts[chosen.state] if chosen.state else sum(counts.values())
    last = max(1, -(-total // PAGE))
    number = min(chosen.page, last)
    offset = (number - 1) * PAGE
    lines = queries.page(congress_id, chosen, offset=offset, limit=PAGE)
    may_see_log = access.may(Right.SEE_LOG)
    return frame.page(
        "attendees.html",
        current="attendees",
        filters=chosen,
        Sort=Sort,
        counts=counts,
        states=states(),
        day=frame.short_day,
        lines=[_line(line, chosen.workshops) for line in lines],
        total=total,
        first=offset + 1,
        page=number,
        last_page=last,
        latest=in_words(audit.of_congress(congress_id, limit=LATEST)) if may_see_log else [],
    )


def attendees_file(suffix: str) -> Response:
    """Hand out the filtered list as a file (SEC-03: with this login and never from a cache)."""
    workspace, account = access.workspace(), access.account()
    columns = visible(account.roles_in(workspace.id))
    if not columns:
        abort(403)
    exported = exporting.export_attendees(
        workspace.id,
        filters.from_address(workspace.id),
        FileFormat(suffix),
        columns=columns,
        language=languages.current(),
        actor=access.actor(),
        now=clock.now(),
    )
    return frame.file(exported)


def states() -> dict[RegistrationState, tuple[str, str]]:
    """Return the kind and words of each state, for its badge."""
    if access.workspace().state is CongressState.CANCELLED:
        return {
            RegistrationState.CONFIRMED: ("off", _("Had a place")),
            RegistrationState.WAITING: ("off", _("Was waiting")),
            RegistrationState.CANCELLED: ("off", _("Not attending")),
        }
    words = attendee_list.states(languages.current())
    return {state: (mark, words[state]) for state, mark in MARKS.items()}


def number_of(item: ProgrammeItem) -> str:
    """Return how a workshop is called where space is short."""
    return str(item.number or languages.short_name(None, item.face))


def _line(line: ListedAttendee, workshops: Sequence[ProgrammeItem]) -> dict[str, object]:
    by_id = {item.id: item for item in workshops}
    has = {each.item_id for each in line.bookings if each.state is BookingState.CONFIRMED}
    return {
        "person": line,
        "has": _names([item for item in workshops if item.id in has]),
        "waits": [
            _waiting(booking, by_id[booking.item_id])
            for booking in line.bookings
            if booking.state is BookingState.WAITING and booking.item_id in by_id
        ],
    }


def _names(workshops: Sequence[ProgrammeItem]) -> list[str]:
    """Return what a row calls several workshops: their numbers where it would become long."""
    names = [languages.short_name(item.number, item.face) for item in workshops]
    if len(names) > 1 and len(", ".join(names)) > LONGEST_NAMES:
        names = [number_of(item) for item in workshops]
    return [_marked(name, item) for name, item in zip(names, workshops, strict=True)]


def _marked(name: str, item: ProgrammeItem) -> str:
    """A place in what is called off is none, though the list keeps who had it."""
    return _("%(workshop)s (cancelled)", workshop=name) if item.face.cancelled else name


def _waiting(booking: ListedBooking, item: ProgrammeItem) -> str:
    name = _marked(number_of(item), item)
    if booking.position is None or item.face.cancelled:
        return name
    return _("%(workshop)s (position %(number)d)", workshop=name, number=booking.position)
