"""Workshop places and positions in queues in words: their state, why, and what happens next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from congress.domain import online, overlaps
from congress.domain.congresses import Congress
from congress.domain.course import Course
from congress.domain.errors import Refused
from congress.domain.hall import Hall
from congress.domain.overlaps import Overlap
from congress.domain.programme import UNNAMED, ProgrammeItem, dialogue_partners
from congress.domain.registration import BookingState
from congress.domain.standing import Standing, StandingBooking
from congress.domain.workshops import (
    NeededFor,
    OnlyOneOf,
    OnlyWith,
    Places,
    WorkshopsClash,
    WorkshopTwice,
)
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.registration import wait_words
from congress.web.registration.cards import State, full_name, short_name
from congress.web.registration.choice_words import spoken_name
from congress.web.registration.occasion import Occasion
from congress.web.registration.order_words import order


@dataclass(frozen=True)
class BookingWords:
    """One workshop place, or one position in a queue; without `leave` it cannot be given up."""

    id: int
    title: str
    name: str  # with the short title
    lang: str | None
    state: State
    when_and_where: str
    people: str
    question: str
    note: str = ""
    why: str = ""
    what_next: str = ""
    leave: str = ""
    asks: bool = False  # before it is given up
    online_link: str = ""


@dataclass(frozen=True)
class KeepWords:
    """One answer to which of two workshops is kept: the other one, `id`, is given up for it."""

    id: int
    label: str
    asks: bool  # before that is given up


@dataclass(frozen=True)
class OverlapWords:
    """Two workshops at one time, and what can be kept of them."""

    sentence: str
    answers: tuple[KeepWords, KeepWords]


def takes_place(booking: StandingBooking, course: Course) -> bool:
    """Return whether there is (or was) anything to sit in."""
    return course is not Course.CALLED_OFF and not booking.item.face.cancelled


def others_wait(booking: StandingBooking) -> bool:
    """Return whether giving something up would be for good, because others stand behind."""
    if booking.state is BookingState.CONFIRMED:
        return booking.item.places.waiting > 0
    return booking.item.places.waiting > (booking.position or booking.item.places.waiting)


def has_in_words(
    booking: StandingBooking, standing: Standing, words: Occasion, course: Course
) -> BookingWords:
    """Return the words for a place in a workshop that takes place."""
    said = _words(booking, words)
    if course is Course.OVER:
        return replace(said, state=("ok", _("You had a place")))
    return replace(
        said,
        state=("ok", _("Confirmed")),
        note=_overlap(booking, standing) or _stands_in(booking) or _stays_alone(booking, standing),
        leave=_("Give up this place"),
        asks=others_wait(booking),
        online_link=online.link_to(booking, words.congress, standing),
    )


def choice_in_words(booking: StandingBooking, words: Occasion) -> BookingWords:
    """Return the words for what somebody wants who waits for an answer."""
    return replace(_words(booking, words), state=("wait", _("Your choice")))


def off_in_words(booking: StandingBooking, words: Occasion) -> BookingWords:
    """Return the words for what does not take place: there is nothing to give back."""
    return replace(_words(booking, words), state=("off", _("Cancelled: not taking place")))


def waiting_in_words(
    booking: StandingBooking,
    standing: Standing,
    words: Occasion,
    hall: Hall,
    passed_over: Mapping[int, Refused],
    course: Course,
) -> BookingWords:
    """Return the words for a position in a queue, or for a wish that is only noted yet."""
    said = _words(booking, words)
    if course is Course.OVER:
        return replace(said, state=("off", _("No place became available")))
    said = replace(said, leave=_("Stop waiting"), asks=others_wait(booking))
    if booking.position is None:
        said = replace(said, state=("wait", _("On your list")))
        if course is Course.BEGUN:
            return said
        why = _("This will be decided as soon as you have a place at the event.")
        return replace(said, why=why)
    return replace(
        said,
        state=queue_state(booking.position, booking.item.places.waiting),
        why=_why(booking.item, order(booking.position, standing, words.congress)),
        what_next=_passes_by(booking, passed_over, course)
        or " ".join(
            [
                _when_free(booking, standing, words.congress, course),
                *wait_words.then(booking, standing, hall),
            ]
        ),
    )


def queue_state(position: int, waiting: int) -> State:
    """Return the mark of a position in a queue."""
    words = _(
        "Waiting list, place %(position)d of %(waiting)d",
        position=position,
        waiting=max(position, waiting),
    )
    return "wait", words


def _passes_by(
    booking: StandingBooking,
    passed_over: Mapping[int, Refused],
    course: Course,
) -> str:
    """Say why a place that becomes available is not for somebody; nothing where it is."""
    name = spoken_name(booking.item)
    if course is Course.BEGUN:
        return _(
            "The event has started, and places are no longer passed on here. Please "
            "speak to the organisers at the venue."
        )
    reason = passed_over.get(booking.item.id)
    return _passed_over(reason, name) if reason is not None else ""


def _when_free(
    booking: StandingBooking, standing: Standing, congress: Congress, course: Course
) -> str:
    """Say what happens when a place becomes available in a workshop that one can be in."""
    name = spoken_name(booking.item)
    kept = standing.booking(booking.instead_of)
    has_old = kept and kept.state is BookingState.CONFIRMED and takes_place(kept, course)
    if congress.rules.offer_hours:
        said = [
            _("If a place becomes available, we will email you."),
            _("Please accept it by the time given there, otherwise it goes to the next person."),
        ]
        if kept and has_old:
            said.append(_("Until then you keep %(old)s.", old=spoken_name(kept.item)))
        return " ".join(said)
    if kept and has_old:
        return _(
            "If a place becomes available, we will move you from %(old)s to %(new)s "
            "and email you. Until then you keep %(old)s.",
            old=spoken_name(kept.item),
            new=name,
        )
    return _("If a place becomes available, it is yours and we will email you.")


def _passed_over(reason: Refused, name: str) -> str:
    """Say why a place goes to the next person first; nothing where that is not theirs to change."""
    if isinstance(reason, OnlyWith):
        return _bound(reason)
    if isinstance(reason, OnlyOneOf):
        return _(
            "You have a place in “%(other)s”, and each person can have one of the two, so a place "
            "that becomes available goes to the next person. Give that place up if you would "
            "rather have %(new)s.",
            other=languages.text(reason.second.title),
            new=name,
        )
    if isinstance(reason, WorkshopTwice):
        return _(
            "You have a place in “%(other)s”, which is the same, so a place that becomes "
            "available goes to the next person. Give that place up if you would rather have "
            "%(new)s.",
            other=languages.text(reason.second.title),
            new=name,
        )
    return _overlaps(reason, name) if isinstance(reason, WorkshopsClash) else ""


def _overlaps(reason: WorkshopsClash, name: str) -> str:
    other = languages.text(reason.second.title)
    if reason.second.cancelled:
        return _(
            "You had a place in “%(other)s”, which overlaps and is not taking "
            "place. Please stop waiting here and choose %(new)s again.",
            other=other,
            new=name,
        )
    return _(
        "You have a place in “%(other)s”, which overlaps, so a place that "
        "becomes available goes to the next person. Give that place up if you "
        "would rather have %(new)s.",
        other=other,
        new=name,
    )


def _bound(reason: OnlyWith) -> str:
    """Say why somebody is passed over for what is bound to another."""
    names = {
        "first": languages.text(reason.first.title),
        "second": languages.text(reason.second.title),
    }
    if isinstance(reason, NeededFor):
        return _(
            "You have a place in “%(first)s”, which goes only with “%(second)s”, so a place that "
            "becomes available goes to the next person. Give “%(first)s” up if you would rather "
            "have this one.",
            **names,
        )
    return _(
        "“%(first)s” goes only with “%(second)s”, where you have no place yet. Until you have one, "
        "a place that becomes available goes to the next person.",
        **names,
    )


def _why(item: ProgrammeItem, said: str) -> str:
    return said if item.places.is_free else f"{_all_taken(item.places)} {said}"


def _all_taken(places: Places) -> str:
    """Say that no place is left; beyond capacity their number is not that of those taken."""
    if places.overbooked or not places.capacity:
        return _("All places are taken.")
    return ngettext("The only place is taken.", "All %(num)d places are taken.", places.capacity)


def overlap_in_words(overlap: Overlap, words: Occasion) -> OverlapWords:
    """Return the words for two workshops that overlap since the programme moved."""
    first, second = overlap.first, overlap.second
    sentence = _(
        "“%(one)s” (%(when)s) and “%(other)s” (%(other_when)s) overlap. You keep both until you "
        "choose.",
        one=full_name(first.item),
        when=words.times(first.item.slot),
        other=full_name(second.item),
        other_when=words.times(second.item.slot),
    )
    return OverlapWords(sentence, (_keep(first, second), _keep(second, first)))


def _keep(kept: StandingBooking, given_up: StandingBooking) -> KeepWords:
    names = {"kept": spoken_name(kept.item), "given_up": spoken_name(given_up.item)}
    label = _("Keep %(kept)s, give up %(given_up)s", **names)
    return KeepWords(given_up.id, label, others_wait(given_up))


def _overlap(booking: StandingBooking, standing: Standing) -> str:
    """Say that two places overlap, as a programme that moved may bring about."""
    for pair in overlaps.of(standing):
        other = {pair.first.id: pair.second, pair.second.id: pair.first}.get(booking.id)
        if other and other.state is BookingState.CONFIRMED:
            return _(
                "This has overlapped with %(other)s since the programme changed. Please "
                "give up one of the two places.",
                other=spoken_name(other.item),
            )
    return ""


def _stands_in(booking: StandingBooking) -> str:
    """Say why somebody has a place that they have not chosen."""
    off = booking.stands_in_for
    if off is None or not off.face.cancelled:
        return ""
    return _(
        "%(workshop)s is not taking place, so the organisers have put you here.",
        workshop=spoken_name(off),
    )


def _stays_alone(booking: StandingBooking, standing: Standing) -> str:
    """Say that a place stays though what it goes only with is called off."""
    mine = booking.item.workshop
    others = [each.item for each in standing.bookings if mine.needs(each.item.workshop)]
    off = next((each for each in others if each.face.cancelled), None)
    if off is None:
        return ""
    return _(
        "It goes only with %(other)s, which is not taking place. You keep this place.",
        other=spoken_name(off),
    )


def _words(booking: StandingBooking, words: Occasion) -> BookingWords:
    face = booking.item.face
    room, times = languages.text(face.room), words.times(face.slot)
    return BookingWords(
        id=booking.id,
        title=full_name(booking.item),
        name=short_name(booking.item),
        lang=languages.other_language(face.title),
        state=("off", ""),
        when_and_where=f"{times} · {room}" if room else times,
        people=_people(booking.item),
        question=booking.question,
    )


def _people(item: ProgrammeItem) -> str:
    return ", ".join(dict.fromkeys(each.name or UNNAMED for each in dialogue_partners(item)))
