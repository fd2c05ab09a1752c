"""What comes next for somebody, in the words of organisers: who has to do what, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.conditions import is_late
from congress.domain.congresses import Congress, CongressState
from congress.domain.course import Course, course
from congress.domain.eligibility import moves_nobody_up
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall
from congress.domain.registration import BookingState, Phase, RegistrationState
from congress.domain.retention import KEPT_A_MONTH
from congress.domain.standing import Standing, StandingBooking
from congress.domain.workshops import Places
from congress.queries.attendees import Attendee
from congress.queries.audit import LogLine
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame, waiting_lists


@dataclass(frozen=True)
class Case:
    """Whose state is explained, and all that is looked at for it."""

    found: Attendee
    congress: Congress
    hall: Hall
    lines: Sequence[LogLine]  # about the person, newest first
    is_asked: bool = False  # a change that is to be decided
    # How many of a group that comes only together are in this state, this person among them.
    mates: int = 0

    @property
    def standing(self) -> Standing:
        return self.found.own.standing

    @property
    def now(self) -> datetime:
        return self.hall.now

    @property
    def course(self) -> Course:
        return course(self.congress, self.now)

    @property
    def own_lines(self) -> list[LogLine]:
        """Without those of registrations that went into this one."""
        return [each for each in self.lines if each.registration_id == self.standing.id]


def of_registration(case: Case, line: LogLine | None) -> list[str]:
    """Say what comes next for a registration, of which `line` led to its state."""
    standing = case.standing
    if standing.state is RegistrationState.CANCELLED:
        return [_after_the_end(case, line)]
    if at_rest := while_nothing_happens(case.congress, case.now):
        is_open = standing.state is RegistrationState.REQUESTED
        return [at_rest, _("The request was not decided.")] if is_open else [at_rest]
    said = []
    if standing.unconfirmed_until is not None:
        held_until = frame.short_moment(standing.unconfirmed_until)
        said.append(
            _(
                "Not confirmed: the registration is held until %(moment)s and then ends by itself. "
                "Until it is confirmed, %(person)s gets no other emails.",
                moment=held_until,
                person=standing.name,
            )
        )
    if standing.state is RegistrationState.REQUESTED:
        said += _until_decided(standing)
    elif standing.state is RegistrationState.OFFERED:
        said.append(_until_answered(standing))
        if case.mates > 1:
            said.append(_("It is one offer to %(num)d people of the group.", num=case.mates))
    elif standing.state is RegistrationState.WAITING:
        said.append(_until_there_is_a_place(case))
    return said or _with_a_place(case)


def while_nothing_happens(congress: Congress, now: datetime) -> str:
    """Say that places neither come nor go in an event, and why; nothing where they do."""
    at = course(congress, now)
    if congress.state is CongressState.DRAFT:
        return _("The event is a draft: nothing happens before it is published.")
    if at is Course.CALLED_OFF:
        return _("The event is not taking place, so nothing more happens.")
    if at is Course.OVER:
        return _("The event is over, so nothing more happens.")
    return ""


def _after_the_end(case: Case, line: LogLine | None) -> str:
    if case.standing.merged_into_id:
        return _("Nothing more happens here: the other registration goes on.")
    if case.found.substitute:
        return _("Nothing more happens here: %(name)s comes.", name=case.found.substitute.name)
    if line is not None and line.verb == "lapsed":
        return _(
            "%(days)d days after it ended, everything about this registration is deleted.",
            days=KEPT_A_MONTH.days,
        )
    if at_rest := while_nothing_happens(case.congress, case.now):
        return at_rest
    is_open = case.congress.period.phase(case.now) is Phase.OPEN or is_late(case.hall)
    if not is_open or not case.standing.has_mailbox:
        return _("Nothing more happens. If they want to come after all, you have to register them.")
    return _("Nothing more happens. If they want to come after all, they have to register again.")


def _until_decided(standing: Standing) -> list[str]:
    if standing.holds_places:
        return [
            _("It is to be decided."),
            _("A place at the event is held until you decide."),
        ]
    return [_("It is to be decided."), _("No place is held until you decide.")]


def _until_answered(standing: Standing) -> str:
    until = frame.short_moment(standing.offered_until) if standing.offered_until else "–"
    return _(
        "%(person)s can accept or decline until %(moment)s. Without an answer the registration "
        "then ends, and the next in line gets the place.",
        person=standing.name,
        moment=until,
    )


def _until_there_is_a_place(case: Case) -> str:
    standing, hall = case.standing, case.hall
    stopped = moves_nobody_up(hall)
    if stopped is not None:
        return _("Nobody moves up: %(reason)s.", reason=waiting_lists.in_short(stopped))
    if standing.on_reserve is not None:
        return _(
            "On the reserve list of their organisation, position %(position)d: as many people of "
            "it have a place as can come from one organisation (%(places)d). %(person)s moves up "
            "when one of them cancels and there is a free place.",
            position=standing.on_reserve.position,
            places=standing.on_reserve.places,
            person=standing.name,
        )
    if case.mates > 1:
        return _(
            "%(num)d people of the group wait. When it is their turn, they move up as soon as "
            "there are places for all of them.",
            num=case.mates,
        )
    places = hall.places_of(standing.person, CONGRESS)
    is_held = hall.is_held_for(standing.person, CONGRESS)
    if places.empty and not places.is_free and not is_held:
        return _("Every empty place is held back for others.")
    return _in_line(case, standing.position or 1, places)


def _in_line(case: Case, position: int, places: Places) -> str:
    """Say what has to happen before somebody in a line has a place."""
    name, first = case.standing.name, position == 1
    if first and places.is_free:
        return _("A place is free and goes to whoever is first here with the next change.")
    offering = case.hall.offering
    if first and offering is not None and offering.until(case.now) is not None:
        return _("The next place that becomes free is offered to %(person)s.", person=name)
    if first:
        return _("The next place that becomes free goes to %(person)s.", person=name)
    return ngettext(
        "%(num)d person is ahead in line. Then the next place that becomes free is for %(person)s.",
        "%(num)d people are ahead in line. Then the next place that becomes free is for "
        "%(person)s.",
        position - 1,
        person=name,
    )


def _with_a_place(case: Case) -> list[str]:
    standing, dates = case.standing, frame.dates()
    if case.course is Course.BEGUN:
        return [_("The event has started.")]
    said = []
    if case.is_asked:
        said.append(_("The change they asked for is to be decided."))
    if colleague := case.found.own.colleague(now=case.now):
        until = frame.short_moment(colleague.expires_at)
        said.append(
            _(
                "%(name)s can take the registration over until %(moment)s.",
                name=colleague.name,
                moment=until,
            )
        )
    if not standing.has_mailbox:
        said.append(_("They have no page of their own, so you see to changes and cancelling."))
        return said
    period = case.congress.period
    changes = period.changes_close_for(standing.chooses_until)
    if case.now < changes:
        said.append(_("Changes are possible %(deadline)s.", deadline=dates.deadline(changes)))
    else:
        said.append(_("Changes are closed; what they still want to change, they have to ask for."))
    ends_at = period.withdrawals_close_at(case.congress.starts_at)
    if case.now < ends_at:
        said.append(_("Cancelling is possible %(deadline)s.", deadline=dates.deadline(ends_at)))
    else:
        said.append(_("Cancelling is closed; they have to ask for it."))
    return said


def of_booking(case: Case, booking: StandingBooking, passed: Refused | None) -> str:
    """Say what comes next for a booking, where anything does.

    `passed` is why somebody is passed over in its queue.
    """
    if (
        while_nothing_happens(case.congress, case.now)
        or case.standing.state is RegistrationState.REQUESTED
    ):
        return ""
    if booking.item.face.cancelled:
        return _choosing_again(case)
    if booking.state is BookingState.OFFERED:
        return _("Without an answer by then, the next in line gets the place.")
    is_waiting = booking.state is BookingState.WAITING
    return _in_the_queue(case, booking, passed) if is_waiting else ""


def _in_the_queue(case: Case, booking: StandingBooking, passed: Refused | None) -> str:
    if not case.standing.person.in_congress:
        return _("This counts once there is a place at the event.")
    stopped = moves_nobody_up(case.hall, booking.item.id)
    if stopped is not None:
        return _("Nobody moves up: %(reason)s.", reason=waiting_lists.in_short(stopped))
    if passed is not None:
        return _("Passed over for now: %(reason)s.", reason=waiting_lists.in_short(passed))
    return _in_line(case, booking.position or 1, booking.item.places)


def _choosing_again(case: Case) -> str:
    until = case.congress.period.changes_close_for(case.standing.chooses_until)
    if case.now < until:
        last = frame.dates().deadline(until)
        return _("They can choose something else %(deadline)s.", deadline=last)
    return _("Changes are closed; what they still want to change, they have to ask for.")
