"""Where somebody stands, in words: what they have, what they wait for, why, and what is next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.programme import DIALOGUE_PARTNER, ProgrammeItem
from congress.domain.registration import BookingState, Phase, RegistrationState
from congress.domain.standing import Standing, StandingBooking
from congress.domain.workshops import WorkshopsClash
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.registration.cards import State, full_name, people_ahead, workshop_name
from congress.web.registration.occasion import Occasion

NOBODY = "N. N."
HEADINGS = {
    RegistrationState.CONFIRMED: lazy_gettext("You are in, %(name)s."),
    RegistrationState.WAITING: lazy_gettext("You are on the waiting list, %(name)s."),
    RegistrationState.CANCELLED: lazy_gettext("You are not registered any more, %(name)s."),
}


@dataclass(frozen=True)
class Step:
    """One station of the way; mark is done, now or empty."""

    title: str
    explanation: str
    mark: str = ""


@dataclass(frozen=True)
class BookingWords:
    """One workshop place, or one position in a queue."""

    id: int
    title: str
    lang: str | None
    state: State
    when_and_where: str
    people: str
    question: str
    why: str = ""
    what_next: str = ""
    leave: str = ""


@dataclass(frozen=True)
class StandingWords:
    """Everything that the own page says about one's standing."""

    heading: str
    lead: str
    steps: tuple[Step, ...]
    has: list[BookingWords] = field(default_factory=list)
    waits_for: list[BookingWords] = field(default_factory=list)
    position: State | None = None  # in the congress's own queue
    ahead: str = ""


def is_active(standing: Standing) -> bool:
    """Return whether the registration has not been ended."""
    return standing.state is not RegistrationState.CANCELLED


def standing_in_words(
    standing: Standing, words: Occasion, passed_over: Mapping[int, Refused], *, now: datetime
) -> StandingWords:
    """Return the words for one registration; `passed_over` are reasons by workshop."""
    position, congress = standing.position, words.congress
    is_on = is_active(standing) and congress.state is not CongressState.CANCELLED
    return StandingWords(
        heading=str(HEADINGS[standing.state]) % {"name": standing.name},
        lead=_lead(standing, congress),
        steps=_steps(standing, words, now) if is_on else (),
        has=[
            _words(each, words, ("ok", _("Confirmed")), leave=_("Give this place back"))
            for each in standing.confirmed
        ],
        waits_for=[_waiting(each, standing, words, passed_over) for each in standing.waiting],
        position=_queue_state(position, congress.places.waiting) if position else None,
        ahead=people_ahead(position - 1) if position else "",
    )


def notice(done: str) -> str:
    """Return what to say after something was done; unknown words say nothing."""
    said = {
        "changed": _("Your workshops are changed. We have sent you a mail about it."),
        "left": _("That is settled. We have sent you a mail about it."),
        "consent": _("Your consent is noted as you wish."),
        "repaired": _(
            "We left out what stood around your e-mail address. Please check it under “Your "
            "details”."
        ),
    }
    return said.get(done, "")


def _lead(standing: Standing, congress: Congress) -> str:
    if congress.state is CongressState.CANCELLED:
        lead = _("The congress does not take place. You need not do anything.")
    elif standing.state is RegistrationState.CANCELLED:
        lead = _("Your places have gone to the next people. You need not do anything else.")
    elif standing.state is RegistrationState.WAITING:
        lead = _(
            "All places were taken when you registered. If one becomes free, it goes to the next "
            "person in line, and we write to you at once."
        )
    elif standing.waiting and standing.confirmed:
        lead = _(
            "Your place at the congress is confirmed. For another workshop you are still waiting."
        )
    elif standing.waiting:
        lead = _(
            "Your place at the congress is confirmed. For your workshop you are still waiting."
        )
    elif standing.confirmed:
        lead = ngettext(
            "Your place at the congress and in the workshop is confirmed.",
            "Your places at the congress and in the workshops are confirmed.",
            len(standing.confirmed),
        )
    else:
        lead = _("Your place at the congress is confirmed.")
    return lead


def _steps(standing: Standing, words: Occasion, now: datetime) -> tuple[Step, ...]:
    congress = words.congress
    is_open = congress.period.phase(now) is Phase.OPEN
    if standing.state is RegistrationState.CONFIRMED:
        place = Step(_("Place confirmed"), _("with a calendar entry by mail"), "done")
        may_change = "now" if is_open else "done"
    else:
        place = Step(_("Waiting for a place"), _("we write to you"), "now")
        may_change = "" if is_open else "done"
    until = _("up to and including %(day)s", day=words.last_day)
    stage = "done" if congress.is_over(now) else "now" if now >= congress.starts_at else ""
    return (
        Step(_("Registered"), words.dates.day(standing.created_at), "done"),
        place,
        Step(_("Changes possible"), until, may_change),
        Step(_("Congress"), words.dates.moment(congress.starts_at), stage),
    )


def _waiting(
    booking: StandingBooking,
    standing: Standing,
    words: Occasion,
    passed_over: Mapping[int, Refused],
) -> BookingWords:
    stop = _("Stop waiting")
    if booking.position is None:
        return _words(
            booking,
            words,
            ("wait", _("Noted")),
            why=_("Workshops are decided as soon as you have a place at the congress."),
            leave=stop,
        )
    kept = standing.booking(booking.instead_of)
    name = workshop_name(booking.item)
    reason = passed_over.get(booking.item.id)
    if isinstance(reason, WorkshopsClash):
        what_next = _(
            "You have a place in “%(other)s” at the same time, so it is passed on to the next "
            "person. Give that place back if you would rather have %(new)s.",
            other=languages.text(reason.second.title),
            new=name,
        )
    elif kept is not None and kept.state is BookingState.CONFIRMED:
        what_next = _(
            "If a place becomes free, we move you from %(old)s to %(new)s and write to you. "
            "Until then you keep %(old)s.",
            old=workshop_name(kept.item),
            new=name,
        )
    else:
        what_next = _("If a place becomes free, you get it, and we write to you.")
    return _words(
        booking,
        words,
        _queue_state(booking.position, booking.item.places.waiting),
        why=_why(booking.item, booking.position),
        what_next=what_next,
        leave=stop,
    )


def _why(item: ProgrammeItem, position: int) -> str:
    capacity = item.places.capacity or 0
    taken = ngettext("The only place is taken.", "All %(num)d places are taken.", max(1, capacity))
    order = _("It goes in order: %(ahead)s.", ahead=people_ahead(position - 1))
    return f"{taken} {order}"


def _queue_state(position: int, waiting: int) -> State:
    words = _(
        "Waiting list, place %(position)d of %(waiting)d",
        position=position,
        waiting=max(position, waiting),
    )
    return "wait", words


def _words(
    booking: StandingBooking,
    words: Occasion,
    state: State,
    *,
    leave: str,
    why: str = "",
    what_next: str = "",
) -> BookingWords:
    face = booking.item.face
    room = languages.text(face.room)
    times = words.times(face.slot)
    if face.cancelled:
        state = ("off", _("Does not take place"))
    return BookingWords(
        id=booking.id,
        title=full_name(booking.item),
        lang=languages.other_language(face.title),
        state=state,
        when_and_where=f"{times} · {room}" if room else times,
        people=_people(booking.item),
        question=booking.question,
        why=why,
        what_next=what_next,
        leave=leave,
    )


def _people(item: ProgrammeItem) -> str:
    partners = [person for person in item.face.people if person.role == DIALOGUE_PARTNER]
    named = [person.name for person in partners if person.name]
    return ", ".join(named or [NOBODY] * bool(partners))
