"""What is said after an act: which act it was, told from what is so now.

The address names the act and what it was about by its number. Everything else is looked up, so
that a page that is opened again later says nothing that is no longer so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from congress.domain import conditions
from congress.domain.conditions import first_reason
from congress.domain.hall import Hall
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState
from congress.queries.acts import booked_workshop, last_act
from congress.queries.registrations import Opened, find_wanted_address
from congress.web.languages import gettext as _
from congress.web.registration.cards import spoken_name

CHOSE, LEFT, STOPPED, TOOK_BACK, CONSENT = "chose", "left", "stopped", "kept", "consent"
REPAIRED = "repaired"  # the address that was typed, on registering
DETAILS, ADDRESS, MOVED = "details", "address", "moved"  # corrected, asked for, confirmed
SMALL_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Notice:
    """Sentences about the act, and the booking whose place can still be taken back."""

    sentences: tuple[str, ...] = ()
    take_back: int | None = None


def done(act: str, *about: object) -> str:
    """Return how an address names an act."""
    return "-".join([act, *map(str, about)])


def notice(
    named: str, own: Opened, consents: Mapping[str, datetime | None], *, now: datetime
) -> Notice:
    """Return what to say about the act that an address names; of an unknown one nothing."""
    act, *about = named.split("-")
    if act == REPAIRED:
        return Notice((_tidied(),))
    if act in {DETAILS, ADDRESS, MOVED}:
        return Notice(_corrected(own, {act, *about}, now=now))
    if act == CONSENT:
        said = [_consent(each, consents[each]) for each in about if each in consents]
        return Notice(tuple(said))
    numbers = [int(each) for each in about if SMALL_NUMBER.fullmatch(each)]
    if act == CHOSE:
        said = [words for number in numbers if (words := _chosen(own, number))]
        return _told(said)
    item_id = booked_workshop(own.registration.id, numbers[0]) if numbers else None
    item = next((each for each in own.items if each.id == item_id), None)
    return _about_a_place(act, own, item, numbers[0], now=now) if item else Notice()


def _about_a_place(
    act: str, own: Opened, item: ProgrammeItem, booking_id: int, *, now: datetime
) -> Notice:
    standing = own.registration.standing
    name, has_it = spoken_name(item), standing.person.booked(item.id) is not None
    if act == TOOK_BACK and standing.person.has_place(item.id):
        return _told([_("You have your place in %(workshop)s again.", workshop=name)])
    if act == STOPPED and not has_it:
        return _told([_("You are no longer waiting for %(workshop)s.", workshop=name)])
    if act != LEFT or has_it:
        return Notice()
    said = [_("You have given up your place in %(workshop)s.", workshop=name)]
    last = last_act(own.registration.id)
    if last.given_back != booking_id:
        return _told(said)
    if last.moved_up:
        said.append(_("Someone from the waiting list has it now."))
    hall = Hall.of(own.congress, own.items, now=now)
    is_free = first_reason(conditions.TAKING_BACK, hall, standing.person, item.id) is None
    return _told(said, booking_id if is_free else None)


def _told(said: list[str], take_back: int | None = None) -> Notice:
    """Return what was done to places; a mail went out about each of these acts."""
    mail = [_("We have sent you an email about it.")] if said else []
    return Notice((*said, *mail), take_back)


def _chosen(own: Opened, item_id: int) -> str:
    """Return what came of choosing a workshop, as far as that still stands."""
    standing = own.registration.standing
    booking = next((each for each in standing.bookings if each.item.id == item_id), None)
    if booking is None:
        return ""
    name = spoken_name(booking.item)
    if booking.state is BookingState.CONFIRMED:
        return _("You have chosen %(workshop)s and have a place there.", workshop=name)
    if booking.position is None:
        return _("You have chosen %(workshop)s; it is on your list.", workshop=name)
    return _("You have chosen %(workshop)s and are on its waiting list.", workshop=name)


def _consent(purpose: str, given_at: datetime | None) -> str:
    if purpose == "attendee_list":
        what = _("Name in the list of attendees")
    else:
        what = _("Photos in which you can be recognised")
    if given_at is None:
        return _("You have withdrawn your consent: %(what)s.", what=what)
    return _("You have given your consent: %(what)s.", what=what)


def _corrected(own: Opened, acts: set[str], *, now: datetime) -> tuple[str, ...]:
    """Return what came of correcting oneself; a new address is spoken of while it waits."""
    said = []
    if DETAILS in acts:
        said.append(_("Your details have been changed. We have sent you an email about it."))
    if ADDRESS in acts and find_wanted_address(own.registration.id, now=now):
        said.append(
            _(
                "We have sent an email to your new address. Please open the link in it "
                "within two days; until then, emails go to the old address."
            )
        )
    if MOVED in acts:
        said.append(
            _(
                "Your new address is now in use. We have sent your link and your "
                "calendar entry there; the link in earlier emails no longer works."
            )
        )
    return tuple(said)


def _tidied() -> str:
    return _("We removed what was around your email address. Please check it under “Your details”.")
