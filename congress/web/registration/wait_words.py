"""What is said to whoever waits for several wishes of one time."""

from collections.abc import Iterable, Sequence

from congress.domain import waits
from congress.domain.hall import Booked, Hall
from congress.domain.standing import Standing, StandingBooking
from congress.formats.typography import listed
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.registration.choice_words import spoken_name


def by_wishes(has: Sequence[StandingBooking], waits_for: Sequence[StandingBooking]) -> list[str]:
    """Say what somebody keeps and what they wait for; nothing where it is by no wishes."""
    if not any(each.wish for each in waits_for):
        return []
    said = []
    for kept in has:
        if mine := [each for each in waits_for if each.instead_of == kept.id]:
            names = {"kept": spoken_name(kept.item), "workshops": _in_lines(mine)}
            said.append(_("You keep %(kept)s and are waiting for %(workshops)s.", **names))
    held = {each.id for each in has}
    if rest := [each for each in waits_for if each.instead_of not in held]:
        said.append(_("You are waiting for %(workshops)s.", workshops=_in_lines(rest)))
    return said


def then(booking: StandingBooking, standing: Standing, hall: Hall) -> list[str]:
    """Say what becomes of the other wishes of that time once this one comes true."""
    said = []
    dearer, ending = (
        _named(found, standing) for found in waits.then(hall, standing.person, booking.item.id)
    )
    if dearer:
        said.append(_("With this place you keep waiting for %(workshops)s.", workshops=dearer))
    if ending:
        said.append(_("With this place you no longer wait for %(workshops)s.", workshops=ending))
    return said


def _named(booked: Iterable[Booked], standing: Standing) -> str:
    """Name what is waited for; nobody waits for what was called off."""
    items = {each.item.id: each.item for each in standing.bookings}
    found = [items[each.workshop_id] for each in booked]
    names = [spoken_name(item) for item in found if not item.face.cancelled]
    return listed(names, languages.current()) if names else ""


def _in_lines(bookings: Sequence[StandingBooking]) -> str:
    return listed([_in_line(each) for each in bookings], languages.current())


def _in_line(booking: StandingBooking) -> str:
    name = spoken_name(booking.item)
    if booking.position is None:
        return name
    return _("%(workshop)s (place %(position)d)", workshop=name, position=booking.position)
