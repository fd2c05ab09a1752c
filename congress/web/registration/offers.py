"""Offered places in words: which, until when, and what is given up for one."""

from dataclasses import dataclass, replace
from datetime import datetime

from congress.domain import conditions
from congress.domain.conditions import first_reason
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall, Key
from congress.domain.registration import BookingState
from congress.domain.standing import Standing, StandingBooking
from congress.queries import groups
from congress.queries.registrations import OwnRegistration
from congress.web import languages, refusals
from congress.web.registration import wait_words
from congress.web.registration.cards import full_name
from congress.web.registration.occasion import Occasion


@dataclass(frozen=True)
class OfferWords:
    """One place that is held for somebody; without `shut` they can take it."""

    where: str  # the part of the address that answers it
    title: str
    lang: str | None
    when_and_where: str
    until: str
    gives_up: str = ""  # what is released for it
    then: str = ""  # what becomes of the other wishes of that time
    shut: str = ""  # why it cannot be taken any more


def in_words(standing: Standing, words: Occasion, hall: Hall) -> tuple[OfferWords, ...]:
    """Return the words for every place that somebody is offered in what takes place."""
    found = []
    if standing.offered_until is not None:
        title = languages.text(words.congress.title)
        language = languages.other_language(words.congress.title)
        said = OfferWords("", title, language, words.days, _until(words, standing.offered_until))
        found.append(_with_reason(said, standing, words, hall, CONGRESS))
    for each in standing.offered:
        if not each.item.face.cancelled:
            said = _of_workshop(each, standing, words, hall)
            found.append(_with_reason(said, standing, words, hall, each.item.id))
    return tuple(found)


def people_asked(own: OwnRegistration) -> int:
    """Return to how many an offered place in the congress is one offer: a group, or one person."""
    standing = own.standing
    if own.group_id is None or standing.offered_until is None:
        return 1
    return groups.offered_with([standing.id]).get(standing.id, 1)


def shut(standing: Standing, hall: Hall, key: Key) -> Refused | None:
    """Return why somebody cannot take what they are offered."""
    return first_reason(conditions.TAKING_OFFERED, hall, standing.person, key)


def _of_workshop(
    booking: StandingBooking, standing: Standing, words: Occasion, hall: Hall
) -> OfferWords:
    face, kept = booking.item.face, standing.booking(booking.instead_of)
    room, times = languages.text(face.room), words.times(face.slot)
    is_kept = kept is not None and kept.state is BookingState.CONFIRMED
    return OfferWords(
        f"/bookings/{booking.id}",
        full_name(booking.item),
        languages.other_language(face.title),
        f"{times} · {room}" if room else times,
        _until(words, booking.offered_until),
        gives_up=full_name(kept.item) if kept and is_kept else "",
        then=" ".join(wait_words.then(booking, standing, hall)),
    )


def _with_reason(
    said: OfferWords, standing: Standing, words: Occasion, hall: Hall, key: Key
) -> OfferWords:
    reason = shut(standing, hall, key)
    return replace(said, shut=refusals.text(reason, words.congress.zone)) if reason else said


def _until(words: Occasion, moment: datetime | None) -> str:
    return words.dates.moment(moment) if moment else ""
