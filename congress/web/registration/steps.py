"""The way of a registration in steps: what is done, what is now, and what is to come."""

from dataclasses import dataclass
from datetime import datetime

from congress.domain.course import Course
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.web.languages import gettext as _
from congress.web.registration.occasion import Occasion

Dated = tuple[datetime, "Step"]  # until when, or when


@dataclass(frozen=True)
class Step:
    """One station of the way; mark is done, now or empty."""

    title: str
    explanation: str
    mark: str = ""


@dataclass(frozen=True)
class Wishing:
    """What is to come of places that are given by wishes, for somebody with something to wish for.

    `is_all`: they have nothing else to change.
    """

    closes_at: datetime
    is_open: bool
    has_answered: bool
    wants_any: bool
    is_all: bool


def steps(
    standing: Standing,
    words: Occasion,
    at: Course,
    *,
    is_open: bool,
    may_change: bool,
    wishing: Wishing | None = None,
    assigned_at: datetime | None = None,
) -> tuple[Step, ...]:
    """Return the steps of a registration that has not ended, for a congress that takes place.

    `is_open`: the last day for changes is to come. `assigned_at` is when places were given by
    wishes, where none of these is still to come.
    """
    has_begun = at is Course.BEGUN
    event = Step(_("The event"), words.dates.moment(words.congress.starts_at), _now(has_begun))
    dated: list[Dated] = []
    if standing.is_decided and not (wishing and wishing.is_all):
        until = words.congress.period.changes_close_at
        mark = _mark_of_changes(standing, wishing, may_change=may_change)
        dated.append((until, _changes(words, mark, wishing, is_open=is_open)))
    if wishing:
        dated += _to_come(standing, words, wishing)
    elif assigned_at and standing.created_at < assigned_at:
        dated.append(
            (assigned_at, Step(_("Places assigned"), words.dates.day(assigned_at), "done"))
        )
    between = [step for _moment, step in sorted(dated, key=lambda each: each[0])]
    return (*_first(standing, words, has_begun=has_begun), *between, event)


def _first(standing: Standing, words: Occasion, *, has_begun: bool) -> tuple[Step, Step]:
    since = words.dates.day(standing.created_at)
    if not standing.is_decided:
        return (
            Step(_("Request sent"), since, "done"),
            Step(_("Answer"), _("we will email you"), _now(not has_begun)),
        )
    return Step(_("Registered"), since, "done"), _place(standing)


def _place(standing: Standing) -> Step:
    if standing.state is RegistrationState.CONFIRMED:
        entry = (
            _("with a calendar entry by email")
            if standing.is_invited
            else _("with a calendar entry to subscribe to")
        )
        return Step(_("Place confirmed"), entry, "done")
    if standing.offered_until is not None:
        return Step(_("Place offered"), _("please answer"), "now")
    return Step(_("Waiting for a place"), _("we will email you"), "now")


def _changes(words: Occasion, mark: str, wishing: Wishing | None, *, is_open: bool) -> Step:
    """Return the last day for changes; wishes have a step, and a day, of their own."""
    title = _("Changes possible") if is_open else _("Changes were possible")
    if wishing:
        title = (
            _("Everything else can be changed")
            if is_open
            else _("Everything else could be changed")
        )
    return Step(title, _("up to and including %(day)s", day=words.last_day_of_changes), mark)


def _mark_of_changes(standing: Standing, wishing: Wishing | None, *, may_change: bool) -> str:
    """Return where changes stand; whoever has something else before them is not there yet."""
    if not may_change:
        return "done"
    return _now(_has_place(standing) and wishing is None)


def _to_come(standing: Standing, words: Occasion, wishing: Wishing) -> list[Dated]:
    """Return the last day for wishes and the assignment after it; newcomers have no day."""
    is_here, closes_at = _has_place(standing), wishing.closes_at
    assignment = Step(
        _("Assignment") if wishing.is_open else _("Places are being assigned"),
        _of_assignment(wishing, is_here=is_here),
        _now(is_here and not wishing.is_open),
    )
    if standing.created_at >= closes_at and not wishing.has_answered:
        return [(closes_at, assignment)]
    mark = _now(is_here) if wishing.is_open else "done"
    return [(closes_at, _wishes(words, wishing, mark)), (closes_at, assignment)]


def _wishes(words: Occasion, wishing: Wishing, mark: str) -> Step:
    day = words.dates.last_day(wishing.closes_at)
    if not wishing.has_answered:
        title = _("Rank your wishes") if wishing.is_open else _("Wishes were possible")
        return Step(title, _("up to and including %(day)s", day=day), mark)
    title = _("Wishes ranked") if wishing.wants_any else _("No wishes")
    if wishing.is_open:
        return Step(title, _("can be changed up to and including %(day)s", day=day), mark)
    return Step(title, _("possible up to and including %(day)s", day=day), mark)


def _of_assignment(wishing: Wishing, *, is_here: bool) -> str:
    """Say what it means for somebody: only whoever takes part in it hears of it by mail."""
    if not wishing.wants_any:
        return _("all places at once")
    return _("we will email you") if is_here else _("for those who have a place by then")


def _has_place(standing: Standing) -> bool:
    return standing.state is RegistrationState.CONFIRMED


def _now(is_now: bool) -> str:  # noqa: FBT001 - reads as what it marks
    return "now" if is_now else ""
