"""Where somebody stands, explained to organisers: what, since when, why, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain import conditions, turning_points
from congress.domain.change_requests import ChangeRequest
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.hall import Hall
from congress.domain.kinds import PersonKind
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import StandingBooking
from congress.formats.attendee_list import kinds
from congress.queries import assignment_results, contingents, groups, neighbours, programme
from congress.queries.attendees import Attendee
from congress.queries.audit import LogLine
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.mode_words import IN_SENTENCES
from congress.web.organiser import log_words, what_next
from congress.web.organiser.what_next import Case

WITH_THE_FORM = frozenset({"registered", "entered"})


@dataclass(frozen=True)
class Explained:
    """The state of a registration or of one booking; each of `then` is a sentence."""

    since: datetime
    why: str
    what: str = ""
    by: str = ""
    then: Sequence[str] = ()


def of_person(
    found: Attendee,
    congress: Congress,
    lines: Sequence[LogLine],
    state: str,
    *,
    asked: ChangeRequest | None,
    now: datetime,
) -> dict[str, object]:
    """Return for the page of somebody what explains them; `state` is what their badge says.

    What is held back is looked at only where they wait.
    """
    standing, group_id = found.own.standing, found.own.group_id
    items = {each.id: each for each in programme.kept_items(access.workspace())}  # also unbooked
    items |= {each.item.id: each.item for each in standing.bookings}
    hall = Hall.of(congress, items.values(), now=now)
    if standing.state is RegistrationState.WAITING:
        hall = contingents.holding_back(hall, congress.id, congress.rules)
    group = groups.find_by_id(group_id)
    grouped = neighbours.in_group(group_id, found.own.id) if group_id else ()
    alike = [each for each in grouped if each.state is standing.state]
    mates = 1 + len(alike) if group is not None and group.together else 0
    case = Case(found, congress, hall, lines, is_asked=asked is not None, mates=mates)
    return {
        "explained": of_registration(case, state),
        "booked": of_bookings(case),
        "group": group,
        "grouped": grouped,
    }


def of_registration(case: Case, state: str) -> Explained:
    """Explain a registration; `state` is what its badge says."""
    standing = case.standing
    line = turning_points.of_registration(case.own_lines, standing.state)
    ended = case.found.own.cancelled_at if standing.state is RegistrationState.CANCELLED else None
    return Explained(
        what=_what(case, state),
        since=line.at if line else ended or standing.created_at,
        why=log_words.sentence(line) if line else _("The log says nothing more about it."),
        by=log_words.actor(line) if line else "",
        then=what_next.of_registration(case, line),
    )


def of_bookings(case: Case) -> dict[int, Explained]:
    """Explain what somebody has or waits for, by the numbers of the bookings."""
    person = case.standing.person
    passed = conditions.passed_over(case.hall, person) if person.in_congress else {}
    is_assigned = any(each.item.assigned_at is not None for each in case.standing.bookings)
    assigned = assignment_results.given_since(case.standing.id) if is_assigned else {}
    return {
        each.id: _of_booking(case, each, passed.get(each.item.id), assigned.get(each.item.id))
        for each in case.standing.bookings
    }


def _of_booking(
    case: Case, booking: StandingBooking, passed: Refused | None, assigned: datetime | None
) -> Explained:
    line = turning_points.of_booking(case.own_lines, booking.item.id, booking.state)
    is_chosen = line is None or line.verb in WITH_THE_FORM
    next_step = what_next.of_booking(case, booking, passed)
    then = [next_step] if next_step else []
    if assigned is not None and (line is None or line.at < assigned):
        return Explained(since=assigned, why=_by_assignment(booking), then=then)
    return Explained(
        since=line.at if line else case.standing.created_at,
        why=_("Chosen with the registration.")
        if is_chosen or line is None
        else log_words.sentence(line),
        then=then,
    )


def _by_assignment(booking: StandingBooking) -> str:
    """A release stands in the log once, and not once for each place that it gives."""
    if booking.state is BookingState.CONFIRMED:
        return _("Given by the assignment.")
    return _("Wished for, and not given by the assignment.")


def _what(case: Case, state: str) -> str:
    standing, said = case.standing, [state]
    if standing.on_reserve is not None:
        number = standing.on_reserve.position
        said.append(_("Position %(number)d on the reserve list", number=number))
    elif standing.position:
        said.append(_("Position %(number)d on the waiting list", number=standing.position))
    if case.congress.rules.is_hybrid:
        said.append(str(IN_SENTENCES[standing.mode]))
    if standing.kind is not PersonKind.ATTENDEE:
        said.append(kinds(languages.current())[standing.kind])
    return " · ".join(said)
