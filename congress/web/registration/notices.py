"""What is said after an act: which act it was, told from what is so now.

The address names the act and what it was about by its number. Everything else is looked up, so
that a page that is opened again later says nothing that is no longer so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from congress.domain import conditions
from congress.domain.conditions import first_reason
from congress.domain.hall import CONGRESS, Hall
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState
from congress.queries.acts import (
    LastAct,
    booked_workshop,
    last_act,
    last_correction,
    last_said_of_oneself,
)
from congress.queries.registrations import Opened
from congress.web.languages import gettext as _
from congress.web.registration.choice_words import spoken_name

CHOSE, LEFT, STOPPED, TOOK_BACK, CONSENT = "chose", "left", "stopped", "kept", "consent"
SAME_FORM = "form"  # that had been sent before, and says something else now
REPAIRED = "repaired"  # the address that was typed, on registering
DETAILS, ADDRESS, MOVED = "details", "address", "moved"  # corrected, asked for, confirmed
ADDRESS_FIELD = "email"  # as the log names it
STAYS = "stays"  # the address that stands, though another was asked for
CALENDAR = "calendar"  # invitations or a subscription
FEED = "feed"  # has another address
NEEDS = "needs"  # said, changed or deleted
ACCEPTED, DECLINED = "accepted", "declined"  # an offered place
MODE = "mode"  # of taking part
WISHED = "wished"  # for workshops, where they are ranked
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
    plain = {
        SAME_FORM: lambda _own: _sent_before(),
        NEEDS: _needs,
        CALENDAR: _calendar,
        FEED: _feed,
        MODE: _mode,
        WISHED: _wished,
    }.get(act)
    if plain is not None:
        return Notice((plain(own),))
    if act == REPAIRED:
        return Notice((_tidied(),) if last_act(own.registration.id).is_repaired else ())
    if act in {DETAILS, ADDRESS, MOVED, STAYS}:
        return Notice(_corrected(own, {act, *about}, now=now))
    if act == CONSENT:
        said = [_consent(each, consents[each]) for each in about if each in consents]
        return Notice(tuple(said))
    numbers = [int(each) for each in about if SMALL_NUMBER.fullmatch(each)]
    return _about_places(act, own, numbers, now=now)


def _about_places(act: str, own: Opened, numbers: Sequence[int], *, now: datetime) -> Notice:
    if act == CHOSE:
        said = [words for number in numbers if (words := _chosen(own, number))]
        return _told(said, last_act(own.registration.id), *numbers) if said else Notice()
    if act in {ACCEPTED, DECLINED} and numbers:
        return _answered(act, own, numbers[0])
    item_id = booked_workshop(own.registration.id, numbers[0]) if numbers else None
    item = next((each for each in own.items if each.id == item_id), None)
    return _about_a_place(act, own, item, numbers[0], now=now) if item else Notice()


def _about_a_place(
    act: str, own: Opened, item: ProgrammeItem, booking_id: int, *, now: datetime
) -> Notice:
    person, last = own.registration.standing.person, last_act(own.registration.id)
    name, has_it = spoken_name(item), person.booked(item.id) is not None
    if act == TOOK_BACK and person.has_place(item.id):
        said = [_("You have your place in %(workshop)s again.", workshop=name)]
    elif act == STOPPED and not has_it:
        said = [_("You are no longer waiting for %(workshop)s.", workshop=name)]
    elif act == LEFT and not has_it:
        said = [_given_up(item)]
    else:
        return Notice()
    if act != LEFT or last.given_back != booking_id:
        return _told(said, last, item.id)
    if last.moved_up:
        said.append(_("Someone from the waiting list has it now."))
    hall = Hall.of(own.congress, own.items, now=now)
    is_free = first_reason(conditions.TAKING_BACK, hall, person, item.id) is None
    return replace(_told(said, last, item.id), take_back=booking_id if is_free else None)


def undo(own: Opened, hall: Hall) -> Notice:
    """Return what to say of a place that was given back last and can be taken back, if any.

    The log is asked only of whoever gave something up once and has nothing instead.
    """
    if not own.registration.has_left:
        return Notice()
    person = own.registration.standing.person
    free = {
        item.id: item
        for item in own.items
        if item.bookable and not first_reason(conditions.TAKING_BACK, hall, person, item.id)
    }
    booking_id = last_act(own.registration.id).given_back if free else None
    item_id = booked_workshop(own.registration.id, booking_id) if booking_id else None
    if item_id not in free:
        return Notice()
    still_free = _("No one else has taken it yet.")
    return Notice((_given_up(free[item_id]), still_free), booking_id)


def _given_up(item: ProgrammeItem) -> str:
    return _("You have given up your place in %(workshop)s.", workshop=spoken_name(item))


def _told(said: list[str], last: LastAct, *workshops: int) -> Notice:
    """Return what was done to places, and that a mail says so, where one does.

    None is written about what changed nothing, or was undone before anybody heard of it.
    """
    is_told = last.is_told and not last.workshops.isdisjoint(workshops)
    return Notice((*said, _mailed()) if is_told else tuple(said))


def _mailed() -> str:
    return _("You will receive an email about it shortly.")


def _answered(act: str, own: Opened, booking_id: int) -> Notice:
    """Return what came of an offer, as far as that still stands; 0 is the place in the congress."""
    person = own.registration.standing.person
    key = booked_workshop(own.registration.id, booking_id) if booking_id else CONGRESS
    if act == ACCEPTED and person.has_place(key):
        return Notice((_("The place is yours."), _mailed()))
    is_gone = not (person.is_offered(key) or person.has_place(key) or person.waits_for(key))
    if act == DECLINED and is_gone:
        return Notice((_("You have declined the offered place."),))
    return Notice()


def _chosen(own: Opened, item_id: int) -> str:
    """Return what came of choosing a workshop, as far as that still stands."""
    standing = own.registration.standing
    booking = next((each for each in standing.bookings if each.item.id == item_id), None)
    if booking is None:
        return ""
    name = spoken_name(booking.item)
    if booking.state is BookingState.CONFIRMED:
        return _("You have chosen %(workshop)s and have a place there.", workshop=name)
    if booking.state is BookingState.OFFERED:
        return ""
    if booking.position is None:
        return _("You have chosen %(workshop)s; it is on your list.", workshop=name)
    return _("You have chosen %(workshop)s and are on its waiting list.", workshop=name)


def _calendar(own: Opened) -> str:
    if own.registration.standing.subscribes:
        return _("Your calendar entry now comes from the subscription. Please subscribe to it now.")
    return _("Your calendar entry now comes by email.")


def _feed(_own: Opened) -> str:
    return _(
        "Your subscription has a new address. The one before shows nothing any more; please "
        "subscribe to the new one."
    )


def _wished(_own: Opened) -> str:
    return _("Your wishes are saved.")


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
    said, waits = [], own.registration.wanted_address(now=now)
    last = last_correction(own.registration.id)
    is_corrected = DETAILS in acts and last.fields - {ADDRESS_FIELD}
    if is_corrected:
        said.append(_("Your details have been changed."))
    if is_corrected and last.is_told and ADDRESS in acts and waits:
        said.append(
            _(
                "You will receive two emails shortly: one about it at your old address, and one "
                "with a link at your new address. Please open that link within two days; until "
                "then, emails go to the old address."
            )
        )
        waits = ""
    elif is_corrected and last.is_told:
        said.append(_mailed())
    if ADDRESS in acts and waits:
        said.append(
            _(
                "You will receive an email at your new address shortly. Please open the link in "
                "it within two days; until then, emails go to the old address."
            )
        )
    if MOVED in acts and ADDRESS_FIELD in last.fields:
        said.append(_moved(own, now=now))
    verb, is_repaired = last_said_of_oneself(own.registration.id)
    if STAYS in acts and verb == "address_kept":
        said.append(address_stays())
    if REPAIRED in acts and is_repaired:
        said.append(_tidied())
    return tuple(said)


def address_stays() -> str:
    """Say that a new address that was asked for is none."""
    return _(
        "The email address stays as it is. The link in the email to the other address no "
        "longer works."
    )


def _moved(own: Opened, *, now: datetime) -> str:
    standing = own.registration.standing
    is_invited = standing.person.in_congress and standing.is_invited
    if is_invited and not own.congress.is_over(now):
        return _(
            "Your new address is now in use. You will receive your link and your calendar entry "
            "there shortly; the link in earlier emails no longer works."
        )
    return _(
        "Your new address is now in use. You will receive your link there shortly; the link in "
        "earlier emails no longer works."
    )


def _mode(own: Opened) -> str:
    """Say how somebody takes part, whatever they have done since."""
    if own.registration.standing.mode is Mode.ONLINE:
        return _("You take part online.")
    return _("You take part on site.")


def _needs(own: Opened) -> str:
    if own.registration.has_needs:
        return _("We have noted your assistance needs.")
    return _("Nothing is stored about your assistance needs; your consent has ended.")


def _sent_before() -> str:
    return _(
        "This form had already been sent, and this is the registration that came of it. To "
        "register again or someone else, please open a new form."
    )


def _tidied() -> str:
    return _("We removed what was around your email address. Please check it under “Your details”.")
