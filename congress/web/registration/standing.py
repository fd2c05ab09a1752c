"""Where somebody stands, in words: what they have, what they wait for, why, and what is next.

What is said follows from the rows as they are, whatever happened before; the cases stand in
tests/web/registration/test_own_page_events.py.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext

from congress.domain import conditions, overlaps
from congress.domain.course import Course, course
from congress.domain.hall import Hall
from congress.domain.overlaps import Overlap
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import Standing, StandingBooking
from congress.queries.acts import LastAct
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.registration import bookings, choice_words, queue_words, wait_words
from congress.web.registration.bookings import BookingWords, OverlapWords, takes_place
from congress.web.registration.cards import State
from congress.web.registration.choice_words import spoken_name
from congress.web.registration.occasion import Occasion
from congress.web.registration.offers import OfferWords
from congress.web.registration.steps import Step, Wishing, steps

HEADINGS = {
    RegistrationState.CONFIRMED: lazy_gettext("You’re in, %(name)s."),
    RegistrationState.WAITING: lazy_gettext("You are on the waiting list, %(name)s."),
    RegistrationState.REQUESTED: lazy_gettext("We have your request, %(name)s."),
    RegistrationState.OFFERED: lazy_gettext("A place is offered to you, %(name)s."),
    RegistrationState.CANCELLED: lazy_gettext("You are no longer registered, %(name)s."),
}


@dataclass(frozen=True)
class StandingWords:
    """Everything that the own page says about one's standing."""

    heading: str
    lead: str
    is_on: bool  # the congress takes place and is not over
    steps: tuple[Step, ...] = ()
    has: tuple[BookingWords, ...] = ()
    waits_for: tuple[BookingWords, ...] = ()
    choices: tuple[BookingWords, ...] = ()  # of whoever waits for an answer
    offers: tuple[OfferWords, ...] = ()
    off: tuple[BookingWords, ...] = ()  # what does not take place
    overlaps: tuple[OverlapWords, ...] = ()  # of which one is to be given up
    position: State | None = None  # in the congress's own queue
    declined: str = ""  # why organisers did not let somebody take part, in their words
    why_waiting: str = ""
    next_for_place: str = ""
    is_replaced: bool = False  # by a newer registration of the same person


@dataclass(frozen=True)
class View:
    """What the words are made from: somebody, the congress, and its places at this moment."""

    standing: Standing
    words: Occasion
    hall: Hall
    open_to: Collection[ProgrammeItem] = ()  # what one can choose now
    last: LastAct = field(default_factory=LastAct)  # of a registration that has ended
    again: datetime | None = None  # when whoever had ended it registered once more
    wishing: Wishing | None = None  # where places are still to be given by wishes
    assigned_at: datetime | None = None  # when places were last given by wishes
    may_change: bool = False

    @property
    def course(self) -> Course:
        return course(self.words.congress, self.hall.now)

    @property
    def has(self) -> list[StandingBooking]:
        return self._taking_place(self.standing.confirmed if self.standing.is_decided else ())

    @property
    def waits_for(self) -> list[StandingBooking]:
        waits = (each for each in self.standing.waiting if each not in self.standing.offered)
        return self._taking_place(waits if self.standing.is_decided else ())

    @property
    def choices(self) -> list[StandingBooking]:
        """What somebody wants who waits for an answer."""
        return self._taking_place(() if self.standing.is_decided else self.standing.bookings)

    def _taking_place(self, bookings: Iterable[StandingBooking]) -> list[StandingBooking]:
        return [each for each in bookings if takes_place(each, self.course)]

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """What overlaps and is to be chosen from, while there is anything to sit in."""
        is_ahead = self.course in {Course.AHEAD, Course.BEGUN} and is_active(self.standing)
        return overlaps.of(self.standing) if is_ahead else ()

    @property
    def off(self) -> list[StandingBooking]:
        return [each for each in self.standing.bookings if not takes_place(each, self.course)]

    @property
    def lost(self) -> list[StandingBooking]:
        """What does not take place and has nothing else at its time instead.

        Waiting is no place, and less than that where this was the backup place meanwhile.
        """
        return [each for each in self.off if not self._has_instead_of(each)]

    def _has_instead_of(self, off: StandingBooking) -> bool:
        is_place = off.state is BookingState.CONFIRMED
        waits_for = [each for each in self.waits_for if not is_place and each.instead_of != off.id]
        rest = [*self.has, *waits_for]
        return any(each.item.meets(off.item) for each in rest)


def is_active(standing: Standing) -> bool:
    """Return whether the registration has not been ended."""
    return standing.state is not RegistrationState.CANCELLED


def standing_in_words(view: View) -> StandingWords:
    """Return the words for one registration."""
    standing, words, at = view.standing, view.words, view.course
    is_on = at in {Course.AHEAD, Course.BEGUN}
    position = standing.position if at is Course.AHEAD else None
    places = words.congress.places_in(standing.mode)
    has = (bookings.has_in_words(each, standing, words, at) for each in view.has)
    passed_over = conditions.passed_over(view.hall, standing.person)
    waits_for = (
        bookings.waiting_in_words(each, standing, words, view.hall, passed_over, at)
        for each in view.waits_for
    )
    return StandingWords(
        heading=_heading(view),
        lead=_lead(view),
        is_on=is_on,
        steps=_steps(view) if is_on and is_active(standing) else (),
        has=tuple(has),
        waits_for=tuple(waits_for),
        choices=tuple(bookings.choice_in_words(each, words) for each in view.choices),
        off=tuple(bookings.off_in_words(each, words) for each in view.off),
        overlaps=tuple(bookings.overlap_in_words(each, words) for each in view.overlaps),
        position=queue_words.place(standing, places) if position else None,
        why_waiting=queue_words.why(standing, words.congress) if position else "",
        next_for_place=queue_words.what_next(standing, words.congress) if position else "",
        declined=view.last.reason,
        is_replaced=view.again is not None,
    )


def _heading(view: View) -> str:
    standing = view.standing
    heading = str(HEADINGS[standing.state]) % {"name": standing.name}
    if standing.on_reserve is not None:
        heading = _(
            "You are on the reserve list of your organisation, %(name)s.", name=standing.name
        )
    if view.last.is_declined:
        heading = _("Your request was declined, %(name)s.", name=standing.name)
    if view.last.took_request_back:
        heading = _("You have taken your request back, %(name)s.", name=standing.name)
    if view.again is not None:
        return _("You have registered again, %(name)s.", name=standing.name)
    if not is_active(standing):
        return heading
    if view.course is Course.CALLED_OFF:
        return _("The event is not taking place, %(name)s.", name=standing.name)
    if view.course is Course.OVER:
        return _("The event is over, %(name)s.", name=standing.name)
    if standing.state is RegistrationState.CONFIRMED and view.lost:
        return _off(view.lost, standing.name)
    return _double(standing.name) if view.overlaps else heading


def _double(name: str) -> str:
    return _("Please choose, %(name)s: two of the things you chose overlap.", name=name)


def _off(lost: list[StandingBooking], name: str) -> str:
    if len(lost) == 1:
        workshop = spoken_name(lost[0].item)
        return _("%(workshop)s is not taking place, %(name)s.", workshop=workshop, name=name)
    facts = {"number": len(lost), "name": name}
    if choice_words.only_workshops(each.item for each in lost):
        return _("%(number)d of your workshops are not taking place, %(name)s.", **facts)
    return _("%(number)d of the things you chose are not taking place, %(name)s.", **facts)


def _lead(view: View) -> str:
    standing = view.standing
    if not is_active(standing):
        return _ended(view)
    if view.course is Course.CALLED_OFF:
        return _("The organisers have cancelled it. You do not need to do anything.")
    if standing.state is RegistrationState.CONFIRMED:
        return _confirmed(view)
    if standing.offered_until is not None and view.course is Course.AHEAD:
        return _(
            "We are holding a place for you until %(moment)s. Please accept it or decline it here.",
            moment=view.words.dates.moment(standing.offered_until),
        )
    return _queued(view) if standing.is_decided else _requested(view)


def _requested(view: View) -> str:
    if view.course is Course.OVER:
        return _("Your request had not been decided when the event took place.")
    if view.course is Course.BEGUN:
        return _(
            "The event has started, and your request has not been decided. Please speak to the "
            "organisers at the venue."
        )
    answer = _("The organisers decide whether you can take part, and email you their answer.")
    if view.standing.holds_places:
        return f"{answer} " + _("Until then we are holding what is free for you.")
    return f"{answer} " + _("Until then no place is held for you.")


def _ended(view: View) -> str:
    said = []
    if view.course is Course.CALLED_OFF:
        said.append(_("The event is not taking place."))
    elif view.last.is_granted:
        said.append(_("The organisers have agreed to your request."))
    elif view.last.is_declined:
        said.append(_("The organisers cannot offer you a place."))
    elif view.last.by_organiser:
        said.append(_("The organisers have cancelled your registration."))
    elif view.last.moved_up:
        said.append(_("Someone from the waiting list has moved up."))
    if view.again is not None:
        return " ".join([*said, _replaced(view.words.dates.moment(view.again))])
    return " ".join([*said, _("You do not need to do anything else.")])


def _replaced(moment: str) -> str:
    return _(
        "This page belongs to an earlier registration, which was cancelled. The one that counts "
        "now is your new registration of %(moment)s.",
        moment=moment,
    )


def _confirmed(view: View) -> str:
    place = _("Your place at the event is confirmed.")
    if view.course is Course.OVER:
        return _("You were registered and had a place.")
    if view.lost:
        return " ".join([place, *_still_waiting(view), _instead(view)])
    # The place in a workshop would be read as that of a wish, while these are still to be given.
    is_plain = view.wishing is not None or not view.has
    if view.course is Course.BEGUN or (is_plain and not view.waits_for):
        return place
    if said := wait_words.by_wishes(view.has, view.waits_for):
        return " ".join([place, *said])
    if not choice_words.only_workshops(each.item for each in (*view.has, *view.waits_for)):
        return " ".join([place, *_still_waiting(view)])
    return _with_workshops(view)


def _with_workshops(view: View) -> str:
    if view.waits_for and view.has:
        return _(
            "Your place at the event is confirmed. You are still waiting for another workshop."
        )
    if view.waits_for:
        return _("Your place at the event is confirmed. You are still waiting for your workshop.")
    return ngettext(
        "Your place at the event and in the workshop is confirmed.",
        "Your places at the event and in the workshops are confirmed.",
        len(view.has),
    )


def _queued(view: View) -> str:
    if view.course is Course.OVER:
        return queue_words.over(view.standing)
    if view.course is Course.BEGUN:
        return _(
            "The event has started, and places are no longer passed on here. Please "
            "speak to the organisers at the venue."
        )
    waits = queue_words.lead(view.standing, view.words.congress)
    if not view.lost:
        return waits
    names = ", ".join(spoken_name(each.item) for each in view.lost)
    off = _("Cancelled: %(workshops)s.", workshops=names)
    return f"{waits} {off} {_instead(view)}"


def _still_waiting(view: View) -> list[str]:
    """Name what goes on beside what is lost, until places are no longer passed on."""
    if view.course is Course.BEGUN or not view.waits_for:
        return []
    names = ", ".join(spoken_name(each.item) for each in view.waits_for)
    return [_("You are still waiting for %(workshops)s.", workshops=names)]


def _instead(view: View) -> str:
    """Say what one can do about a workshop that does not take place."""
    if any(item.meets(each.item) for item in view.open_to for each in view.lost):
        return _("You can choose something else below.")
    if view.may_change:
        return _("There is nothing else to choose from at that time.")
    return _("If you would like something else, please ask the organisers.")


def _steps(view: View) -> tuple[Step, ...]:
    return steps(
        view.standing,
        view.words,
        view.course,
        is_open=view.hall.now < view.words.congress.period.changes_close_at,
        may_change=view.may_change,
        wishing=view.wishing,
        assigned_at=view.assigned_at,
    )
